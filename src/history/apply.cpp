// See apply.hpp. Three uses of run_script; they differ in what is recorded and what the user is
// told.
#include "history/apply.hpp"

#include <optional>

#include "history/blame.hpp"
#include "history/run_script.hpp"
#include "history/script_text.hpp"
#include "sql/split.hpp"

namespace cm::history {
namespace {

/// A script that is ready to run.
struct Prepared {
    Subject subject{};
    std::string_view text{};
    sql::Script script{};
};

Prepared prepare(std::string_view code, std::string title, std::string file_name,
                 std::string_view text, SourceMap& sources) {
    auto const file = sources.add(std::move(file_name), std::string(without_bom(text)));
    Prepared prepared{{code, std::move(title), file}, sources.text(file), {}};
    refuse_unsendable_bytes(prepared.subject, sources);
    prepared.script = sql::split(prepared.text);
    refuse_unsendable_statements(prepared.subject, prepared.script);
    return prepared;
}

Prepared prepare(std::string_view code, Migration const& migration, SourceMap& sources) {
    return prepare(code, fmt::format("migration `{}`", migration.name), migration.file.string(),
                   migration.script, sources);
}

void throw_if_lost(ScriptFailure const& failure, Subject const& subject) {
    if (failure.connection_lost()) {
        pg::throw_failure(pg::SqlError(failure.server), fmt::format("running {}", subject.title));
    }
}

std::string log_text(pg::ServerMessage const& server) {
    auto text = fmt::format("{}: {} ({})", server.severity.empty() ? "ERROR" : server.severity,
                            server.message, server.sqlstate);
    for (auto const& [word, more] :
         {std::pair{"DETAIL", server.detail}, {"HINT", server.hint}, {"CONTEXT", server.context}}) {
        if (!more.empty()) {
            text += fmt::format("\n{}: {}", word, more);
        }
    }
    return text;
}

/// Writes one migration's progress into the ledger.
class Progress {
  public:
    Progress(Migration const& migration, Ledger const& ledger, pg::Connection& connection)
        : migration_(migration), ledger_(ledger), connection_(connection) {}

    Recording recording(std::size_t statements) {
        return {
            .in_transaction = insert_applied_statement(
                ledger_, migration_.name, migration_.checksum, static_cast<int>(statements)),
            .start =
                [this] {
                    id_ = record_start(ledger_, connection_, migration_.name, migration_.checksum);
                },
            .step = [this](int steps) { step(steps); },
            .finish = [this] { record_finish(ledger_, connection_, *id_); },
        };
    }

    /// The failure itself matters more than a ledger that cannot be written.
    void fail(ScriptFailure const& failure, Diagnostic& diagnostic) {
        pg::InterruptsIgnored const tidying{};
        auto const logs = log_text(failure.server);
        try {
            if (id_) {
                record_logs(ledger_, connection_, *id_, logs);
            } else {
                record_failure(ledger_, connection_, migration_.name, migration_.checksum, logs,
                               false);
            }
        } catch (pg::SqlError const& unrecorded) {
            diagnostic.note("the failure could not be recorded: {}", unrecorded.server().message);
        }
    }

  private:
    /// A script may have taken our rights away for a while (SET ROLE): the number is for
    /// information only.
    void step(int steps) {
        try {
            record_step(ledger_, connection_, *id_, steps);
        } catch (pg::SqlError const&) {
            // Nothing depends on it; record_finish runs with our own rights again.
        }
    }

    Migration const& migration_;
    Ledger const& ledger_;
    pg::Connection& connection_;
    std::optional<std::string> id_{};
};

void add_next_step(Diagnostic& diagnostic, ScriptFailure const& failure, std::string const& name) {
    if (failure.in_one_transaction || failure.kept == 0) {
        if (already_exists(failure.server.sqlstate)) {
            diagnostic.help(
                "if all that the migration does is there: `cm-migrate resolve --applied {}`", name);
        }
        diagnostic.help(
            "correct the file, then run `cm-migrate resolve --rolled-back {0}`, then the command "
            "again",
            name);
        return;
    }
    diagnostic.help("undo by hand what was carried out, then `cm-migrate resolve --rolled-back {}`",
                    name);
    diagnostic.help("or carry out the rest by hand, then `cm-migrate resolve --applied {}`", name);
}

}  // namespace

void apply(Migration const& migration, Ledger const& ledger, pg::Connection& connection,
           SourceMap& sources) {
    auto const prepared = prepare("CM0504", migration, sources);
    Progress progress(migration, ledger, connection);
    try {
        auto const failure = run_script(prepared.text, prepared.script, connection,
                                        progress.recording(prepared.script.statements.size()));
        if (!failure) {
            return;
        }
        throw_if_lost(*failure, prepared.subject);
        auto diagnostic = blame(*failure, prepared.subject, prepared.script, sources);
        add_outcome(diagnostic, *failure, prepared.script, sources, prepared.subject.file);
        progress.fail(*failure, diagnostic);
        add_next_step(diagnostic, *failure, migration.name);
        throw Failure(std::move(diagnostic), ExitCode::failed_migration);
    } catch (pg::SqlError const& failed) {  // the ledger itself, in a script that goes step by step
        pg::throw_failure(failed, fmt::format("recording migration `{}`", migration.name));
    }
}

void replay(Migration const& migration, pg::Connection& connection, SourceMap& sources) {
    auto const prepared = prepare("CM0505", migration, sources);
    auto const failure = run_script(prepared.text, prepared.script, connection, {});
    if (!failure) {
        return;
    }
    throw_if_lost(*failure, prepared.subject);
    auto diagnostic = blame(*failure, prepared.subject, prepared.script, sources);
    diagnostic.note("this happened in the scratch database into which the migrations are replayed");
    diagnostic.help(
        "correct the file: the migrations must run from the first to the last on an empty "
        "database");
    throw Failure(std::move(diagnostic), ExitCode::failed_migration);
}

void execute_script(std::string_view name, std::string_view script, pg::Connection& connection,
                    SourceMap& sources) {
    auto const prepared =
        prepare("CM0506", fmt::format("`{}`", name), std::string(name), script, sources);
    auto const failure = run_script(prepared.text, prepared.script, connection, {});
    if (!failure) {
        return;
    }
    throw_if_lost(*failure, prepared.subject);
    auto diagnostic = blame(*failure, prepared.subject, prepared.script, sources);
    add_outcome(diagnostic, *failure, prepared.script, sources, prepared.subject.file);
    throw Failure(std::move(diagnostic), ExitCode::failure);
}

}  // namespace cm::history
