// `cm-migrate resolve`: settles by hand what became of a migration.
#include "engine/resolve.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/apply_options.hpp"
#include "command/dry_run.hpp"
#include "command/history_report.hpp"
#include "command/json_output.hpp"
#include "command/project_options.hpp"
#include "command/protection_dialogue.hpp"
#include "engine/record_repair.hpp"
#include "engine/recorded_state.hpp"
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
    bool accept_drift = false;
    bool force = false;
    std::string lock_wait = "60s";
    bool dry_run = false;
};

void options(CLI::App& app, Options& o) {
    auto* const which = app.add_option_group("outcome", "What to record, one of:");
    which->add_option("--applied", o.applied, "Record the migration as applied")
        ->type_name("MIGRATION");
    which->add_option("--rolled-back", o.rolled_back, "Record the failed migration as rolled back")
        ->type_name("MIGRATION");
    which
        ->add_option("--accept-edited", o.accept_edited,
                     "Accept the edited file of an applied migration")
        ->type_name("MIGRATION");
    which
        ->add_option("--forget", o.forget,
                     "Remove the record of a migration that was deleted from the folder")
        ->type_name("MIGRATION");
    which
        ->add_option("--not-applied", o.not_applied,
                     "Undo a mistaken --applied: the migration becomes pending again")
        ->type_name("MIGRATION");
    which->add_flag("--accept-drift", o.accept_drift,
                    "Record the database as it is: what differs from the migrations today is no "
                    "longer drift");
    which->require_option(1);
    app.add_flag("-f,--force", o.force,
                 "Record it even if a replay contradicts it (--accept-edited, --not-applied)");
    add_dry_run(app, o.dry_run);
    add_lock_wait(app, o.lock_wait);
    add_read_lock_timeout(app, o.project);
    add_project_options(app, o.project);
}

void finish(Options const& o, Context& context, std::string const& name, std::string_view outcome,
            std::optional<pg::LockHolder> const& at_work, engine::RepairPlan const& plan = {}) {
    JsonObject fields{{"migration", name},
                      {"outcome", std::string(outcome)},
                      {"notChecked", plan.unchecked},
                      {"neverCompared", plan.never_compared},
                      {"differenceSql", plan.difference ? plan.difference->text : ""}};
    if (o.dry_run) {
        fields.push_back({"dryRun", true});
        fields.push_back(at_work_field(at_work));
    }
    tell_result(context, std::move(fields));
}

void mark_applied(Options const& o, Context& context, engine::Session& session,
                  std::optional<pg::LockHolder> const& at_work) {
    engine::resolve_applied(session, *o.applied);
    auto const name = engine::migration_called(*o.applied);
    context.terminal.line(fmt::format("Migration `{}` {} as applied.", name,
                                      o.dry_run ? "would be marked" : "marked"));
    finish(o, context, name, "applied", at_work);
}

void mark_rolled_back(Options const& o, Context& context, engine::Session& session,
                      std::optional<pg::LockHolder> const& at_work) {
    auto const marked = engine::resolve_rolled_back(session, *o.rolled_back);
    auto const name = engine::migration_called(*o.rolled_back);
    context.terminal.line(
        marked
            ? fmt::format("Migration `{}` {} as rolled back.", name,
                          o.dry_run ? "would be marked" : "marked")
            : fmt::format("Migration `{}` was already rolled back; `cm-migrate deploy` retries it.",
                          name));
    finish(o, context, name, "rolledBack", at_work);
}

void show_difference(Context& context, engine::RepairPlan const& plan) {
    if (!plan.difference) {
        return;
    }
    auto& terminal = context.terminal;
    terminal.line(plan.repair == engine::Repair::accept_edited
                      ? "Differences between the database and the migrations with this file:"
                      : "Differences between the database and the other migrations:");
    terminal.line();
    terminal.lines(schema::summary(plan.difference->plan));
    terminal.line();
}

void refuse(engine::RepairPlan const& plan) {
    auto diagnostic = error("CM0528", "{}", plan.objections.front());
    for (std::size_t i = 1; i < plan.objections.size(); ++i) {
        diagnostic.note("{}", plan.objections[i]);
    }
    diagnostic.note("nothing was recorded");
    if (plan.repair == engine::Repair::accept_edited) {
        diagnostic.help("restore the original file, and put changes into a new migration");
    }
    throw Failure(std::move(diagnostic.help("`--force` records it anyway")), ExitCode::drift);
}

