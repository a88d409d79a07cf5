// See progress.hpp.
#include "history/progress.hpp"

#include <fmt/format.h>

#include "base/hidden_passwords.hpp"
#include "base/log.hpp"

namespace cm::history {

std::string log_text(pg::ServerMessage const& server) {
    auto text = fmt::format("{}: {} ({})", server.severity.empty() ? "ERROR" : server.severity,
                            with_passwords_hidden(server.message), server.sqlstate);
    for (auto const& [word, more] :
         {std::pair{"DETAIL", server.detail}, {"HINT", server.hint}, {"CONTEXT", server.context}}) {
        if (!more.empty()) {
            text += fmt::format("\n{}: {}", word, with_passwords_hidden(more));
        }
    }
    return text;
}

ProgressRecord::ProgressRecord(Migration const& migration, std::string_view text,
                               sql::Script const& script, MigrationsTable const& migrations_table,
                               pg::Connection& connection)
    : migration_(migration),
      text_(text),
      script_(script),
      migrations_table_(migrations_table),
      connection_(connection),
      id_(new_id()) {}

NewEntry ProgressRecord::entry() const {
    return {id_, migration_.name, migration_.checksum};
}

void ProgressRecord::resume(Stop const& stop) {
    id_ = stop.entry.id;
    resumed_ = stop.position;
}

void ProgressRecord::start() {
    if (resumed_) {
        record_resumption(migrations_table_, connection_, entry(), resumed_->done,
                          record_text(*resumed_));
    } else {
        record_start(migrations_table_, connection_, entry(), record_text({}));
    }
    started_ = true;
}

std::string ProgressRecord::record_text(StepPosition position) const {
    return to_text({.done = position.done,
                    .total = script_.statements.size(),
                    .in_flight = position.in_flight,
                    .digest = digest_of(text_, script_, position.done)});
}

std::string ProgressRecord::note(StepPosition position) const {
    return position.done == script_.statements.size()
               ? finish_statement(migrations_table_, id_, position.done)
               : step_statement(migrations_table_, id_, position.done, record_text(position));
}

Recording ProgressRecord::recording() {
    return {
        .insert = insert_applied_statement(migrations_table_, entry(),
                                           static_cast<int>(script_.statements.size())),
        .start = [this] { start(); },
        .note = [this](StepPosition position) { return note(position); },
    };
}

void ProgressRecord::write_failure(ScriptFailure const& failure) {
    if (failure.not_resumed) return;  // the record says why it stopped before
    auto const logs = log_text(failure.server);
    if (!started_) {
        record_undone(migrations_table_, connection_, entry(), logs);
    } else if (failure.undone()) {
        record_logs(migrations_table_, connection_, id_, logs, true);
    } else {
        auto const position = record_text({failure.committed_statements, failure.in_flight});
        record_logs(migrations_table_, connection_, id_, position + "\n" + logs, false);
    }
}

void ProgressRecord::fail(ScriptFailure const& failure) {
    pg::InterruptsIgnored const tidying{};
    try {
        write_failure(failure);
    } catch (pg::SqlError const& unrecorded) {
        unrecorded_ = unrecorded.server().message;
        log::swallowed("recording the failure", unrecorded);
    }
}

}  // namespace cm::history
