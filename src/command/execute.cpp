// `cm-migrate execute`: runs a script with the care of a migration, and records nothing.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/file.hpp"
#include "command/apply_options.hpp"
#include "command/json_output.hpp"
#include "command/project_options.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    std::optional<std::string> file{};
    bool from_stdin = false;
    ApplyOptions apply{};
};

void options(CLI::App& app, Options& o) {
    auto* const source = app.add_option_group("script", "What to run, one of:");
    source->add_option("--file", o.file, "An SQL file")->type_name("FILE");
    source->add_flag("--stdin", o.from_stdin, "Standard input");
    source->require_option(1);
    add_limit_options(app, o.apply);
    add_project_options(app, o.project);
}

std::string script_of(Options const& o, engine::Project const& project) {
    if (o.file) {
        return read_file(engine::path_to_open(project, project.root / *o.file));
    }
    return read_standard_input();
}

ExitCode run(Options const& o, Context& context) {
    context.is_at_work = true;
    auto const project = open_project(context, o.project);
    auto const datasource = engine::read_datasource(project, context.sources);
    auto const script = script_of(o, project);
    auto const target = engine::find_target(project, datasource, engine::WithoutUrl::refuse);
    announce(context, project, target, datasource);
    pg::Connection connection{target.url};
    Stopwatch const watch{};
    engine::run_watched(connection, o.file.value_or("standard input"), script, context.sources,
                        settings(o.apply), apply_events(context));
    context.terminal.end_live_line();
    context.terminal.success(
        fmt::format("The script was executed ({}).", format_duration(watch.elapsed())));
    return tell_finished(context, {elapsed_field(watch)});
}

}  // namespace

extern Command const execute;
constinit Command const execute{
    .name = "execute",
    .group = CommandGroup::deploy,
    .prisma = "db execute",
    .summary = "Run an SQL script, in one transaction where possible",
    .description =
        "Runs SQL the way a migration is run: in one transaction if its statements allow it, with "
        "the lock timeout, and with the position of an error. Records nothing.",
    .example =
        "cm-migrate execute --file fix.sql\necho 'DELETE FROM sessions' | cm-migrate execute "
        "--stdin",
    .json = "Print events as JSON, one object per line",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
