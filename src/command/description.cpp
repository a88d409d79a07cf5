// Reads the definitions of CLI11 back into values.
#include "command/description.hpp"

#include <CLI/CLI.hpp>

#include "command/arguments.hpp"

namespace cm::command {
namespace {

std::vector<std::string> names_of(CLI::Option const& option) {
    if (option.get_positional()) return {option.get_name(true)};
    std::vector<std::string> names{};
    for (auto const& name : option.get_snames()) names.push_back("-" + name);
    for (auto const& name : option.get_lnames()) names.push_back("--" + name);
    return names;
}

/// `start|stop` is how take_one_of calls the value.
std::vector<std::string> choices_of(std::string_view takes) {
    if (takes.find('|') == std::string_view::npos) return {};
    std::vector<std::string> choices{};
    while (!takes.empty()) {
        auto const end = std::min(takes.find('|'), takes.size());
        choices.emplace_back(takes.substr(0, end));
        takes.remove_prefix(std::min(end + 1, takes.size()));
    }
    return choices;
}

OptionDescription describe(CLI::Option const& option) {
    auto const takes_value = option.get_expected_max() > 0;
    return {
        .names = names_of(option),
        .takes = takes_value ? option.get_type_name() : std::string{},
        .text = option.get_description(),
        .choices = takes_value ? choices_of(option.get_type_name()) : std::vector<std::string>{},
        .is_argument = option.get_positional(),
        .is_required = option.get_required()};
}

std::vector<OptionDescription> describe_options(CLI::App const& app) {
    std::vector<OptionDescription> options{};
    for (auto const* const option : app.get_options()) {
        // Every group of options has inherited --help.
        if (app.get_name().empty() && option == app.get_help_ptr()) continue;
        options.push_back(describe(*option));
    }
    return options;
}

}  // namespace

std::vector<OptionGroup> option_groups(CLI::App const& app) {
    std::vector<OptionGroup> groups{};
    auto const is_group = [](CLI::App const* sub) { return sub->get_name().empty(); };
    for (auto const* const group : app.get_subcommands(is_group)) {
        groups.push_back({group->get_description(), describe_options(*group)});
    }
    groups.push_back({{}, describe_options(app)});
    return groups;
}

ProgramDescription describe_program() {
    Terminal terminal{{}};
    Context context{.terminal = terminal};
    CLI::App app{std::string{program_summary}, "cm-migrate"};
    define_arguments(app, context);
    ProgramDescription program{.summary = app.get_description(), .options = describe_options(app)};
    for (auto const* const command : commands()) {
        if (command->is_hidden) continue;
        program.commands.push_back(
            {.name = command->name,
             .prisma = command->prisma,
             .summary = command->summary,
             .text = command->description,
             .example = command->example,
             .groups = option_groups(*app.get_subcommand(std::string{command->name}))});
    }
    return program;
}

std::vector<OptionDescription> all_options(CommandDescription const& command) {
    std::vector<OptionDescription> options{};
    for (auto const& group : command.groups) {
        options.insert(options.end(), group.options.begin(), group.options.end());
    }
    return options;
}

}  // namespace cm::command
