// Executes a script: in one transaction and one round trip if its statements allow it, else stretch
// by stretch (see execution_unit.hpp). Knows nothing of migrations; who keeps a record says so
// through Recording.
#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.hpp"
#include "history/execution_unit.hpp"
#include "pg/connection.hpp"
#include "sql/split.hpp"

namespace cm::history {

/// How far a script has come.
struct StepPosition {
    std::size_t done{};  ///< statements that have been carried out and stay
    bool in_flight{};    ///< the next one has been sent outside of a transaction
};

/// What is to be written down, and when. All of it may be left out.
struct Recording {
    std::string insert{};  ///< one statement: the whole script is carried out
    /// The rest is for a script that cannot be one transaction. `start` comes first, also where a
    /// run that was cut off goes on, once nothing speaks against that.
    std::function<void()> start{};
    /// One statement that notes how far it has come; run in the same transaction where there is
    /// one.
    std::function<std::string(StepPosition)> note{};
};

/// A stretch was undone by PostgreSQL for a reason that goes by, and is about to be tried again.
struct Retry {
    pg::ServerMessage const& reason;
    int attempt{};  ///< the one that failed, from 1
    int attempts{};
    std::chrono::milliseconds pause{};
};

/// What brings our lock through a script that gives locks away or takes some (see
/// pg::AdvisoryLock).
struct LockStatements {
    std::string hold{};     ///< one statement: for the transaction that follows
    std::string restore{};  ///< afterwards
};

/// Limits on how a script is run.
struct RunOptions {
    std::chrono::milliseconds lock_timeout{};  ///< zero: the server's
    std::optional<std::chrono::milliseconds> statement_timeout{};
    int retries{};  ///< when a lock was not to be had, or sessions waited for each other
    std::function<void(Retry const&)> retrying{};
    std::optional<StepPosition> resume{};  ///< where a run that was cut off has come to
    LockStatements lock{};                 ///< empty: there is none to be kept
    /// A commit of one transaction need not wait for the disk: one that does follows, and with it
    /// all before it are safe. If the server crashes between them, the last ones are undone, their
    /// records with them.
    bool asynchronous_commit = false;
    /// NOTICE, WARNING … of the script's own statements; must not throw.
    std::function<void(pg::ServerMessage const&)> notice{};
    /// Adds who was in the way when a lock was not to be had.
    std::function<void(Diagnostic&)> explain_wait{};
    /// See Subject::is_derived.
    bool is_derived = false;
    /// Told of each step of a script that is no single transaction: what stays if it ends here.
    std::function<void(StepPosition)> reached{};
};

/// What went wrong and how far it got.
struct ScriptFailure {
    pg::ServerMessage server{};
    std::optional<std::size_t>
        statement{};                      ///< index of the one to blame; none for the COMMIT itself
    std::optional<std::size_t> offset{};  ///< byte in the text that PostgreSQL points at
    bool in_one_transaction{};            ///< all of it was undone
    std::size_t committed_statements{};   ///< statements whose effect stays
    bool in_flight{};       ///< the one to blame ran outside of a transaction, and may have left
                            ///< something that is not seen
    bool commit_unknown{};  ///< the connection was lost, and the COMMIT may have come through
    bool left_invalid_index{};  ///< by the one to blame
    bool effect_unknown{};      ///< nothing was run: what became of the one to blame cannot be told
    bool not_resumed{};         ///< nothing was run: the session could not be made as it was

    bool connection_lost() const { return server.sqlstate.empty() && !effect_unknown; }

    bool undone() const {
        return in_one_transaction || (committed_statements == 0 && !in_flight && !effect_unknown);
    }
};

/// None if all went well. Settings, roles, temporary tables and cursors that the script made are
/// reset. Throws Failure when interrupted; what was not committed has been rolled back then.
std::optional<ScriptFailure> run_script(std::string_view text, sql::Script const& script,
                                        pg::Connection& connection, Recording const& recording,
                                        RunOptions const& options = {});

/// The scripts of several migrations in one transaction: all or nothing.
struct BatchPart {
    std::string_view text{};
    sql::Script const& script;
    std::string insert{};
};

/// The failure and the index of the part to blame; the last for what only COMMIT finds.
struct BatchFailure {
    ScriptFailure failure{};
    std::size_t part{};
};

std::optional<BatchFailure> run_together(std::vector<BatchPart> const& parts,
                                         pg::Connection& connection, RunOptions const& options,
                                         std::function<void(std::size_t)> const& beginning);

}  // namespace cm::history
