// See transaction_batch.hpp.
#include "history/transaction_batch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/log.hpp"
#include "base/sqlstate.hpp"
#include "base/text.hpp"
#include "history/error_place.hpp"
#include "history/message.hpp"
#include "history/notices.hpp"
#include "sql/token.hpp"

namespace cm::history {
namespace {

/// The statement's settings are such that nothing may have read from the database before, as of the
/// isolation level.
bool must_come_first(std::string_view statement) {
    constexpr std::array<std::string_view, 4> words{"BEGIN", "START", "SET", "RESET"};
    auto const first = sql::next_significant_token(statement, 0);
    return std::any_of(words.begin(), words.end(),
                       [&](auto const word) { return sql::is_word(statement, first, word); });
}

std::string_view text_of(TransactionBatch const& batch, std::size_t statement) {
    auto const& found = batch.script.statements[statement];
    return batch.text.substr(found.begin, found.end - found.begin);
}

/// The statement before which the lock is held: the first that does anything.
std::size_t first_at_work(TransactionBatch const& batch) {
    auto first = batch.unit.begin;
    while (first + 1 < batch.unit.end && must_come_first(text_of(batch, first))) ++first;
    return first;
}

/// The stretch, in as many messages as it takes: text is parsed when it arrives, so that what
/// changes how it is read ends a message.
void add_script(std::vector<Message>& messages, TransactionBatch const& batch) {
    auto const& all = batch.script.statements;
    auto const& gaps = batch.script.gaps;
    auto const [first, behind, kind] = batch.unit;
    auto const last = kind == ExecutionUnitKind::explicit_transaction
                          ? behind - 1
                          : behind;  // COMMIT follows the record
    auto const hold_before = batch.lock.hold.empty() ? all.size() : first_at_work(batch);
    // What stands around the statements is sent along if it is the whole: comments are part of what
    // the server's log shows.
    auto const is_all = batch.is_whole || all.empty();
    std::size_t at = is_all ? 0 : all[first].begin;
    auto const add_up_to = [&](std::size_t end) {
        messages.back().add_script(batch.text, at, end, gaps);
        at = end;
    };
    for (auto i = first; i < last; ++i) {
        if (i == hold_before) {
            add_up_to(all[i].begin);
            messages.back().add_own(batch.lock.hold);
        }
        messages.back().add_statement(batch.text, all[i], i);
        if (all[i].ends_message && i + 1 < last) {
            add_up_to(all[i].end);
            messages.emplace_back();
        }
    }
    auto const end = kind == ExecutionUnitKind::explicit_transaction ? all[last].begin
                     : is_all                                        ? batch.text.size()
                                                                     : all[last - 1].end;
    if (first == last && !batch.lock.hold.empty()) messages.back().add_own(batch.lock.hold);
    add_up_to(std::max<std::size_t>(end, at));
    messages.back().add_blank("\n;");  // the line end closes a comment on the last line
}

struct Composed {
    std::vector<Message> messages{};
    std::size_t commit{};  ///< the number of COMMIT in the last message
};

Composed compose(TransactionBatch const& batch, pg::Connection const& connection) {
    Composed composed{};
    auto& messages = composed.messages;
    auto& head = messages.emplace_back();
    auto const explicit_transaction = batch.unit.kind == ExecutionUnitKind::explicit_transaction;
    if (!explicit_transaction) head.add_own("BEGIN");
    if (!explicit_transaction && batch.is_whole && batch.limits.asynchronous_commit) {
        head.add_own("SET LOCAL synchronous_commit = off");
    }
    if (batch.is_whole) {
        head.add_all_own(limit_statements(
            batch.limits, explicit_transaction ? Validity::session : Validity::transaction));
    }
    head.add_blank("\n");
    add_script(messages, batch);
    if (!batch.record.empty()) {
        // A script that has changed how text is read must not change how the record is.
        auto const is_changed = messages.size() > 1;
        if (is_changed) messages.emplace_back();
        messages.back().add_all_own(restore_session_role);
        if (is_changed) messages.emplace_back();
        messages.back().add_own(batch.record);
    }
    auto& tail = messages.back();
    tail.add_all_own(batch.lock.restore);
    composed.commit = tail.statements();
    tail.add_own("COMMIT");
    if (batch.is_whole) {
        tail.add_all_own(connection.reset_statements());
        tail.add_all_own(drop_session_objects);
    }
    return composed;
}

std::optional<std::size_t> statement_at(sql::Script const& script, std::size_t offset) {
    auto const after =
        std::find_if(script.statements.begin(), script.statements.end(),
                     [&](auto const& statement) { return statement.begin > offset; });
    if (after == script.statements.begin()) {
        return {};
    }
    return static_cast<std::size_t>(after - script.statements.begin()) - 1;
}

/// Before anything was carried out only the position tells whom to blame; afterwards the statement
/// is known, and the position may be one in another text.
ScriptFailure failure_in(Message const& message, TransactionBatch const& batch,
                         pg::SqlError const& failed) {
    ScriptFailure failure{.server = failed.server()};
    if (failure.server.sqlstate == sqlstate::syntax_error) {
        failure.server.message = first_line(std::move(failure.server.message));
    }
    auto const offset = message.script_offset(failed.server().position);
    failure.statement = message.owner(failed.completed());
    if (!offset) return failure;
    auto const found = statement_at(batch.script, *offset);
    if (failed.completed() == 0 &&
        (!failure.statement || failure.server.sqlstate == sqlstate::syntax_error)) {
        failure.statement = found;
        failure.offset = offset;
    } else if (failure.statement && found == failure.statement) {
        auto const begin = batch.script.statements[*found].begin;
        if (points_into(text_of(batch, *found), *offset - begin, failure.server)) {
            failure.offset = offset;
        }
    }
    return failure;
}

/// A script with an open bracket swallows the words that we put behind it, and PostgreSQL's
/// complaint is about those. Asked about the script alone, it tells the truth; nothing is carried
/// out, for it does not parse.
ScriptFailure failure_of_script(Message const& message, TransactionBatch const& batch,
                                pg::SqlError const& failed, pg::Connection& connection) {
    auto const is_behind = failed.completed() == 0 && failed.server().position > 0 &&
                           failed.server().sqlstate == sqlstate::syntax_error &&
                           !message.script_offset(failed.server().position);
    if (!is_behind) return failure_in(message, batch, failed);
    auto const alone = message.without_own();
    try {
        if (connection.in_transaction()) {
            connection.execute("ROLLBACK");
        }
        pg::Transaction const undone(connection);
        connection.execute(alone.text());
    } catch (pg::SqlError const& told) {
        return failure_in(alone, batch, pg::SqlError(told.server()));
    }
    return failure_in(message, batch, failed);
}

std::optional<ScriptFailure> send(Composed const& composed, TransactionBatch const& batch,
                                  pg::Connection& connection) {
    for (auto const& message : composed.messages) {
        auto const is_last = &message == &composed.messages.back();
        try {
            NoticesHeard const heard(connection, batch.limits);
            connection.execute(message.text(), message.data());
            if (!is_last) connection.keep_utf8();
        } catch (pg::SqlError const& failed) {
            // What comes behind COMMIT undoes nothing when it fails.
            if (is_last && failed.completed() > composed.commit) {
                log::swallowed("what follows the commit", failed);
                return {};
            }
            auto failure = failure_of_script(message, batch, failed, connection);
            failure.commit_unknown =
                is_last && failed.connection_lost() && failed.server().disconnect_sqlstate.empty();
            return failure;
        }
    }
    return {};
}

}  // namespace

LockStatements lock_statements(std::string_view text, RunOptions const& options) {
    auto const words = to_lower(text);
    auto const touches_locks =
        words.find("advisory") != std::string::npos || words.find("discard") != std::string::npos;
    return touches_locks ? options.lock : LockStatements{};
}

std::string limit_statements(RunOptions const& options, Validity validity) {
    auto const* const local = validity == Validity::transaction ? "LOCAL " : "";
    std::string text{};
    if (options.lock_timeout.count() > 0) {
        text += fmt::format("SET {}lock_timeout = {};", local, options.lock_timeout.count());
    }
    if (options.statement_timeout) {
        text +=
            fmt::format("SET {}statement_timeout = {};", local, options.statement_timeout->count());
    }
    return text;
}

std::optional<ScriptFailure> run_transaction(TransactionBatch const& batch,
                                             pg::Connection& connection) {
    return send(compose(batch, connection), batch, connection);
}

std::optional<ScriptFailure> run_in_transaction(BatchPart const& part, RunOptions const& limits,
                                                pg::Connection& connection) {
    TransactionBatch const batch{.text = part.text,
                                 .script = part.script,
                                 .unit = {0, part.script.statements.size()},
                                 .record = part.insert,
                                 .limits = limits,
                                 .lock = lock_statements(part.text, limits),
                                 .is_whole = true};
    Composed composed{};
    composed.messages.emplace_back().add_all_own(limit_statements(limits, Validity::transaction));
    composed.messages.back().add_blank("\n");
    add_script(composed.messages, batch);
    auto& tail = composed.messages.back();
    tail.add_all_own(connection.reset_statements());
    tail.add_own(part.insert);
    tail.add_all_own(batch.lock.restore);
    tail.add_all_own(drop_session_objects);
    composed.commit = tail.statements();  // there is none
    auto failure = send(composed, batch, connection);
    if (failure) {
        failure->in_one_transaction = true;
    }
    return failure;
}

}  // namespace cm::history
