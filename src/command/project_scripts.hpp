// The project's own programs, announced before they run: the generate command and the seed.
#pragma once
#include "command/command.hpp"
#include "engine/scripts.hpp"

namespace cm::command {

/// Runs the configured generate command, if there is one.
void run_generate(Context& context, engine::Project const& project, engine::Target const& target);

/// Runs the project's seed, if there is one; `arguments` are passed on to a shell command.
void run_seed(Context& context, engine::Project const& project, engine::Target const& target,
              std::vector<std::string> const& arguments = {});

struct Scripts {
    bool generate{};
    bool seed{};
};

/// Says which of them would run.
void show_scripts(Terminal& terminal, engine::Project const& project, Scripts which);

/// Both, as after a change of the database.
void run_scripts(Context& context, engine::Project const& project, engine::Target const& target,
                 Scripts which);

}  // namespace cm::command
