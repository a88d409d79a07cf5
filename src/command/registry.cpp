// The table of commands: help, documentation and the tests iterate over it.
#include <array>

#include "command/command.hpp"

namespace cm::command {

extern Command const deploy, dev, diff, init, local, push, reset, resolve, seed, status, validate;

std::span<Command const* const> commands() {
    static constexpr std::array all{&deploy, &dev,     &diff, &init,   &local,   &push,
                                    &reset,  &resolve, &seed, &status, &validate};
    return all;
}

}  // namespace cm::command
