// See drift_dialogue.hpp.
#include "command/drift_dialogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "command/apply_options.hpp"
#include "command/change_report.hpp"
#include "schema/summary.hpp"

namespace cm::command {
namespace {

void show(DriftQuestion const& question) {
    auto& terminal = question.context.terminal;
    if (question.session.directory.migrations.empty()) {
        terminal.line("There is no migration yet, but the database is not empty. It holds:");
    } else {
        terminal.line("Drift detected: the database is not what its applied migrations lead to.");
        terminal.line("Somebody changed it by other means:");
    }
    terminal.line();
    terminal.text(schema::summary(question.drift.made.plan));
    terminal.line();
}

void show_choices(DriftQuestion const& question) {
    auto& terminal = question.context.terminal;
    terminal.line("You can");
    terminal.line(
        "  (a) make a migration of it, recorded as applied here: `cm-migrate dev --name "
        "fix_schema_drift`");
    terminal.line("  (b) undo it in the database, which runs");
    terminal.line();
    show_sql(question.context, question.drift.undo.text);
    terminal.line();
    terminal.line("  (c) stop");
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
            "The schema file asks for something else, too: `--name` alone does not say what "
            "is meant.");
    }
    terminal.line("Choose with `--drift migrate` or `--drift undo`.");
}

/// True if the schema file asks for exactly what somebody did to the database, or for nothing at
/// all.
bool is_unambiguous(DriftQuestion const& question) {
    return question.next.empty() || question.next.text == question.drift.made.text;
}

DriftChoice choose(DriftQuestion const& question) {
    if (question.choice) {
        return *question.choice;
    }
    if (question.context.terminal.is_interactive()) {
        switch (question.context.terminal.choose("Your choice [a/b/c]:", "abc").value_or('c')) {
            case 'a':
                return DriftChoice::migrate;
            case 'b':
                return DriftChoice::undo;
            default:
                return DriftChoice::stop;
        }
    }
    return question.name && is_unambiguous(question) ? DriftChoice::migrate : DriftChoice::stop;
}

std::string ask_name(DriftQuestion const& question) {
    if (question.name) {
        return *question.name;
    }
    if (!question.context.terminal.is_interactive()) {
        return "fix_schema_drift";
    }
    auto const answer =
        question.context.terminal.ask("Enter a name for the migration (fix_schema_drift):");
    return answer && !answer->empty() ? *answer : "fix_schema_drift";
}

DriftOutcome migrate(DriftQuestion const& question) {
    auto& terminal = question.context.terminal;
    auto const migration =
        engine::write_migration(question.session, ask_name(question), question.context.timestamp(),
                                question.drift.made.text);
    engine::record_applied(question.session, migration);
    terminal.line(fmt::format("Migration file created: {}",
                              engine::shown(question.session.project, migration.file)));
    terminal.line("It is recorded as applied, since the database is that way already.");
    return DriftOutcome::done;
}

DriftOutcome undo(DriftQuestion const& question) {
    auto const& change = question.drift.undo;
    if (!accept_hazards(question.context, change, *question.session.connection,
                        question.accept_data_loss, CertainFailures::refuse)) {
        return DriftOutcome::stop;
    }
    engine::apply_script(question.session, "undo-drift.sql", change.text, question.settings,
                         apply_events(question.context));
    question.context.terminal.line("The drift is undone.");
    question.context.terminal.line();
    return DriftOutcome::go_on;
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

DriftOutcome settle_drift(DriftQuestion const& question) {
    auto& terminal = question.context.terminal;
    show(question);
    auto const asks = !question.choice && terminal.is_interactive();
    auto const decided = question.choice || (question.name && is_unambiguous(question));
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
        terminal.line("Nothing was done.");
        if (!asks && !decided) {
            show_how_to_choose(question);
        }
    }
    return outcome;
}

}  // namespace cm::command
