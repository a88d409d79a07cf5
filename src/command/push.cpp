// `cm-migrate push`: brings the database into line with the schema without a migration.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/apply_options.hpp"
#include "command/change_report.hpp"
#include "command/json_report.hpp"
#include "command/project_options.hpp"
#include "command/project_scripts.hpp"
#include "engine/reset.hpp"
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
    app.add_flag("--force-reset", o.force_reset, "Empty the database first");
    app.add_flag("--skip-generate,--skip-generators", o.skip_generate,
                 "Do not run the generate command");
    app.add_flag("--json", o.json, "Print one object: `changed`, `sql`; runs no generate command");
    add_limit_options(app, o.apply);
    add_project_options(app, o.project);
}

void prepare(Options const& o, Context& context, engine::Project const& project,
             engine::Target const& target, std::optional<dsl::Datasource> const& datasource) {
    if (!pg::database_exists(target.url)) {
        pg::create_database(target.url);
        context.terminal.line(fmt::format("PostgreSQL database \"{}\" created at {}",
                                          pg::database_name(target.url),
                                          pg::server_address(target.url)));
        return;
    }
    if (!o.force_reset) {
        return;
    }
    engine::reset_database(project, target, engine::managed_schemas(datasource, target.url),
                           context.sources, apply_events(context));
    context.terminal.line(fmt::format("The {} was reset.", describe(target)));
}

engine::Change find_change(engine::Session& session, dsl::DataModel const& model) {
    auto const live = engine::read_live_schema(session);
    auto const declared = engine::declared_schema(
        model, session.target.url.schema, session.project.configuration.external, live,
        [&]() -> pg::Connection& { return *session.connection; });
    return engine::change_between(live, declared, session.target.url.schema);
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
    if (o.force_reset || o.accept_data_loss) {
        refuse_protected(project, target, "push");
    }
    prepare(o, context, project, target, datasource);
    auto session =
        engine::open_session(project, context.sources, target, datasource, progress(context));
    engine::take_lock(session, waiting_for_lock(context));
    auto const change = find_change(session, declaration.model);
    auto& terminal = context.terminal;
    if (change.empty()) {
        terminal.success("The database is already in sync with the schema.");
    } else {
        terminal.line("[!] Changes detected:");
        terminal.line();
        show_sql(context, change.text);
        terminal.line();
        auto const asks = terminal.is_interactive() && !o.accept_data_loss;
        if (!accept_hazards(context, change, *session.connection, o.accept_data_loss || asks,
                            CertainFailures::refuse) ||
            (asks && !terminal.confirm("Do you want to execute these changes?"))) {
            terminal.line("Nothing was done.");
            return ExitCode::failure;
        }
        terminal.line("Applying changes...");
        engine::apply_script(session, "schema changes", change.text, settings(o.apply),
                             apply_events(context));
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
