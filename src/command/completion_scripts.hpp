// Completion for the shells, made from the table of commands.
#pragma once
#include <string>

#include "command/description.hpp"

namespace cm::command {

/// The script for bash; `source <(cm-migrate completion bash)` or a file of bash-completion.
std::string bash_completion(ProgramDescription const& program);
/// The script for zsh; a file `_cm-migrate` in $fpath, or evaluated after compinit.
std::string zsh_completion(ProgramDescription const& program);
/// The script for fish; a file `cm-migrate.fish` among its completions.
std::string fish_completion(ProgramDescription const& program);

}  // namespace cm::command
