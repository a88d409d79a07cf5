// See drift_dialogue.hpp.
#include "command/drift_dialogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "command/apply_options.hpp"
#include "command/change_report.hpp"
#include "engine/drift_migration.hpp"
#include "engine/lint.hpp"
#include "schema/pull/notes.hpp"
#include "schema/summary.hpp"

namespace cm::command {
namespace {

/// What was there before the first migration is no drift to be undone: it may be all that there is.
bool can_undo(DriftQuestion const& question) {
    return !question.session.directory.migrations.empty();
}

void show(DriftQuestion const& question) {
    auto& terminal = question.context.terminal;
    if (question.session.directory.migrations.empty()) {
        terminal.line("There are no migrations yet, but the database is not empty. It contains:");
    } else {
        terminal.line("Drift detected: the database does not match its migration history.");
        terminal.line("Changes made outside of migrations:");
    }
    terminal.line();
    terminal.lines(schema::summary(question.drift.made.plan));
    terminal.line();
}

void show_choices(DriftQuestion const& question) {
    auto& terminal = question.context.terminal;
    terminal.line("You can");
    terminal.line(
        fmt::format("  (a) create a migration from it and mark it as applied here: `cm-migrate dev "
                    "--name {} --drift migrate`",
                    can_undo(question) ? "fix_schema_drift" : "init"));
    if (can_undo(question)) {
        terminal.line("  (b) revert it in the database by running");
        terminal.line();
        show_sql(question.context, question.drift.undo.text);
        terminal.line();
    }
    terminal.line(fmt::format("  ({}) stop", can_undo(question) ? 'c' : 'b'));
    terminal.line();
}

constexpr std::array words{std::pair{"migrate", DriftChoice::migrate},
                           std::pair{"undo", DriftChoice::undo},
                           std::pair{"stop", DriftChoice::stop}};

/// Without a terminal: how to say beforehand what is to be done.
void show_how_to_choose(DriftQuestion const& question) {
    auto& terminal = question.context.terminal;
    if (question.name) {
        terminal.line(
            "The schema file does not match the drift exactly, so `--name` alone is ambiguous.");
    }
    terminal.line(can_undo(question) ? "Choose with `--drift migrate` or `--drift undo`."
                                     : "Choose with `--drift migrate`.");
}

DriftChoice choose(DriftQuestion const& question) {
    if (question.choice) {
        return *question.choice;
    }
    if (question.context.terminal.is_interactive()) {
        if (question.session.is_dry_run) return DriftChoice::stop;
        auto const undo = can_undo(question);
        auto const answer =
            question.context.terminal
                .choose(undo ? "Your choice [a/b/c]:" : "Your choice [a/b]:", undo ? "abc" : "ab")
                .value_or('c');
        if (answer == 'a') return DriftChoice::migrate;
        return undo && answer == 'b' ? DriftChoice::undo : DriftChoice::stop;
    }
    return question.name && question.is_asked_for ? DriftChoice::migrate : DriftChoice::stop;
}

std::string ask_name(DriftQuestion const& question) {
    if (question.name) {
        return *question.name;
    }
    if (!question.context.terminal.is_interactive() || question.session.is_dry_run) {
        return "fix_schema_drift";
    }
    auto const answer =
        question.context.terminal.ask("Enter a name for the migration (fix_schema_drift):");
    return answer && !answer->empty() ? *answer : "fix_schema_drift";
}

Diagnostic warning_of(std::vector<schema::Unmanaged> const& left_out) {
    Diagnostic finding{.severity = Severity::warning,
                       .code = "CM0322",
                       .message =
                           "the first migration leaves out what the schema language cannot "
                           "express: this database keeps it, but other databases will not have it"};
    finding.notes = schema::notes_of(left_out);
    return std::move(finding).help(
        "put what other databases need into a migration of its own: `cm-migrate dev "
        "--create-only`, then `cm-migrate resolve --applied NAME` on this one, which already has "
        "it");
}

DriftOutcome migrate(DriftQuestion const& question) {
    auto& terminal = question.context.terminal;
    auto const drift =
        engine::drift_migration(question.session, question.replay, question.drift.made);
    auto const migration = engine::propose_migration(question.session, ask_name(question),
                                                     question.context.timestamp(), drift.text);
    engine::prove_migration(question.session, question.replay, migration);
    if (question.session.is_dry_run) {
        terminal.line(fmt::format("Would write {} and mark it as applied:",
                                  engine::display_path(question.session.project, migration.file)));
        terminal.line();
        show_sql(question.context, drift.text);
        terminal.line();
        return DriftOutcome::done;
    }
    engine::write_migration(question.session, migration);
    engine::record_applied(question.session, migration);
    terminal.line(fmt::format("Migration file created: {}",
                              engine::display_path(question.session.project, migration.file)));
    terminal.line("It was marked as applied, since the database already has these changes.");
    if (!drift.left_out.empty()) {
        auto finding = warning_of(drift.left_out);
        terminal.report({std::move(finding)}, question.context.sources);
    }
    return DriftOutcome::done;
}

DriftOutcome undo(DriftQuestion const& question) {
    auto const& change = question.drift.undo;
    question.prove_next();
    if (!accept_hazards(
             question.context, change, *question.session.connection,
             {.accepted = question.accept_data_loss,
              .question = "Revert the drift?",
              .is_dry_run = question.session.is_dry_run,
              .levels = engine::lint_levels(question.session.project.configuration.lint)})
             .is_given) {
        return DriftOutcome::stop;
    }
    if (question.session.is_dry_run) {
        question.context.terminal.line("Would revert the drift:");
        question.context.terminal.line();
        show_sql(question.context, change.text);
        question.context.terminal.line();
        return DriftOutcome::proceed;
    }
    engine::apply_script(question.session, "undo-drift.sql", change.text, question.settings,
                         apply_events(question.context));
    question.context.terminal.line("The drift was reverted.");
    question.context.terminal.line();
    return DriftOutcome::proceed;
}

}  // namespace

std::vector<std::string> drift_words() {
    std::vector<std::string> all{};
    for (auto const& [word, choice] : words) {
        all.emplace_back(word);
    }
    return all;
}

DriftChoice drift_choice(std::string_view word) {
    auto const found =
        std::find_if(words.begin(), words.end(), [&](auto const& w) { return w.first == word; });
    return found == words.end() ? DriftChoice::stop : found->second;
}

DriftOutcome resolve_drift(DriftQuestion const& question) {
    auto& terminal = question.context.terminal;
    show(question);
    if (question.choice == DriftChoice::undo && !can_undo(question)) {
        throw Failure(
            error("CM0567", "there is no migration yet, so there is no state to revert to")
                .note("reverting would drop everything in the database")
                .help("`--drift migrate` creates a first migration from it and marks it as applied")
                .help("to start with an empty database: `cm-migrate reset`"),
            ExitCode::drift);
    }
    auto const asks = !question.choice && terminal.is_interactive();
    auto const decided = question.choice || (question.name && question.is_asked_for);
    if (asks || !decided) {
        show_choices(question);
    }
    auto outcome = DriftOutcome::stop;
    switch (choose(question)) {
        case DriftChoice::migrate:
            return migrate(question);
        case DriftChoice::undo:
            outcome = undo(question);
            break;
        case DriftChoice::stop:
            break;
    }
    if (outcome == DriftOutcome::stop) {
        terminal.line("No changes were made.");
        if (!asks && !decided) {
            show_how_to_choose(question);
        }
    }
    return outcome;
}

}  // namespace cm::command
