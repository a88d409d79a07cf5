// A command of the program as data: its name, what it is for, its options and the function that
// does it.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.hpp"
#include "command/json_report.hpp"
#include "command/log_options.hpp"
#include "command/terminal.hpp"
#include "engine/environment.hpp"

namespace CLI {
class App;
}

namespace cm::command {

/// Everything a command gets from the world.
struct Context {
    Terminal& terminal;
    engine::Environment environment{};
    SourceMap sources{};
    LogChoice log{};
    std::string database{};  ///< the name of the one that is worked on, as soon as it is known
    std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
    bool is_at_work = false;                   ///< with --json it prints events
    std::vector<JsonObject> renames{};         ///< that somebody has to say yes or no to
    std::function<std::string()> timestamp{};  ///< UTC, "20251122093000"
    std::function<ExitCode()> action{};        ///< set by the command that the arguments name
};

/// What a command is for, as --help orders them.
enum class CommandGroup { develop, deploy, repair, inspect, shell };

/// "Develop".
std::string_view title_of(CommandGroup group);

struct Command {
    std::string_view name{};
    CommandGroup group{};
    std::string_view
        prisma{};  ///< the command of Prisma that does this job: `migrate dev`; empty if none
    std::string_view summary{};      ///< one line
    std::string_view description{};  ///< a paragraph
    std::string_view example{};      ///< command lines
    std::string_view json{};         ///< what --json does
    void (*define)(CLI::App& app, Context& context){};
    bool is_hidden = false;  ///< for those who work on cm-migrate: not in --help and the reference
};

/// All commands, by name.
std::span<Command const* const> commands();

/// Registers what is run when the arguments name this command.
void on_selected(CLI::App& app, std::function<void()> selected);

/// Lets the options of a command be read into an Options that lives as long as the action does.
template <class Options>
void bind(CLI::App& app, Context& context, void (*define_options)(CLI::App&, Options&),
          ExitCode (*run)(Options const&, Context&)) {
    auto options = std::make_shared<Options>();
    define_options(app, *options);
    on_selected(app, [options, run, &context] {
        context.action = [options, run, &context] { return run(*options, context); };
    });
}

}  // namespace cm::command
