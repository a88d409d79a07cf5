// Completion for bash, with nothing but bash: see «Programmable Completion» in its manual.
#include <fmt/ranges.h>

#include "command/completion_offer.hpp"
#include "command/completion_scripts.hpp"

namespace cm::command {
namespace {

/// A call that offers these, which have no characters that mean something to bash.
std::string bash_words(std::vector<std::string> const& words) {
    return fmt::format("_cm_migrate_words $'{}'", fmt::join(words, "\\n"));
}

std::string bash_offer(OptionDescription const& option) {
    switch (offer_of(option)) {
        case Offer::files:
            return "_cm_migrate_files -f";
        case Offer::folders:
            return "_cm_migrate_files -d";
        case Offer::words:
            return bash_words(option.choices);
        case Offer::migrations:
            return "_cm_migrate_words \"$(_cm_migrate_names migrations)\"";
        case Offer::codes:
            return "_cm_migrate_words \"$(_cm_migrate_names codes)\"";
        case Offer::nothing:
            break;
    }
    return ":";
}

// Names of migrations are whatever somebody has called a folder: they are never expanded (as
// `compgen -W` would do), and are quoted where they are put on the command line.
constexpr std::string_view bash_functions = R"bash(
_cm_migrate_names() {
    "${COMP_WORDS[0]}" "${folders[@]}" names "$1" 2>/dev/null
}

# Offers those lines that begin with the word.
_cm_migrate_words() {
    local line
    while IFS= read -r line; do
        [[ -n $line && $line == "$word"* ]] && COMPREPLY+=("$(printf %q "$line")")
    done <<<"$1"
}

_cm_migrate_files() {
    local IFS=$'\n'
    compopt -o filenames
    COMPREPLY=($(compgen "$1" -- "$word"))
}

_cm_migrate() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= i
    local -a folders=()
    COMPREPLY=()
    # `--schema=x` arrives as three words.
    if [[ $word == = ]]; then
        word=
    elif [[ $before == = ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    for ((i = 1; i < COMP_CWORD; ++i)); do
        case ${COMP_WORDS[i]} in
            -C)
                ((++i < COMP_CWORD)) && folders+=(-C "${COMP_WORDS[i]}")
                ;;
            --color)
                [[ ${COMP_WORDS[i + 1]} == = ]] && ((++i))
                ((++i))
                ;;
            -*) ;;
            *)
                command=${COMP_WORDS[i]}
                break
                ;;
        esac
    done
)bash";

std::string bash_values(CommandDescription const& command) {
    std::string text{};
    for (auto const& option : all_options(command)) {
        if (option.is_argument || option.takes.empty()) continue;
        text += fmt::format("                {}) {}; return ;;\n", fmt::join(option.names, "|"),
                            bash_offer(option));
    }
    return text.empty() ? text : "            case $before in\n" + text + "            esac\n";
}

std::string bash_case(CommandDescription const& command) {
    std::vector<std::string> names{};
    std::string argument = ":";
    for (auto const& option : all_options(command)) {
        if (!option.is_argument) {
            names.insert(names.end(), option.names.begin(), option.names.end());
        } else if (argument == ":") {
            argument = bash_offer(option);
        }
    }
    return fmt::format(
        "        {})\n{}            if [[ $word == -* ]]; then\n                "
        "{}\n            else\n                {}\n            fi\n"
        "            ;;\n",
        command.name, bash_values(command), bash_words(names), argument);
}

}  // namespace

std::string bash_completion(ProgramDescription const& program) {
    std::string text = "# bash completion for cm-migrate, made by `cm-migrate completion bash`.\n";
    text += bash_functions;
    std::vector<std::string> commands{};
    for (auto const& command : program.commands) commands.emplace_back(command.name);
    auto first = commands;
    first.insert(first.end(), {"help", "version"});
    for (auto const& [word, seconds] : prisma_words(program)) {
        text += fmt::format(
            "    if [[ $command == {} ]]; then\n"
            "        if ((i + 1 >= COMP_CWORD)); then\n"
            "            {}\n            return\n        fi\n"
            "        case ${{COMP_WORDS[i + 1]}} in\n",
            word, bash_words(second_words(seconds)));
        for (auto const& second : seconds) {
            text += fmt::format("            {}) command={} ;;\n", second.second, second.ours);
        }
        text += "        esac\n    fi\n";
        first.push_back(word);
    }
    // What the program itself takes stands in front of a command, or behind it.
    text += "    case $before in\n";
    for (auto const& option : program.options) {
        if (!option.takes.empty()) {
            text += fmt::format("        {}) {}; return ;;\n", fmt::join(option.names, "|"),
                                bash_offer(option));
        }
        first.insert(first.end(), option.names.begin(), option.names.end());
    }
    text += fmt::format("    esac\n    case $command in\n        '') {} ;;\n        help) {} ;;\n",
                        bash_words(first), bash_words(commands));
    for (auto const& command : program.commands) text += bash_case(command);
    return text + "    esac\n}\n\ncomplete -F _cm_migrate cm-migrate\n";
}

}  // namespace cm::command
