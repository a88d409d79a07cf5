// cm-migrate: runs the command line; what stops a command is caught here, printed, and becomes the
// exit code.
#include "base/memory.hpp"
#include "command/run.hpp"

int main(int argc, char** argv) {
    cm::tune_allocator();
    return cm::command::run(argc, argv);
}
