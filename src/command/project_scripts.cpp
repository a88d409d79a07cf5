// See project_scripts.hpp.
#include "command/project_scripts.hpp"

#include <fmt/format.h>

namespace cm::command {

void run_generate(Context& context, engine::Project const& project, engine::Target const& target) {
    auto const& command = project.configuration.generate;
    if (!command) {
        return;
    }
    context.terminal.line();
    context.terminal.line(fmt::format("Running generate command `{}` ...", *command));
    engine::run_generate(project, target);
}

void run_seed(Context& context, engine::Project const& project, engine::Target const& target,
              std::vector<std::string> const& arguments) {
    if (!project.seed) {
        return;
    }
    context.terminal.line(fmt::format("Running seed command `{}` ...", *project.seed));
    // Standard output is for JSON alone then.
    auto const output = context.terminal.writes_only_data() ? engine::ScriptOutput::error
                                                            : engine::ScriptOutput::standard;
    engine::run_seed(project, target, *project.seed, arguments, context.sources, output);
    context.terminal.line();
    context.terminal.success("The seed command has been executed.");
}

void show_scripts(Terminal& terminal, engine::Project const& project, Scripts which) {
    if (auto const& generate = project.configuration.generate; generate && which.generate) {
        terminal.line(fmt::format("Would run the generate command `{}`.", *generate));
    }
    if (project.seed && which.seed) {
        terminal.line(fmt::format("Would run the seed command `{}`.", *project.seed));
    }
}

void run_scripts(Context& context, engine::Project const& project, engine::Target const& target,
                 Scripts which) {
    if (which.generate) {
        run_generate(context, project, target);
    }
    if (which.seed && project.seed) {
        context.terminal.line();
        run_seed(context, project, target);
    }
}

}  // namespace cm::command
