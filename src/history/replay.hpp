// What a replay does not do as the migrations say: statements that reach beyond the database would
// take effect on the real server, and some statements cannot run because a role is missing.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "sql/rows.hpp"

namespace cm::history {

enum class LeftOutBecause {
    reaches_out,   ///< its effect lies outside of the database, and is no part of its schema
    role_missing,  ///< only because the server has no such role
    hidden,        ///< a block or a call that may reach out: what else it does is not known
};

/// A statement that a replay did not carry out.
struct LeftOut {
    std::string migration{};  ///< its title: "migration `x`"
    std::string words{};      ///< what it is, without what may be secret: "ALTER ROLE `app`"
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

/// As rows, to be kept with what the catalog answered; none if the rows are not such.
sql::Rows to_rows(ReplayReport const& report);
std::optional<ReplayReport> read_report(sql::Rows const& rows);

}  // namespace cm::history
