// Executes a script: in one transaction and one round trip if its statements allow it, else
// statement by statement. Knows nothing of migrations; who keeps a record says so through
// Recording.
#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "pg/connection.hpp"
#include "sql/split.hpp"

namespace cm::history {

/// What is to be written down, and when. All of it may be left out.
struct Recording {
    std::string
        in_transaction{};  ///< one statement, run before the COMMIT of a script in one transaction
    std::function<void()> start{};    ///< the rest: for a script that goes statement by statement
    std::function<void(int)> step{};  ///< that many statements have been carried out and stay
    std::function<void()> finish{};
};

/// What went wrong and how far it got.
struct ScriptFailure {
    pg::ServerMessage server{};
    std::optional<std::size_t>
        statement{};                      ///< index of the one to blame; none for the COMMIT itself
    std::optional<std::size_t> offset{};  ///< byte in the text that PostgreSQL points at
    bool in_one_transaction{};            ///< all of it was undone
    std::size_t kept{};                   ///< statements whose effect stays

    bool connection_lost() const { return server.sqlstate.empty(); }
};

/// None if all went well. Settings and roles that the script changed are reset. Throws Failure when
/// interrupted; what was not committed has been rolled back then.
std::optional<ScriptFailure> run_script(std::string_view text, sql::Script const& script,
                                        pg::Connection& connection, Recording const& recording);

}  // namespace cm::history
