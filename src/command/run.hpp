// The program without its main(): parses arguments, runs one command, prints what stopped it.
#pragma once

namespace cm::command {

/// Gives the process' exit code (see ExitCode).
int run(int argc, char** argv);

}  // namespace cm::command