std::string done(engine::RepairPlan const& plan, bool dry_run) {
    auto const& name = plan.migration.name;
    switch (plan.repair) {
        case engine::Repair::accept_edited:
            return fmt::format("Migration `{}` {} with its current file.", name,
                               dry_run ? "would be recorded" : "recorded");
        case engine::Repair::forget:
            return fmt::format("The record of migration `{}` {} removed.", name,
                               dry_run ? "would be" : "is");
        case engine::Repair::not_applied:
            break;
    }
    return fmt::format("Migration `{}` {} pending again.", name, dry_run ? "would be" : "is");
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
            std::string const& given, std::optional<pg::LockHolder> const& at_work) {
    auto const plan = engine::plan_repair(session, what, given);
    show_difference(context, plan);
    if (!plan.objections.empty() && !o.force) {
        refuse(plan);
    }
    engine::carry_out(session, plan);
    context.terminal.line(done(plan, o.dry_run));
    for (auto const& unchecked : plan.unchecked) {
        context.terminal.line(fmt::format("Not checked: {}", unchecked));
    }
    tell_never_compared(context.terminal, plan.never_compared);
    if (what == engine::Repair::forget && plan.difference) {
        context.terminal.line("Its changes to the database are still in place.");
    }
    finish(o, context, plan.migration.name, word(what), at_work, plan);
}

/// Shown first: what is accepted is told by nobody afterwards.
void accept_drift(Options const& o, Context& context, engine::Session& session,
                  std::optional<pg::LockHolder> const& at_work) {
    auto const drift = engine::plan_acceptance(session);
    auto& terminal = context.terminal;
    if (drift.change) {
        terminal.line("Differences between the database and its migration history:");
        terminal.line();
        terminal.lines(schema::summary(drift.change->plan));
        terminal.line();
    } else if (!drift.unchecked) {
        terminal.line("There is no drift.");
    }
    if (!o.dry_run) engine::accept_state(session);
    terminal.line(o.dry_run ? "The state of the database would be recorded."
                            : "The state of the database is recorded.");
    if (drift.change) {
        terminal.line(
            "No migration contains these changes: databases that are created from now on lack "
            "them, and `cm-migrate dev` still offers to write a migration.");
    }
    if (drift.unchecked) terminal.line(fmt::format("Not checked: {}", *drift.unchecked));
    JsonObject fields{null_unless("migration", std::nullopt),
                      {"outcome", "acceptedDrift"},
                      {"notChecked", drift.unchecked ? std::vector{*drift.unchecked}
                                                     : std::vector<std::string>{}},
                      {"neverCompared", std::vector<std::string>{}},
                      {"differenceSql", drift.change ? drift.change->text : ""}};
    if (o.dry_run) {
        fields.push_back({"dryRun", true});
        fields.push_back(at_work_field(at_work));
    }
    tell_result(context, std::move(fields));
}

ExitCode run(Options const& o, Context& context) {
    auto const project = open_project(context, o.project);
    auto session = connect(context, project, engine::WithoutUrl::refuse);
    std::optional<pg::LockHolder> at_work{};
    if (o.dry_run) {
        at_work = begin_dry_run(context, session);
    } else {
        engine::take_lock(session, waiting_for_lock(context), lock_wait(o.lock_wait));
    }
    if (o.applied) {
        mark_applied(o, context, session, at_work);
    } else if (o.accept_drift) {
        accept_drift(o, context, session, at_work);
    } else if (o.rolled_back) {
        mark_rolled_back(o, context, session, at_work);
    } else if (o.accept_edited) {
        repair(o, context, session, engine::Repair::accept_edited, *o.accept_edited, at_work);
    } else if (o.forget) {
        if (!confirm_protected(context, session, "resolve --forget")) {
            return ExitCode::failure;
        }
        repair(o, context, session, engine::Repair::forget, *o.forget, at_work);
    } else {
        repair(o, context, session, engine::Repair::not_applied, *o.not_applied, at_work);
    }
    return o.dry_run ? end_dry_run(context) : ExitCode::ok;
}

}  // namespace

extern Command const resolve;
constinit Command const resolve{
    .name = "resolve",
    .group = CommandGroup::repair,
    .prisma = "migrate resolve",
    .summary = "Resolve a failed, edited or missing migration",
    .description =
        "--rolled-back: a failed migration left nothing behind (or you reverted it); `deploy` "
        "retries it. --applied: the changes of the migration are already in place; it is recorded "
        "without being run. --accept-edited: the file of an applied migration was edited and "
        "should stay that way. --forget: an applied migration was deleted from the folder. "
        "--not-applied: it was recorded as applied by mistake. These three are checked by "
        "replaying the migrations: if the replay contradicts --accept-edited or --not-applied, the "
        "differences are shown and nothing is recorded without --force; what could not be checked "
        "is listed. --accept-drift: the database is right as it is; `status` compares with this "
        "state until migrations are applied.",
    .example =
        "cm-migrate resolve --rolled-back 20260213123456_add_user_age\n"
        "cm-migrate resolve --applied 20260213123456_add_user_name\n"
        "cm-migrate resolve --accept-edited 20260213123456_add_user_name",
    .json =
        "Print one JSON object: `migration`, `outcome`, `notChecked` (what could not be checked), "
        "`neverCompared` (kinds of existing objects that a replay does not compare) and "
        "`differenceSql`",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
