// A stretch of a script as one transaction in one round trip, with its record in the same
// transaction.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "history/run_script.hpp"

namespace cm::history {

/// Takes back, until the transaction ends, what a script has done to our rights and to the quoting
/// that we rely on. The role becomes the one that the session began with, which need not be the
/// login's own: `ALTER ROLE … SET role`, `?options=-c role=…`. Row security is left alone, for the
/// script's deferred triggers are yet to come: that it hides no record was seen when the records
/// were read.
inline constexpr std::string_view restore_session_role =
    "SET LOCAL SESSION AUTHORIZATION DEFAULT;SET LOCAL role TO DEFAULT;"
    "SET LOCAL standard_conforming_strings = on";

/// What a script may leave in the session besides settings.
inline constexpr std::string_view drop_session_objects =
    "CLOSE ALL;DEALLOCATE ALL;UNLISTEN *;DISCARD TEMP";

/// What keeps our lock through the script; nothing where nothing is to be feared, since hardly any
/// script touches locks.
LockStatements lock_statements(std::string_view text, RunOptions const& options);

enum class Validity { transaction, session };

/// `SET … lock_timeout = 5000` and the like; empty if the server's settings are to hold.
std::string limit_statements(RunOptions const& options, Validity validity);

struct TransactionBatch {
    std::string_view text{};  ///< of the whole script
    sql::Script const& script;
    ExecutionUnit unit{};
    std::string record{};  ///< a statement for the same transaction, if any
    RunOptions const& limits;
    LockStatements lock{};
    bool is_whole{};  ///< the stretch is all of the script: limits and settings end with it
};

/// The failure leaves a transaction open that must be rolled back.
std::optional<ScriptFailure> run_transaction(TransactionBatch const& batch,
                                             pg::Connection& connection);

/// Within a transaction that is open already.
std::optional<ScriptFailure> run_in_transaction(BatchPart const& part, RunOptions const& limits,
                                                pg::Connection& connection);

}  // namespace cm::history
