// See scripts.hpp.
#include "engine/scripts.hpp"

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/process.hpp"
#include "engine/apply_pending.hpp"
#include "pg/server_variables.hpp"

namespace cm::engine {
namespace {

void run_command(Project const& project, Target const& target, std::string const& command,
                 ScriptOutput output = ScriptOutput::standard) {
    ProcessOptions options{.user = {},
                           .folder = project.root,
                           .environment = project.environment.variables,
                           .output_to_error = output == ScriptOutput::error};
    auto const hidden = pg::hide_libpq_variables_for(target.url);
    if (hidden) {
        std::erase_if(options.environment,
                      [](auto const& variable) { return pg::is_libpq_variable(variable.first); });
    }
    // By the environment, not as an argument: arguments show in the process list.
    options.environment["DATABASE_URL"] = pg::to_text(target.url, pg::ShowPassword::yes);
    auto const status = run_shell(command, options);
    if (status == 0) {
        return;
    }
    throw Failure(error("CM0051", "the command `{}` failed with exit code {}", command, status)
                      .help("see its output above"));
}

}  // namespace

bool is_sql(std::string const& seed) {
    return seed.ends_with(".sql") && seed.find(' ') == std::string::npos;
}

void run_seed(Project const& project, Target const& target, std::string const& seed,
              std::vector<std::string> const& arguments, SourceMap& sources, ScriptOutput output) {
    if (!is_sql(seed)) {
        auto command = seed;
        for (auto const& argument : arguments) {
            command += " " + quote_word(argument);
        }
        return run_command(project, target, command, output);
    }
    pg::Connection connection{target.url};
    run_named_script(project, "seed", seed, connection, sources);
}

NamedScript read_named_script(Project const& project, std::string_view key,
                              std::string const& file) {
    auto const path = path_to_open(project, project.root / file);
    auto const text = read_file_if_exists(path);
    if (!text) {
        throw Failure(
            error("CM0053", "the file `{}` does not exist", file)
                .help("it is set by `{}` in cm-migrate.json, relative to the project folder", key));
    }
    return {display_path(project, path), *text};
}

void run_named_script(Project const& project, std::string_view key, std::string const& file,
                      pg::Connection& connection, SourceMap& sources) {
    auto const [name, text] = read_named_script(project, key, file);
    run_watched(connection, name, text, sources, {}, {});
}

void run_generate(Project const& project, Target const& target) {
    if (project.configuration.generate) {
        run_command(project, target, *project.configuration.generate);
    }
}

}  // namespace cm::engine
