// `cm-migrate resolve`: settles by hand what became of a migration.
#include "engine/resolve.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/apply_options.hpp"
#include "command/history_report.hpp"
#include "command/json_report.hpp"
#include "command/project_options.hpp"
#include "command/protection_dialogue.hpp"
#include "engine/record_repair.hpp"
#include "schema/summary.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    std::optional<std::string> applied{};
    std::optional<std::string> rolled_back{};
    std::optional<std::string> accept_edited{};
    std::optional<std::string> forget{};
    std::optional<std::string> not_applied{};
    bool force = false;
    std::string lock_wait = "60s";
    bool json = false;
};

void options(CLI::App& app, Options& o) {
    auto* const which = app.add_option_group("outcome", "What became of the migration, one of:");
    which->add_option("--applied", o.applied, "Record the migration as applied")
        ->type_name("MIGRATION");
    which->add_option("--rolled-back", o.rolled_back, "Record the failed migration as rolled back")
        ->type_name("MIGRATION");
    which
        ->add_option("--accept-edited", o.accept_edited,
                     "Record the text that the file of an applied migration has now")
        ->type_name("MIGRATION");
    which
        ->add_option("--forget", o.forget,
                     "Remove the record of a migration that is missing from the folder for good")
        ->type_name("MIGRATION");
    which
        ->add_option("--not-applied", o.not_applied,
                     "Take back a mistaken --applied: the migration is pending again")
        ->type_name("MIGRATION");
    which->require_option(1);
    app.add_flag("-f,--force", o.force,
                 "Even if a replay speaks against it (--accept-edited, --not-applied)");
    app.add_flag("--json", o.json,
                 "Print one object: `migration`, `outcome`, `notChecked` (what could not be "
                 "checked), `neverCompared` (kinds of what is there that a replay says nothing "
                 "about) and `differenceSql`");
    add_lock_wait(app, o.lock_wait);
    add_read_lock_timeout(app, o.project);
    add_project_options(app, o.project);
}

void finish(Options const& o, Context& context, std::string const& name, std::string_view outcome,
            engine::RepairPlan const& plan = {}) {
    if (o.json) {
        context.terminal.data(
            json_line({{"migration", name},
                       {"outcome", std::string(outcome)},
                       {"notChecked", plan.unchecked},
                       {"neverCompared", plan.never_compared},
                       {"differenceSql", plan.difference ? plan.difference->text : ""}}));
    }
}

void mark_applied(Options const& o, Context& context, engine::Session& session) {
    engine::resolve_applied(session, *o.applied);
    auto const name = engine::migration_called(*o.applied);
    context.terminal.line(fmt::format("Migration `{}` marked as applied.", name));
    finish(o, context, name, "applied");
}

void mark_rolled_back(Options const& o, Context& context, engine::Session& session) {
    auto const marked = engine::resolve_rolled_back(session, *o.rolled_back);
    auto const name = engine::migration_called(*o.rolled_back);
    context.terminal.line(
        marked ? fmt::format("Migration `{}` marked as rolled back.", name)
               : fmt::format("Migration `{}` was rolled back already; `cm-migrate deploy` "
                             "tries it again.",
                             name));
    finish(o, context, name, "rolledBack");
}

void show_difference(Context& context, engine::RepairPlan const& plan) {
    if (!plan.difference) {
        return;
    }
    auto& terminal = context.terminal;
    terminal.line(plan.repair == engine::Repair::accept_edited
                      ? "The database differs from what the migrations lead to with this file by:"
                      : "The database differs from what the other migrations lead to by:");
    terminal.line();
    terminal.text(schema::summary(plan.difference->plan));
    terminal.line();
}

void refuse(engine::RepairPlan const& plan) {
    auto diagnostic = error("CM0528", "{}", plan.objections.front());
    for (std::size_t i = 1; i < plan.objections.size(); ++i) {
        diagnostic.note("{}", plan.objections[i]);
    }
    diagnostic.note("nothing was recorded");
    if (plan.repair == engine::Repair::accept_edited) {
        diagnostic.help("put the file back as it was; a change belongs into a new migration");
    }
    throw Failure(std::move(diagnostic.help("`--force` records it all the same")), ExitCode::drift);
}

std::string done(engine::RepairPlan const& plan) {
    auto const& name = plan.migration.name;
    switch (plan.repair) {
        case engine::Repair::accept_edited:
            return fmt::format("Migration `{}` recorded with the text that it has now.", name);
        case engine::Repair::forget:
            return fmt::format("The record of migration `{}` is removed.", name);
        case engine::Repair::not_applied:
            break;
    }
    return fmt::format("Migration `{}` is pending again.", name);
}

std::string_view word(engine::Repair repair) {
    switch (repair) {
        case engine::Repair::accept_edited:
            return "acceptedEdited";
        case engine::Repair::forget:
            return "forgotten";
        case engine::Repair::not_applied:
            break;
    }
    return "notApplied";
}

void repair(Options const& o, Context& context, engine::Session& session, engine::Repair what,
            std::string const& given) {
    auto const plan = engine::plan_repair(session, what, given);
    show_difference(context, plan);
    if (!plan.objections.empty() && !o.force) {
        refuse(plan);
    }
    engine::carry_out(session, plan);
    context.terminal.line(done(plan));
    for (auto const& unchecked : plan.unchecked) {
        context.terminal.line(fmt::format("Not checked: {}", unchecked));
    }
    tell_never_compared(context.terminal, plan.never_compared);
    if (what == engine::Repair::forget && plan.difference) {
        context.terminal.line("What it did to the database is still there.");
    }
    finish(o, context, plan.migration.name, word(what), plan);
}

ExitCode run(Options const& o, Context& context) {
    if (o.json) {
        context.terminal.only_data();
    }
    auto const project = open_project(context, o.project);
    auto session = connect(context, project, engine::WithoutUrl::refuse);
    engine::take_lock(session, waiting_for_lock(context), lock_wait(o.lock_wait));
    if (o.applied) {
        mark_applied(o, context, session);
    } else if (o.rolled_back) {
        mark_rolled_back(o, context, session);
    } else if (o.accept_edited) {
        repair(o, context, session, engine::Repair::accept_edited, *o.accept_edited);
    } else if (o.forget) {
        if (!confirm_protected(context, session, "resolve --forget")) {
            return ExitCode::failure;
        }
        repair(o, context, session, engine::Repair::forget, *o.forget);
    } else {
        repair(o, context, session, engine::Repair::not_applied, *o.not_applied);
    }
    return ExitCode::ok;
}

}  // namespace

extern Command const resolve;
constinit Command const resolve{
    .name = "resolve",
    .group = CommandGroup::repair,
    .prisma = "migrate resolve",
    .summary = "Settle by hand what became of a migration",
    .description =
        "--rolled-back: a failed migration left nothing behind (or you have taken it back); "
        "`deploy` tries it "
        "again. --applied: what the migration does is done; it is recorded and not run. "
        "--accept-edited: the file of an applied migration was edited, and is to stay so. "
        "--forget: an applied migration is missing from the folder for good. --not-applied: it was "
        "recorded as applied by mistake. These three are checked against a replay of the "
        "migrations: what speaks against --accept-edited or --not-applied is shown, and nothing is "
        "recorded without --force; what could not be checked is named.",
    .example =
        "cm-migrate resolve --rolled-back 20260213123456_add_user_age\n"
        "cm-migrate resolve --applied 20260213123456_add_user_name\n"
        "cm-migrate resolve --accept-edited 20260213123456_add_user_name",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
