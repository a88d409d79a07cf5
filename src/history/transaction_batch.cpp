// See transaction_batch.hpp.
#include "history/transaction_batch.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cm::history {
namespace {

/// What is sent: the part of the script between words of ours.
struct Message {
    std::string head{};
    std::size_t head_statements{};
    std::string_view text{};  ///< the part of the script
    std::size_t begin{};      ///< where it begins in the script
    std::string tail{};
    std::size_t before_commit{};  ///< statements of the tail up to COMMIT itself
};

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
    if (!batch.lock.hold.empty()) {
        message.head += batch.lock.hold + ";";
    }
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

/// PostgreSQL counts characters from 1 in all that was sent; the head, which is ASCII, is ours.
std::optional<std::size_t> offset_in(Message const& message, int position) {
    auto const own = position - static_cast<int>(message.head.size());
    return own < 1 ? std::nullopt : std::optional(pg::byte_offset(message.text, own));
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
    } else if (failed.completed() >= ahead &&
               failed.completed() - ahead < batch.stretch.end - batch.stretch.begin) {
        failure.statement = failed.completed() - ahead + batch.stretch.begin;
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
        server.position += server.position > 0 ? static_cast<int>(message.head.size()) : 0;
        return pg::SqlError(std::move(server));
    }
    return failed;
}

/// What comes behind COMMIT undoes nothing when it fails.
bool was_committed(Message const& message, TransactionBatch const& batch,
                   pg::SqlError const& failed) {
    auto statements = batch.stretch.end - batch.stretch.begin;
    statements -= batch.stretch.kind == StretchKind::own ? 1 : 0;
    return !failed.connection_lost() &&
           failed.completed() >= message.head_statements + statements + message.before_commit;
}

std::optional<ScriptFailure> send(Message const& message, TransactionBatch const& batch,
                                  pg::Connection& connection) {
    try {
        connection.execute(fmt::format("{}{}{}", message.head, message.text, message.tail));
        return {};
    } catch (pg::SqlError const& failed) {
        if (was_committed(message, batch, failed)) {
            return {};
        }
        return failure_in(message, batch, complaint_about_script(message, failed, connection));
    }
}

}  // namespace

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
                                 .is_whole = true};
    auto message = compose(batch, connection);
    message.head = limit_statements(limits, Validity::transaction) + "\n";
    message.head_statements = statements_in(message.head);
    message.tail = fmt::format("\n;{};{};{};{}", connection.reset_statements(), part.insert,
                               limits.lock.restore, drop_session_objects);
    message.before_commit = part.text.size();  // there is none
    auto failure = send(message, batch, connection);
    if (failure) {
        failure->in_one_transaction = true;
    }
    return failure;
}

}  // namespace cm::history
