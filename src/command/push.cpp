// `cm-migrate push`: brings the database into line with the schema without a migration.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/apply_options.hpp"
#include "command/change_report.hpp"
#include "command/dry_run.hpp"
#include "command/json_output.hpp"
#include "command/project_options.hpp"
#include "command/project_scripts.hpp"
#include "command/protection_dialogue.hpp"
#include "command/rename_dialogue.hpp"
#include "command/reset_dialogue.hpp"
#include "engine/declared_change.hpp"
#include "engine/lint.hpp"
#include "engine/neighbours.hpp"
#include "engine/protection.hpp"
#include "engine/sql_source/declared_state.hpp"
#include "pg/database.hpp"

namespace cm::command {
namespace {

constexpr ResetCommand forced_reset{.words = "push --force-reset", .flag = "--accept-data-loss"};

struct Options {
    engine::ProjectOptions project{};
    bool accept_data_loss = false;
    bool force_reset = false;
    bool skip_generate = false;
    bool dry_run = false;
    bool verify = false;
    RenameOptions renames{};
    ApplyOptions apply{};
};

void options(CLI::App& app, Options& o) {
    app.add_flag("--accept-data-loss", o.accept_data_loss, "Do not ask");
    app.add_flag("--force-reset", o.force_reset,
                 "Empty the schemas of the project first; asks on a terminal");
    app.add_flag("--skip-generate,--skip-generators", o.skip_generate,
                 "Do not run the generate command");
    app.add_flag("--verify", o.verify, "Try the changes in a scratch database first");
    add_rename_options(app, o.renames);
    add_dry_run(app, o.dry_run);
    add_apply_options(app, o.apply);
    add_project_options(app, o.project);
}

void make_database(Context& context, engine::Target const& target) {
    if (pg::database_exists(target.url)) {
        return;
    }
    pg::create_database(target.url);
    context.terminal.line(fmt::format("PostgreSQL database \"{}\" created at {}",
                                      pg::database_name(target.url),
                                      pg::server_address(target.url)));
}

/// `--force-reset`: empties the schemas; false if the user said no.
bool empty_schemas(Options const& o, Context& context, engine::Session& session) {
    if (!confirm_protected(context, session, "push --force-reset")) {
        return false;
    }
    auto const plan = engine::plan_reset(session);
    // As in Prisma, whose users have it in their scripts: without a terminal the option is the
    // consent.
    bool const accepted = o.accept_data_loss || !context.terminal.is_interactive();
    if (!confirm_reset(context, session, plan, accepted, forced_reset)) {
        context.terminal.line("No changes were made.");
        return false;
    }
    if (o.dry_run) return true;
    engine::reset(session, plan, settings(o.apply), apply_events(context));
    context.terminal.line(fmt::format("The {} was reset.", describe(session.target)));
    return true;
}

/// As drizzle-kit asks.
std::string_view question_of(engine::Session const& session) {
    return session.project.is_drizzle ? "Do you want to execute these changes?"
                                      : "Apply these changes?";
}

void show_change(Context& context, engine::Change const& change) {
    auto& terminal = context.terminal;
    report_unsettled(context, change.unsettled);
    report_kept(context, change.kept);
    report_left(context, change.left);
    if (change.empty() && !change.unsettled.empty()) {
        terminal.line("No other differences were found.");
    } else if (change.empty()) {
        terminal.success("The database is already in sync with the schema.");
    } else {
        terminal.line("[!] Changes detected:");
        terminal.line();
        show_sql(context, change.text);
        terminal.line();
    }
}

/// From the live database. Who accepts any loss is not asked, as in Prisma.
engine::Change live_change(Options const& o, Context& context, engine::Session& session,
                           engine::Declaration declaration) {
    return settle_renames(context,
                          {.options = o.renames,
                           .bare = session.target.url.schema,
                           .connection = *session.connection,
                           .accepts_loss = o.accept_data_loss || o.force_reset,
                           .passes_over_empty = true,
                           .is_dry_run = session.is_dry_run,
                           .done = nothing_was_done},
                          declaration, [&] { return engine::live_change(session, declaration); });
}

/// What a dry run would change, told as far as that goes.
engine::Change preview_change(Options const& o, Context& context, engine::Session& session,
                              engine::Declaration const& declaration) {
    session.connection->set_read_lock_timeout(settings(o.apply).lock_timeout);
    if (o.force_reset) empty_schemas(o, context, session);
    auto change = o.force_reset ? engine::whole_change(session, declaration)
                                : live_change(o, context, session, declaration);
    if (o.verify && !o.force_reset) engine::verify_live_change(session, declaration, change);
    show_change(context, change);
    if (engine::takes_away(change.script)) confirm_protected(context, session, "push");
    if (!o.force_reset) {
        accept_hazards(context, change, *session.connection,
                       {.accepted = o.accept_data_loss,
                        .question = question_of(session),
                        .is_dry_run = true,
                        .levels = engine::lint_levels(session.project.configuration.lint)});
    }
    return change;
}

ExitCode preview(Options const& o, Context& context, engine::Project const& project,
                 engine::Declaration const& declaration) {
    auto run = open_dry_run(context, project, engine::WithoutUrl::use_private_server);
    engine::Change change{};
    if (run.session) {
        change = preview_change(o, context, *run.session, declaration);
    } else {
        change = change_for_new_database(context, project, false);
        show_change(context, change);
    }
    tell_result(context, {{"changed", !change.empty()},
                          {"sql", change.text},
                          {"dryRun", true},
                          {"createsDatabase", !run.session},
                          at_work_field(run.at_work)});
    show_scripts(context.terminal, project, {.generate = !o.skip_generate});
    return end_dry_run(context);
}

/// What follows a reset says so where it fails.
void carefully(Options const& o, std::function<void()> const& next) {
    o.force_reset ? engine::after_reset(next) : next();
}

/// False if somebody said no.
bool accept_change(Options const& o, Context& context, engine::Session& session,
                   engine::Change const& change) {
    if (engine::takes_away(change.script) && !confirm_protected(context, session, "push")) {
        return false;
    }
    // Who agreed to the loss of everything is not asked about what is made in its place.
    auto& terminal = context.terminal;
    auto const asks = terminal.is_interactive() && !o.accept_data_loss && !o.force_reset;
    HazardQuestion const question{
        .accepted = o.accept_data_loss || asks,
        .done =
            o.force_reset ? "the schemas were emptied; nothing else was changed" : nothing_was_done,
        .question = question_of(session),
        .levels = engine::lint_levels(session.project.configuration.lint)};
    if (accept_hazards(context, change, *session.connection, question).is_given &&
        (!asks || terminal.confirm(question_of(session)))) {
        return true;
    }
    terminal.line("No changes were made.");
    return false;
}

void apply(Options const& o, Context& context, engine::Session& session,
           engine::Change const& change) {
    context.terminal.line("Applying changes...");
    Stopwatch const watch{};
    carefully(o, [&] {
        engine::apply_script(session, "schema changes", change.text, settings(o.apply),
                             apply_events(context));
        engine::record_after(session);
    });
    context.terminal.success(
        fmt::format("[✓] Schema pushed successfully ({})", format_duration(watch.elapsed())));
}

ExitCode run(Options const& o, Context& context) {
    auto const project = open_project(context, o.project);
    auto const declaration = engine::read_declaration(project, context.sources);
    if (o.dry_run) {
        return preview(o, context, project, declaration);
    }
    auto const& datasource = declaration.model.datasource;
    auto const target =
        engine::find_target(project, datasource, engine::WithoutUrl::use_private_server);
    announce(context, project, target, datasource);
    make_database(context, target);
    auto session = open_session(context, project, target, datasource);
    session.connection->set_read_lock_timeout(settings(o.apply).lock_timeout);
    engine::take_lock(session, waiting_for_lock(context), lock_wait(o.apply.lock_wait));
    if (o.force_reset && !empty_schemas(o, context, session)) {
        return ExitCode::failure;
    }
    engine::Change change{};
    if (project.is_drizzle) context.terminal.line("Pulling schema from database...");
    carefully(o, [&] {
        change = live_change(o, context, session, declaration);
        if (o.verify) engine::verify_live_change(session, declaration, change);
    });
    if (project.is_drizzle) {
        context.terminal.success("[✓] Schema pulled successfully");
        context.terminal.line("Comparing schemas...");
    }
    show_change(context, change);
    if (!change.empty() && !accept_change(o, context, session, change)) return ExitCode::failure;
    if (declaration.sql) {
        engine::record_before(session, change.plan,
                              engine::declared_state(session, declaration).schema);
    }
    if (!change.empty()) apply(o, context, session, change);
    if (!o.skip_generate && !context.terminal.writes_only_data()) {
        run_generate(context, project, session.target);
    }
    return tell_result(context, {{"changed", !change.empty()}, {"sql", change.text}});
}

}  // namespace

extern Command const push;
constinit Command const push{
    .name = "push",
    .group = CommandGroup::develop,
    .prisma = "db push",
    .summary = "Update the database to match the schema, without a migration",
    .description =
        "Compares the schema with the live database, shows the SQL, asks for confirmation on a "
        "terminal, and runs it in one transaction. Writes no files; meant for prototyping. "
        "Statements that can lose data need confirmation or --accept-data-loss.",
    .example = "cm-migrate push\ncm-migrate push --accept-data-loss",
    .json = "Print one JSON object: `changed`, `sql`; does not run the generate command",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
