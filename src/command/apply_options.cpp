// See apply_options.hpp.
#include "command/apply_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/assert.hpp"
#include "base/display.hpp"
#include "base/plural.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "command/duration.hpp"
#include "command/project_options.hpp"
#include "sql/split.hpp"

namespace cm::command {
namespace {

using std::chrono::milliseconds;

CLI::Validator duration(BareNumber bare) {
    return {[bare](std::string& text) {
                return parse_duration(text, bare) ? std::string{} : why_no_duration(text);
            },
            ""};
}

milliseconds known_duration(std::string const& text, BareNumber bare) {
    auto const parsed = parse_duration(text, bare);
    CM_ASSERT(parsed.has_value());
    return *parsed;
}

/// The migration that is being applied; none while a script runs that is no migration.
struct CurrentMigration {
    std::string name{};
    bool is_announced = false;

    /// Before anything is told of it while it runs; one that just runs has its line at its end.
    void announce(Terminal& terminal) {
        if (!name.empty() && !std::exchange(is_announced, true)) {
            terminal.line(fmt::format("Applying {}", name));
        }
    }
};

void tell_statements(Terminal& terminal, history::Migration const& migration) {
    if (!terminal.is_verbose()) return;
    auto const script = sql::split(migration.script);
    terminal.detail(
        fmt::format("{}: {} {}", migration.name, counted(script.statements.size(), "statement"),
                    sql::is_transactional(script) ? "in one transaction" : "one at a time"));
}

/// One line for a statement that takes long.
std::string long_line(std::string const& migration, engine::LongStatement const& statement) {
    auto text = fmt::format("{}{}{} so far", migration, migration.empty() ? "" : ": ",
                            format_duration(statement.elapsed));
    if (statement.work) {
        text += fmt::format(", {}: {}", statement.work->what, statement.work->phase);
        if (statement.work->percent) {
            text += fmt::format(" {} %", *statement.work->percent);
        }
        if (statement.work->left) {
            text += fmt::format(", about {} left", format_duration(*statement.work->left));
        }
    }
    for (auto const& blocker : statement.blockers) {
        text += fmt::format("; waiting for {}", describe(blocker));
    }
    return text;
}

/// What a server says may hold anything, and may be long.
void show_lines(Terminal& terminal, std::string_view indent, std::string_view text) {
    constexpr int most = 5;
    constexpr std::size_t longest = 500;
    for (int shown = 0; !text.empty() && shown < most; ++shown) {
        auto const end = std::min(text.find('\n'), text.size());
        terminal.remark(
            fmt::format("{}{}", indent, utf8::cut(display(text.substr(0, end)).text, longest)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

void show_notice(Terminal& terminal, engine::Notice const& notice) {
    if (notice.message == nullptr) {
        terminal.remark(fmt::format("  … and {} more from `{}`",
                                    grouped(static_cast<long>(notice.left_out)), notice.migration));
        return;
    }
    auto const& said = *notice.message;
    show_lines(terminal, "  ", fmt::format("{}: {}", said.severity, said.message));
    show_lines(terminal, "    ", said.detail);
    show_lines(terminal, "    ", said.hint);
}

std::string waited_for(std::vector<engine::Blocker> const& blockers) {
    std::string text{};
    for (auto const& blocker : blockers) {
        text += fmt::format("; it was waiting for {}", describe(blocker));
    }
    return text;
}

/// The first attempt at a new connection is told at once, all others in one line that counts them.
void tell_of_loss(Terminal& terminal, Losses const& losses, std::string_view name,
                  std::string_view reason) {
    if (losses.attempts == 1) {
        terminal.remark(
            fmt::format("Lost the connection while applying `{}`; reconnecting: {}", name, reason));
        return;
    }
    terminal.counted_line(fmt::format("Reconnection attempt {} after {}: {}", losses.attempts,
                                      format_duration(losses.since.elapsed()), reason));
}

}  // namespace

Losses const& Losses::add() {
    if (attempts++ == 0) since = {};
    return *this;
}

void add_lock_wait(CLI::App& app, std::string& lock_wait) {
    app.add_option("--lock-wait", lock_wait,
                   "How long to wait for another cm-migrate process (default: 60s)")
        ->type_name("TIME")
        ->check(duration(BareNumber::needs_unit));
}

void add_apply_options(CLI::App& app, ApplyOptions& options) {
    add_lock_wait(app, options.lock_wait);
    add_limit_options(app, options);
}

void add_limit_options(CLI::App& app, ApplyOptions& options) {
    app.add_option("--lock-timeout", options.lock_timeout,
                   "Maximum time a statement may wait for a lock (default: 5s; 0: the server's "
                   "setting; a number without a unit is in milliseconds)")
        ->type_name("TIME")
        ->check(duration(BareNumber::milliseconds));
    app.add_option("--lock-retries", options.lock_retries,
                   "How many times to retry after a lock timeout (default: 8)")
        ->type_name("N")
        ->check(CLI::Range(0, 1000).description(""));
    app.add_option("--statement-timeout", options.statement_timeout,
                   "Maximum time a statement may run (default: the server's setting; a number "
                   "without a unit is in milliseconds)")
        ->type_name("TIME")
        ->check(duration(BareNumber::milliseconds));
}

void add_read_lock_timeout(CLI::App& app, engine::ProjectOptions& options) {
    add_duration_option(
        app, "--lock-timeout",
        "Maximum time to wait for a lock held by another session (default: 5s; 0: the server's "
        "setting; a number without a unit is in milliseconds)",
        BareNumber::milliseconds, options.read_lock_timeout);
}

engine::Session open_history(Context& context, engine::Project const& project,
                             std::string const& lock_wait, MissingDatabase missing) {
    auto session = connect_in_project(context, project, engine::WithoutUrl::refuse, missing);
    announce_migrations(context, session);
    engine::take_lock(session, waiting_for_lock(context), command::lock_wait(lock_wait));
    context.terminal.detail("The lock against other runs of cm-migrate is taken");
    return session;
}

milliseconds lock_wait(std::string const& text) {
    return known_duration(text, BareNumber::needs_unit);
}

engine::ApplySettings settings(ApplyOptions const& options) {
    engine::ApplySettings settings{
        .lock_timeout = known_duration(options.lock_timeout, BareNumber::milliseconds),
        .lock_retries = options.lock_retries};
    if (!options.statement_timeout.empty()) {
        settings.statement_timeout =
            known_duration(options.statement_timeout, BareNumber::milliseconds);
    }
    return settings;
}

engine::ApplyEvents apply_events(Context& context) {
    if (context.is_at_work && context.terminal.writes_only_data()) return json_events(context);
    auto& terminal = context.terminal;
    auto const current = std::make_shared<CurrentMigration>();
    auto const in_the_way = std::make_shared<std::vector<engine::Blocker>>();
    auto const losses = std::make_shared<Losses>();
    return {
        .applying =
            [&terminal, current](history::Migration const& migration) {
                *current = {migration.name};
                tell_statements(terminal, migration);
            },
        .applied =
            [&terminal](history::Migration const& migration, milliseconds elapsed) {
                terminal.end_live_line();
                terminal.line(
                    fmt::format("Applied {} ({})", migration.name, format_duration(elapsed)));
            },
        .retrying =
            [&terminal, current, in_the_way](history::Retry const& retry) {
                terminal.end_live_line();
                current->announce(terminal);
                terminal.remark(fmt::format("{} ({}): rolled back; attempt {} of {} in {}{}",
                                            retry.reason.message, retry.reason.sqlstate,
                                            retry.attempt + 1, retry.attempts,
                                            format_duration(retry.pause), waited_for(*in_the_way)));
                in_the_way->clear();
            },
        .waiting =
            [&terminal, current, in_the_way](engine::LongStatement const& statement) {
                *in_the_way = statement.blockers;
                terminal.live_line(long_line(current->name, statement), statement.elapsed);
            },
        .lost =
            [&terminal, losses](std::string_view name, std::string_view reason) {
                terminal.end_live_line();
                tell_of_loss(terminal, losses->add(), name, reason);
            },
        .going_on =
            [&terminal](history::StoppedMigration const& stopped) {
                terminal.remark(fmt::format(
                    "Migration `{}` {} ({}); resuming from there.", stopped.entry.migration_name,
                    history::describe(stopped.record), history::stop_reason(stopped)));
            },
        .notice =
            [&terminal, current](engine::Notice const& notice) {
                terminal.end_live_line();
                current->announce(terminal);
                show_notice(terminal, notice);
            },
        .settled =
            [&terminal, losses](std::string_view name) {
                terminal.end_live_line();
                losses->attempts = 0;
                terminal.remark(
                    fmt::format("The connection was lost during the COMMIT of `{}`; after "
                                "reconnecting: the migration was applied.",
                                name));
            },
    };
}

}  // namespace cm::command
