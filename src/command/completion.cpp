// `cm-migrate completion SHELL`: a script that lets a shell complete our command lines; and the
// hidden `names`, which lists what such a script cannot know.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/arguments.hpp"
#include "command/command.hpp"
#include "command/completion_scripts.hpp"
#include "command/error_pages.hpp"
#include "command/json_output.hpp"
#include "command/project_options.hpp"
#include "history/directory.hpp"

namespace cm::command {
namespace {

struct Options {
    std::string shell{};
};

void options(CLI::App& app, Options& o) {
    take_one_of(*app.add_option("SHELL", o.shell, "Which shell")->required(),
                {"bash", "zsh", "fish"});
}

ExitCode run(Options const& o, Context& context) {
    auto const program = describe_program();
    auto const script = o.shell == "bash"  ? bash_completion(program)
                        : o.shell == "zsh" ? zsh_completion(program)
                                           : fish_completion(program);
    context.terminal.result(script);
    return tell_result(context, {{"shell", o.shell}, {"script", script}});
}

struct NamesOptions {
    engine::ProjectOptions project{};
    std::string kind{};
};

void names_options(CLI::App& app, NamesOptions& o) {
    take_one_of(*app.add_option("KIND", o.kind, "What to list")->required(),
                {"migrations", "codes"});
    add_schema_options(app, o.project);
}

ExitCode list_names(NamesOptions const& o, Context& context) {
    std::vector<std::string> names{};
    if (o.kind == "codes") {
        for (auto const& page : error_pages) names.emplace_back(page.code);
    } else {
        auto const project = engine::open_project(context.environment, o.project, context.sources);
        auto const directory =
            history::read_directory(engine::path_to_open(project, project.migrations));
        for (auto const& migration : directory.migrations) names.push_back(migration.name);
    }
    for (auto const& name : names) context.terminal.result(fmt::format("{}\n", name));
    return tell_result(context, {{"names", names}});
}

}  // namespace

extern Command const completion;
constinit Command const completion{
    .name = "completion",
    .group = CommandGroup::shell,
    .prisma = "",
    .summary = "Print a shell completion script",
    .description =
        "The script completes commands, options and their values, names of migrations and error "
        "codes. Packages install it; otherwise load it when the shell starts.",
    .example =
        "source <(cm-migrate completion bash)                         # in ~/.bashrc\n"
        "cm-migrate completion zsh > ~/.zfunc/_cm-migrate             # a folder of $fpath\n"
        "cm-migrate completion fish > ~/.config/fish/completions/cm-migrate.fish",
    .json = "Print one JSON object: `shell`, `script`",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

extern Command const names;
constinit Command const names{
    .name = "names",
    .group = CommandGroup::shell,
    .prisma = "",
    .summary = "List names for shell completion",
    .description = "Lists the names of the project's migrations, or the codes of all messages.",
    .example = "cm-migrate names migrations",
    .json = "Print one JSON object: `names`",
    .define = [](CLI::App& app,
                 Context& context) { bind<NamesOptions>(app, context, names_options, list_names); },
    .is_hidden = true};

}  // namespace cm::command
