// What an option takes decides what a shell offers: files, folders, a few words, or names that the
// hidden command `names` lists.
#include "command/completion_scripts.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>

namespace cm::command {
namespace {

enum class Offer { nothing, files, folders, words, migrations, codes };

Offer offer_of(OptionDescription const& option) {
    if (!option.choices.empty()) return Offer::words;
    if (option.takes == "PATH" || option.takes == "FILE") return Offer::files;
    if (option.takes == "DIR") return Offer::folders;
    if (option.takes == "MIGRATION") return Offer::migrations;
    if (option.takes == "CODE") return Offer::codes;
    return Offer::nothing;
}

/// Prisma's commands of two words: `migrate` → `dev`, `deploy` …, and what we call each.
struct PrismaWord {
    std::string second{};
    std::string_view ours{};
};

std::map<std::string, std::vector<PrismaWord>> prisma_words(ProgramDescription const& program) {
    std::map<std::string, std::vector<PrismaWord>> words{};
    for (auto const& command : program.commands) {
        auto const blank = command.prisma.find(' ');
        if (blank == std::string_view::npos) continue;
        words[std::string{command.prisma.substr(0, blank)}].push_back(
            {std::string{command.prisma.substr(blank + 1)}, command.name});
    }
    return words;
}

std::vector<std::string> second_words(std::vector<PrismaWord> const& words) {
    std::vector<std::string> seconds{};
    for (auto const& word : words) seconds.push_back(word.second);
    return seconds;
}

std::string replaced(std::string_view text, std::string_view what, std::string_view by) {
    std::string result{};
    while (true) {
        auto const at = text.find(what);
        result += text.substr(0, at);
        if (at == std::string_view::npos) return result;
        result += by;
        text.remove_prefix(at + what.size());
    }
}

// ---- bash ----

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

// ---- zsh ----

namespace {

std::string zsh_quoted(std::string_view text) {
    return "'" + replaced(text, "'", "'\\''") + "'";
}

/// Inside `[…]` of a specification, and before its colons.
std::string zsh_text(std::string_view text) {
    std::string result{};
    for (auto const c : text) {
        if (c == '[' || c == ']' || c == ':' || c == '\\') result += '\\';
        result += c;
    }
    return result;
}

std::string zsh_offer(OptionDescription const& option) {
    switch (offer_of(option)) {
        case Offer::files:
            return "_files";
        case Offer::folders:
            return "_files -/";
        case Offer::words:
            return fmt::format("({})", fmt::join(option.choices, " "));
        case Offer::migrations:
            return "{_cm-migrate_names migrations}";
        case Offer::codes:
            return "{_cm-migrate_names codes}";
        case Offer::nothing:
            break;
    }
    return " ";
}

std::string zsh_option(OptionDescription const& option) {
    auto const value = option.takes.empty()
                           ? std::string{}
                           : fmt::format(":{}:{}", zsh_text(option.takes), zsh_offer(option));
    if (option.is_argument) {
        return zsh_quoted(fmt::format("{}:{}:{}", option.is_required ? "1" : "*",
                                      zsh_text(option.names.front()), zsh_offer(option)));
    }
    auto const text = fmt::format("[{}]{}", zsh_text(option.text), value);
    // `--name=` takes its value behind the sign or as the next word.
    std::vector<std::string> specs{};
    for (auto const& name : option.names) {
        specs.push_back(!value.empty() && name.starts_with("--") ? name + "=" : name);
    }
    if (specs.size() == 1) return zsh_quoted(specs.front() + text);
    return fmt::format("'({})'{{{}}}{}", fmt::join(option.names, " "), fmt::join(specs, ","),
                       zsh_quoted(text));
}

std::string zsh_options(std::vector<OptionDescription> const& options, std::string_view indent) {
    std::string text{};
    for (auto const& option : options) {
        text += fmt::format(" \\\n{}    {}", indent, zsh_option(option));
    }
    return text;
}

std::string zsh_prisma(std::string const& word, std::vector<PrismaWord> const& seconds) {
    auto text = fmt::format(
        "            if [[ $words[1] == {} ]]; then\n"
        "                if ((CURRENT == 2)); then\n"
        "                    compadd {}\n"
        "                    return\n"
        "                fi\n"
        "                shift words\n"
        "                ((CURRENT -= 1))\n"
        "                case $words[1] in\n",
        word, fmt::join(second_words(seconds), " "));
    for (auto const& second : seconds) {
        text += fmt::format("                    {}) words[1]={} ;;\n", second.second, second.ours);
    }
    return text + "                esac\n            fi\n";
}

}  // namespace

std::string zsh_completion(ProgramDescription const& program) {
    std::string text =
        "#compdef cm-migrate\n# zsh completion for cm-migrate, made by `cm-migrate completion "
        "zsh`.\n\n"
        "_cm-migrate_names() {\n"
        "    local -a names\n"
        "    names=(${(f)\"$(cm-migrate $folder names $1 2>/dev/null)\"})\n"
        "    compadd -a names\n}\n\n"
        "_cm-migrate() {\n"
        "    local context state line\n"
        "    local -a commands folder\n"
        "    typeset -A opt_args\n"
        "    commands=(\n";
    for (auto const& command : program.commands) {
        text +=
            fmt::format("        {}\n",
                        zsh_quoted(fmt::format("{}:{}", command.name, zsh_text(command.summary))));
    }
    auto const prisma = prisma_words(program);
    for (auto const& [word, seconds] : prisma) {
        text += fmt::format("        '{}:the spelling of Prisma'\n", word);
    }
    text += "        'help:Show what a command takes'\n        'version:Show the version'\n";
    text += "    )\n    _arguments -C" + zsh_options(program.options, "    ") +
            " \\\n        '1:command:->command' '*::argument:->argument'\n"
            "    case $state in\n        command) _describe command commands ;;\n"
            "        argument)\n            folder=(${opt_args[-C]:+-C} ${(Q)opt_args[-C]})\n";
    for (auto const& [word, seconds] : prisma) text += zsh_prisma(word, seconds);
    text += "            case $words[1] in\n";
    for (auto const& command : program.commands) {
        text += fmt::format(
            "                {})\n                    _arguments -s{}\n"
            "                    ;;\n",
            command.name, zsh_options(all_options(command), "                    "));
    }
    return text +
           "                help) _describe command commands ;;\n"
           "            esac\n            ;;\n    esac\n}\n\n"
           "# Loaded from $fpath, or evaluated.\n"
           "if [[ $funcstack[1] == _cm-migrate ]]; then\n    _cm-migrate \"$@\"\nelse\n"
           "    compdef _cm-migrate cm-migrate\nfi\n";
}

// ---- fish ----

namespace {

std::string fish_quoted(std::string_view text) {
    return "'" + replaced(replaced(text, "\\", "\\\\"), "'", "\\'") + "'";
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
        "complete -c cm-migrate -n __cm_migrate_has_no_command -a help -d 'Show what a command "
        "takes'\ncomplete -c cm-migrate -n __cm_migrate_has_no_command -a version -d 'Show the "
        "version'\ncomplete -c cm-migrate -n '__fish_seen_subcommand_from help; and not "
        "__fish_seen_subcommand_from {}' -a '{}'\n",
        fmt::join(commands, " "), fmt::join(commands, " "));
    for (auto const& [word, seconds] : prisma_words(program)) {
        auto const words = fmt::format("{}", fmt::join(second_words(seconds), " "));
        text += fmt::format(
            "complete -c cm-migrate -n __cm_migrate_has_no_command -a {} -d 'The spelling of "
            "Prisma'\n"
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
