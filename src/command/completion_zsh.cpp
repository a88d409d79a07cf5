// Completion for zsh: «Completion System», zshcompsys(1).
#include <fmt/ranges.h>

#include "command/completion_offer.hpp"
#include "command/completion_scripts.hpp"

namespace cm::command {
namespace {

std::string zsh_quoted(std::string_view text) {
    return "'" + with_replaced(text, "'", "'\\''") + "'";
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
        text += fmt::format("        '{}:Prisma command names'\n", word);
    }
    text += "        'help:Show help for a command'\n        'version:Show the version'\n";
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

}  // namespace cm::command
