// The table of commands: help, documentation and the tests iterate over it.
#include <array>

#include "command/command.hpp"

namespace cm::command {

extern Command const adopt, baseline, completion, deploy, dev, diff, execute, explain, format, init,
    lint, local, manual, names, protect, pull, push, reset, resolve, seed, show, status, validate;

std::string_view title_of(CommandGroup group) {
    constexpr std::array<std::string_view, 5> titles{"Develop", "Deploy", "Repair", "Inspect",
                                                     "For the shell"};
    return titles.at(static_cast<std::size_t>(group));
}

std::span<Command const* const> commands() {
    static constexpr std::array all{&adopt,   &baseline, &completion, &deploy, &dev,     &diff,
                                    &execute, &explain,  &format,     &init,   &lint,    &local,
                                    &manual,  &names,    &protect,    &pull,   &push,    &reset,
                                    &resolve, &seed,     &show,       &status, &validate};
    return all;
}

}  // namespace cm::command
