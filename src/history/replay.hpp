// Running migrations where nobody else may notice: in a scratch database, on the real server or a
// private one. Statements that reach beyond the database would take effect on the real server once
// more, and are left out.
#pragma once
#include <cstdint>
#include <exception>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.hpp"
#include "history/directory.hpp"
#include "pg/connection.hpp"
#include "sql/rows.hpp"

namespace cm::history {

enum class LeftOutBecause : std::uint8_t {
    reaches_out,   ///< its effect lies outside of the database, and is no part of its schema
    role_missing,  ///< only because the server has no such role
    hidden,        ///< a block or a call that may reach out: what else it does is not known
};

/// A statement that a replay did not carry out.
struct LeftOut {
    std::string script{};  ///< its title: "migration `x`"
    std::string words{};   ///< what it is, without what may be secret: "ALTER ROLE `app`"
    LeftOutBecause because{};
    std::string detail{};  ///< the missing role, or what a block reaches for
    bool operator==(LeftOut const&) const = default;
};

/// All that a replay left out, in its order.
struct ReplayReport {
    std::vector<LeftOut> left_out{};
    bool operator==(ReplayReport const&) const = default;
};

/// True if the replayed schema may lack what a statement that was left out would have made.
bool is_uncertain(ReplayReport const& report);
bool lacks_roles(ReplayReport const& report);

/// Is `stub` what a replay makes in place of the routine `definition`, because that reaches out?
/// Both as PostgreSQL prints them.
bool stands_for(std::string_view stub, std::string_view definition);

/// As rows, to be kept with what the catalog answered; none if the rows are not such.
sql::Rows to_rows(ReplayReport const& report);
std::optional<ReplayReport> read_report(sql::Rows const& rows);

/// Whose server the scratch database is on.
enum class ReplayServer : std::uint8_t {
    real,           ///< others use it; a private one may be had
    real_for_good,  ///< others use it, and there is no private one
    temporary,      ///< nobody else's: roles may be made there, without login
};

/// What earlier scripts of a replay have to do with later ones.
struct ReplayState {
    ReplayServer server{};
    ReplayReport report{};
    std::set<std::string> outside_relations{};  ///< foreign tables, views on them
    std::set<std::string> created_roles{};      ///< by statements that were left out
    /// Routines that reach out stand there without their bodies, and some of them could have theirs
    /// on a private server.
    bool has_contained_stubs = false;
};

/// Thrown where only a private server can carry a statement out.
class NeedsPrivateServer : public std::exception {
  public:
    explicit NeedsPrivateServer(LeftOut why) : why_(std::move(why)) {}

    LeftOut const& why() const { return why_; }

  private:
    LeftOut why_{};
};

/// Runs a migration's script without recording it. Throws Failure CM0505, NeedsPrivateServer (only
/// where `state.server` is `real`).
void replay(Migration const& migration, pg::Connection& connection, SourceMap& sources,
            ReplayState& state);

/// Likewise any script that prepares the database. Throws Failure CM0506.
void replay_script(std::string_view name, std::string_view script, pg::Connection& connection,
                   SourceMap& sources, ReplayState& state);

}  // namespace cm::history
