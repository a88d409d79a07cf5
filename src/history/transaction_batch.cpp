// See transaction_batch.hpp.
#include "history/transaction_batch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "sql/token.hpp"

namespace cm::history {
namespace {

/// What is sent: the part of the script between words of ours.
struct Message {
    std::string head{};
    std::size_t head_statements{};
    std::string_view text{};      ///< the part of the script
    std::size_t begin{};          ///< where it begins in the script
    std::string hold{};           ///< a statement of ours amid the text
    std::size_t hold_at{};        ///< byte of the text
    std::size_t ahead_of_hold{};  ///< statements of the text
    std::string tail{};
    std::size_t before_commit{};  ///< statements of the tail up to COMMIT itself

    std::string script() const {
        return fmt::format("{}{}{}", text.substr(0, hold_at), hold, text.substr(hold_at));
    }
};

/// The statement's settings are such that nothing may have read from the database before, as of the
/// isolation level.
bool must_come_first(std::string_view statement) {
    constexpr std::array<std::string_view, 4> words{"BEGIN", "START", "SET", "RESET"};
    auto const first = sql::next_solid_token(statement, 0);
    return std::any_of(words.begin(), words.end(),
                       [&](auto const word) { return sql::is_word(statement, first, word); });
}

/// The lock is held from the first statement on that does anything.
void hold_lock(Message& message, std::string const& hold, sql::Script const& script,
               Stretch stretch) {
    if (hold.empty()) return;
    message.hold = hold + ";";
    while (stretch.begin + 1 < stretch.end) {
        auto const& next = script.statements[stretch.begin];
        auto const at = next.begin - message.begin;
        if (!must_come_first(message.text.substr(at, next.end - next.begin))) break;
        ++stretch.begin;
        ++message.ahead_of_hold;
    }
    if (stretch.begin < stretch.end) {
        message.hold_at = script.statements[stretch.begin].begin - message.begin;
        message.hold_at = std::min(message.hold_at, message.text.size());
    }
}

std::size_t statements_in(std::string_view text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), ';'));
}

std::string_view part_of(TransactionBatch const& batch, std::size_t& begin) {
    auto const& all = batch.script.statements;
    // What stands around the statements is sent along if it is the whole: comments are part of what
    // the server's log shows.
    begin = batch.is_whole || all.empty() ? 0 : all[batch.stretch.begin].begin;
    auto end = batch.is_whole || all.empty() ? batch.text.size() : all[batch.stretch.end - 1].end;
    if (batch.stretch.kind == StretchKind::own) {
        end = all[batch.stretch.end - 1].begin;  // its COMMIT comes after the record
    }
    return batch.text.substr(begin, end - begin);
}

/// What comes behind the script, up to COMMIT.
std::vector<std::string_view> closing(TransactionBatch const& batch) {
    std::vector<std::string_view> statements{};
    if (!batch.record.empty()) {
        statements = {own_rights, batch.record};
    }
    if (!batch.lock.restore.empty()) {
        statements.push_back(batch.lock.restore);
    }
    return statements;
}

Message compose(TransactionBatch const& batch, pg::Connection const& connection) {
    Message message{};
    message.text = part_of(batch, message.begin);
    auto const own = batch.stretch.kind == StretchKind::own;
    if (batch.is_whole) {
        message.head =
            limit_statements(batch.limits, own ? Validity::session : Validity::transaction);
    }
    auto const* const pace =
        batch.is_whole && batch.limits.safe_later ? "SET LOCAL synchronous_commit = off;" : "";
    hold_lock(message, batch.lock.hold, batch.script, batch.stretch);
    message.head = own ? message.head + "\n" : fmt::format("BEGIN;{}{}\n", pace, message.head);
    message.head_statements = statements_in(message.head);
    // The line end closes a comment on the last line.
    message.tail = fmt::format("\n;{};COMMIT;", fmt::join(closing(batch), ";"));
    message.before_commit = 1;
    message.before_commit += batch.record.empty() ? 0 : statements_in(own_rights) + 2;
    message.before_commit += batch.lock.restore.empty() ? 0 : statements_in(batch.lock.restore) + 1;
    if (batch.is_whole) {
        message.tail += fmt::format("{};{}", connection.reset_statements(), drop_session_objects);
    }
    return message;
}

