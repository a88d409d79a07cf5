// What the process' exit codes mean: one table for `--help`, `explain`, docs/reference/commands.md
// and everything that refers to it.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.hpp"

namespace cm::command {

struct ExitCodeMeaning {
    ExitCode code{};
    std::string_view meaning{};
    std::string_view in_a_pipeline{};  ///< what a script does next
};

/// In order.
std::span<ExitCodeMeaning const> exit_codes();

/// As `explain 7` prints it, in Markdown; empty if there is no such code.
std::string explain_exit_code(std::string_view number);

}  // namespace cm::command
