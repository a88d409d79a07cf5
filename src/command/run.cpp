// See run.hpp.
#include "command/run.hpp"

namespace cm::command {

int run(int /*argc*/, char** /*argv*/) {
    return 0;
}

}  // namespace cm::command
