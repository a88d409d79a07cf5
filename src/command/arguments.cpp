// See arguments.hpp.
#include "command/arguments.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "cm_migrate/version.hpp"

namespace cm::command {
void on_selected(CLI::App& app, std::function<void()> selected) {
    app.callback(std::move(selected));
}

void define_arguments(CLI::App& app, Context& context) {
    app.require_subcommand(1);
    app.set_help_flag("-h,--help", "Show help");
    app.formatter_fn(
        [](CLI::App const* of, std::string const&, CLI::AppFormatMode) { return help(*of); });
    app.set_version_flag("-v,--version", fmt::format("cm-migrate {}", cm_migrate::version()),
                         "Show the version");
    for (auto const* const command : commands()) {
        auto* const sub =
            app.add_subcommand(std::string{command->name}, std::string{command->summary});
        sub->formatter_fn([command](CLI::App const* of, std::string const&, CLI::AppFormatMode) {
            return help(*command, *of);
        });
        command->define(*sub, context);
    }
}

std::vector<std::string> words(int argc, char const* const* argv) {
    if (argc < 2) {
        return {};
    }
    std::vector<std::string> all(argv + 1, argv + argc);
    if (all.size() < 2) {
        return all;
    }
    auto const full = all[0] + " " + all[1];
    auto const is_prismas = [&](Command const* command) { return command->prisma == full; };
    if (std::any_of(commands().begin(), commands().end(), is_prismas)) {
        all.erase(all.begin());
        all.front() = (*std::find_if(commands().begin(), commands().end(), is_prismas))->name;
    }
    return all;
}

}  // namespace cm::command
