// The table of commands: help, documentation and the tests iterate over it.
#include <array>

#include "command/command.hpp"

namespace cm::command {

extern Command const deploy, dev, diff, explain, format, init, local, pull, push, reset, resolve,
    seed, show, status, validate;

std::span<Command const* const> commands() {
    static constexpr std::array all{&deploy,  &dev,   &diff, &explain, &format,
                                    &init,    &local, &pull, &push,    &reset,
                                    &resolve, &seed,  &show, &status,  &validate};
    return all;
}

}  // namespace cm::command
