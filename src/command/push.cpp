// `cm-migrate push`: brings the database into line with the schema without a migration.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/apply_options.hpp"
#include "command/change_report.hpp"
#include "command/json_report.hpp"
#include "command/project_options.hpp"
#include "command/project_scripts.hpp"
#include "command/protection_dialogue.hpp"
#include "command/reset_dialogue.hpp"
#include "engine/index_builds.hpp"
#include "engine/protection.hpp"
#include "engine/stand_in.hpp"
#include "pg/database.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    bool accept_data_loss = false;
    bool force_reset = false;
    bool skip_generate = false;
    bool json = false;
    ApplyOptions apply{};
};

void options(CLI::App& app, Options& o) {
    app.add_flag("--accept-data-loss", o.accept_data_loss, "Do not ask");
    app.add_flag("--force-reset", o.force_reset, "Empty the schemas of the project first");
    app.add_flag("--skip-generate,--skip-generators", o.skip_generate,
                 "Do not run the generate command");
    app.add_flag("--json", o.json, "Print one object: `changed`, `sql`; runs no generate command");
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
    auto const accepted = o.accept_data_loss || !context.terminal.is_interactive();
    if (!confirm_reset(context, session, plan, accepted,
                       "`cm-migrate push --force-reset` without `--accept-data-loss`")) {
        context.terminal.line("Nothing was done.");
        return false;
    }
    engine::reset(session, plan, settings(o.apply), apply_events(context));
    context.terminal.line(fmt::format("The {} was reset.", describe(session.target)));
    return true;
}

engine::Change find_change(engine::Session& session, dsl::DataModel const& model) {
    auto const live = engine::read_built_schema(session);
    engine::StandIn stand_in{*session.connection};
    auto const declared =
        engine::declared_schema(model, session.target.url.schema,
                                session.project.configuration.external, live, stand_in.server());
    auto change = engine::change_between(live, declared.schema, session.target.url.schema);
    change.unsettled = declared.unsettled;
    return change;
}

ExitCode run(Options const& o, Context& context) {
    if (o.json) {
        context.terminal.only_data();
    }
    auto const project = open_project(context, o.project);
    auto const declaration = engine::read_declaration(project, context.sources);
    auto const& datasource = declaration.model.datasource;
    auto const target =
        engine::find_target(project, datasource, engine::WithoutUrl::use_private_server);
    announce(context, target, datasource);
    make_database(context, target);
    auto session =
        engine::open_session(project, context.sources, target, datasource, progress(context));
    session.connection->set_read_lock_timeout(settings(o.apply).lock_timeout);
    engine::take_lock(session, waiting_for_lock(context), lock_wait(o.apply.lock_wait));
    if (o.force_reset && !empty_schemas(o, context, session)) {
        return ExitCode::failure;
    }
    auto const carefully = [&](std::function<void()> const& next) {
        o.force_reset ? engine::after_reset(next) : next();
    };
    engine::Change change{};
    carefully([&] { change = find_change(session, declaration.model); });
    auto& terminal = context.terminal;
    report_unsettled(context, change.unsettled);
    if (change.empty() && !change.unsettled.empty()) {
        terminal.line("No other difference was found.");
    } else if (change.empty()) {
        terminal.success("The database is already in sync with the schema.");
    } else {
        terminal.line("[!] Changes detected:");
        terminal.line();
        show_sql(context, change.text);
        terminal.line();
        if (engine::takes_away(change.script) && !confirm_protected(context, session, "push")) {
            return ExitCode::failure;
        }
        // Who agreed to the loss of everything is not asked about what is made in its place.
        auto const asks = terminal.is_interactive() && !o.accept_data_loss && !o.force_reset;
        if (!accept_hazards(context, change, *session.connection, o.accept_data_loss || asks,
                            CertainFailures::refuse,
                            o.force_reset ? "the schemas are emptied, nothing else was done"
                                          : nothing_was_done) ||
            (asks && !terminal.confirm("Do you want to execute these changes?"))) {
            terminal.line("Nothing was done.");
            return ExitCode::failure;
        }
        terminal.line("Applying changes...");
        carefully([&] {
            engine::apply_script(session, "schema changes", change.text, settings(o.apply),
                                 apply_events(context));
        });
        terminal.success("[✓] Schema pushed successfully");
    }
    if (o.json) {
        terminal.data(json_line({{"changed", !change.empty()}, {"sql", change.text}}));
    }
    if (!o.skip_generate && !o.json) {
        run_generate(context, project, session.target);
    }
    return ExitCode::ok;
}

}  // namespace

extern Command const push;
constinit Command const push{
    .name = "push",
    .group = CommandGroup::develop,
    .prisma = "db push",
    .summary = "Bring the database into line with the schema, without a migration",
    .description =
        "Compares the schema with the live database, shows the SQL, asks on a terminal, and runs "
        "it in one "
        "transaction. Writes no files: for prototypes. Statements that can lose data need a yes or "
        "--accept-data-loss.",
    .example = "cm-migrate push\ncm-migrate push --accept-data-loss",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
