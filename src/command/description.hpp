// The table of commands as plain values: what completion scripts, man pages and
// docs/reference/commands.md are made from, so that none of them can say something that the program
// does not take.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace cm::command {

struct OptionDescription {
    std::vector<std::string>
        names{};          ///< with their dashes: `-n`, `--name`; of an argument its name
    std::string takes{};  ///< what the value is called: `PATH`; empty if it takes none
    std::string text{};   ///< what it is for
    std::vector<std::string> choices{};  ///< the values that it takes, if they are few
    bool is_argument{};                  ///< given by its place
    bool is_required{};
};

/// Options that exclude each other stand in one group, in the order of their definition.
struct OptionGroup {
    std::string title{};  ///< empty for the options of the command itself
    std::vector<OptionDescription> options{};
};

struct CommandDescription {
    std::string_view name{};
    std::string_view prisma{};  ///< as in Command
    std::string_view summary{};
    std::string_view text{};
    std::string_view example{};
    std::vector<OptionGroup> groups{};
};

struct ProgramDescription {
    std::string summary{};
    std::vector<OptionDescription> options{};
    std::vector<CommandDescription> commands{};  ///< but for the hidden ones
};

/// The groups of options of one command, its own last.
std::vector<OptionGroup> option_groups(CLI::App const& app);

ProgramDescription describe_program();

/// All options of a command.
std::vector<OptionDescription> all_options(CommandDescription const& command);

}  // namespace cm::command
