// The program without its main(): parses arguments, runs one command, prints what stopped it.
#pragma once
#include <functional>

#include "command/command.hpp"

namespace cm::command {

/// Runs an action; what stops it is printed and becomes the exit code.
ExitCode report_failures(Context& context, std::function<ExitCode()> const& action);

/// Gives the process' exit code (see ExitCode).
int run(int argc, char** argv);

}  // namespace cm::command