/// PostgreSQL counts characters from 1 in all that was sent; the head, which is ASCII, and `hold`
/// are ours.
std::optional<std::size_t> offset_in(Message const& message, int position) {
    auto const own = position - static_cast<int>(message.head.size());
    if (own < 1) {
        return {};
    }
    auto const offset = pg::byte_offset(message.script(), own);
    return offset <= message.hold_at
               ? offset
               : std::max(offset, message.hold_at + message.hold.size()) - message.hold.size();
}

/// How many statements of the script were carried out, of `completed` that were sent.
std::size_t own_statements(Message const& message, std::size_t completed) {
    auto const own = completed - message.head_statements;
    return own - (!message.hold.empty() && own > message.ahead_of_hold ? 1 : 0);
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

ScriptFailure failure_in(Message const& message, TransactionBatch const& batch,
                         pg::SqlError const& failed) {
    ScriptFailure failure{.server = failed.server()};
    auto const offset = offset_in(message, failed.server().position);
    auto const ahead = message.head_statements;
    if (offset) {
        failure.offset = message.begin + *offset;
        failure.statement = statement_at(batch.script, *failure.offset);
    } else if (failed.completed() >= ahead && own_statements(message, failed.completed()) <
                                                  batch.stretch.end - batch.stretch.begin) {
        failure.statement = own_statements(message, failed.completed()) + batch.stretch.begin;
    }
    return failure;
}

/// A script with an open string or bracket swallows the words that we put behind it, and
/// PostgreSQL's complaint is about those. Asked about the script alone, it tells the truth; nothing
/// is carried out, for it does not parse.
pg::SqlError complaint_about_script(Message const& message, pg::SqlError const& failed,
                                    pg::Connection& connection) {
    auto const offset = offset_in(message, failed.server().position);
    if (failed.completed() > 0 || !offset || *offset < message.text.size()) {
        return failed;
    }
    try {
        if (connection.in_transaction()) {
            connection.execute("ROLLBACK");
        }
        pg::Transaction const undone(connection);
        connection.execute(message.text);
    } catch (pg::SqlError const& alone) {
        auto server = alone.server();
        if (server.position > 0) {
            auto const is_behind =
                pg::byte_offset(message.text, server.position) >= message.hold_at;
            server.position +=
                static_cast<int>(message.head.size() + (is_behind ? message.hold.size() : 0));
        }
        return pg::SqlError(std::move(server));
    }
    return failed;
}

/// What comes behind COMMIT undoes nothing when it fails.
bool was_committed(Message const& message, TransactionBatch const& batch,
                   pg::SqlError const& failed) {
    auto statements = batch.stretch.end - batch.stretch.begin;
    statements -= batch.stretch.kind == StretchKind::own ? 1 : 0;
    statements += message.hold.empty() ? 0 : 1;
    return !failed.connection_lost() &&
           failed.completed() >= message.head_statements + statements + message.before_commit;
}

std::optional<ScriptFailure> send(Message const& message, TransactionBatch const& batch,
                                  pg::Connection& connection) {
    try {
        connection.execute(fmt::format("{}{}{}", message.head, message.script(), message.tail));
        return {};
    } catch (pg::SqlError const& failed) {
        if (was_committed(message, batch, failed)) {
            return {};
        }
        return failure_in(message, batch, complaint_about_script(message, failed, connection));
    }
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
                                 .stretch = {0, part.script.statements.size()},
                                 .record = part.insert,
                                 .limits = limits,
                                 .lock = lock_statements(part.text, limits),
                                 .is_whole = true};
    auto message = compose(batch, connection);
    message.head = limit_statements(limits, Validity::transaction) + "\n";
    message.head_statements = statements_in(message.head);
    message.tail = fmt::format("\n;{};{};{};{}", connection.reset_statements(), part.insert,
                               batch.lock.restore, drop_session_objects);
    message.before_commit = part.text.size();  // there is none
    auto failure = send(message, batch, connection);
    if (failure) {
        failure->in_one_transaction = true;
    }
    return failure;
}

}  // namespace cm::history
