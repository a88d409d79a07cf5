// cm-migrate: runs the command line; what stops a command is caught here, printed, and becomes the
// exit code.
#include "command/run.hpp"

int main(int argc, char** argv) {
    return cm::command::run(argc, argv);
}
