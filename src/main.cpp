// cm-migrate: runs the command line; what stops a command is caught here, printed, and becomes the
// exit code.
#include <malloc.h>

#include "command/run.hpp"

int main(int argc, char** argv) {
    // A short life: memory is asked for in large pieces and goes back at the end, which spares the
    // kernel a third of the work that a large schema makes for it.
    constexpr int piece = 16 << 20;
    mallopt(M_TOP_PAD, piece);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    return cm::command::run(argc, argv);
}
