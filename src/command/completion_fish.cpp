// Completion for fish: complete(1).
#include <fmt/ranges.h>

#include "command/completion_offer.hpp"
#include "command/completion_scripts.hpp"

namespace cm::command {
namespace {

std::string fish_quoted(std::string_view text) {
    return "'" + with_replaced(with_replaced(text, "\\", "\\\\"), "'", "\\'") + "'";
}

std::string fish_offer(OptionDescription const& option) {
    switch (offer_of(option)) {
        case Offer::files:
            return " -F";
        case Offer::folders:
            return " -a '(__fish_complete_directories)'";
        case Offer::words:
            return fmt::format(" -a {}",
                               fish_quoted(fmt::format("{}", fmt::join(option.choices, " "))));
        case Offer::migrations:
            return " -a '(__cm_migrate_names migrations)'";
        case Offer::codes:
            return " -a '(__cm_migrate_names codes)'";
        case Offer::nothing:
            break;
    }
    return {};
}

std::string fish_option(OptionDescription const& option, std::string_view condition) {
    auto text = fmt::format("complete -c cm-migrate -n {}", fish_quoted(condition));
    if (option.is_argument) {
        auto const offer = fish_offer(option);
        return offer.empty() ? offer : text + offer + "\n";
    }
    for (auto const& name : option.names) {
        text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    if (!option.takes.empty()) {
        text += (offer_of(option) == Offer::files ? " -r" : " -x") + fish_offer(option);
    }
    return text + " -d " + fish_quoted(option.text) + "\n";
}

}  // namespace

std::string fish_completion(ProgramDescription const& program) {
    std::string text =
        "# fish completion for cm-migrate, made by `cm-migrate completion fish`.\n"
        "function __cm_migrate_has_no_command\n"
        "    set -l words (commandline -opc)\n"
        "    set -e words[1]\n"
        "    while set -q words[1]\n"
        "        switch $words[1]\n"
        "            case -C --color\n"
        "                set -e words[1]\n"
        "            case '-*'\n"
        "            case '*'\n"
        "                return 1\n"
        "        end\n"
        "        set -q words[1]; and set -e words[1]\n"
        "    end\n"
        "    return 0\n"
        "end\n\n"
        "function __cm_migrate_names\n"
        "    set -l folders\n"
        "    set -l words (commandline -opc)\n"
        "    while set -q words[1]\n"
        "        if test \"$words[1]\" = -C; and set -q words[2]\n"
        "            set -a folders -C $words[2]\n"
        "        end\n"
        "        set -e words[1]\n"
        "    end\n"
        "    cm-migrate $folders names $argv 2>/dev/null\n"
        "end\n\n"
        "complete -c cm-migrate -f\n";
    for (auto const& option : program.options) {
        text += fish_option(option, "__cm_migrate_has_no_command");
    }
    for (auto const& command : program.commands) {
        text += fmt::format("complete -c cm-migrate -n __cm_migrate_has_no_command -a {} -d {}\n",
                            command.name, fish_quoted(command.summary));
    }
    std::vector<std::string_view> commands{};
    for (auto const& command : program.commands) commands.push_back(command.name);
    text += fmt::format(
        "complete -c cm-migrate -n __cm_migrate_has_no_command -a help -d 'Show help for a "
        "command'\ncomplete -c cm-migrate -n __cm_migrate_has_no_command -a version -d 'Show the "
        "version'\ncomplete -c cm-migrate -n '__fish_seen_subcommand_from help; and not "
        "__fish_seen_subcommand_from {}' -a '{}'\n",
        fmt::join(commands, " "), fmt::join(commands, " "));
    for (auto const& [word, seconds] : prisma_words(program)) {
        auto const words = fmt::format("{}", fmt::join(second_words(seconds), " "));
        text += fmt::format(
            "complete -c cm-migrate -n __cm_migrate_has_no_command -a {} -d 'Prisma command "
            "names'\n"
            "complete -c cm-migrate -n '__fish_seen_subcommand_from {}; and not "
            "__fish_seen_subcommand_from {}' -a '{}'\n",
            word, word, words, words);
    }
    for (auto const& command : program.commands) {
        auto const condition = fmt::format("__fish_seen_subcommand_from {}", command.name);
        for (auto const& option : all_options(command)) text += fish_option(option, condition);
    }
    return text;
}

}  // namespace cm::command
