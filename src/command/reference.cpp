// The reference of commands as Markdown, from the same table that --help comes from.
#include <fmt/ranges.h>

#include "command/arguments.hpp"
#include "command/description.hpp"
#include "command/exit_codes.hpp"

namespace cm::command {
namespace {

constexpr std::string_view opening = R"(# Commands

`cm-migrate help COMMAND` prints what stands here. This page is made from the table of commands; a test keeps it so.

Where Prisma has a command of the same job, its spelling works too: `cm-migrate migrate deploy` is `cm-migrate deploy`.
)";

/// The table of exit codes.
std::string closing() {
    std::string text =
        "\n## Exit codes\n\n`cm-migrate --help` lists them, too, and `cm-migrate explain 7` "
        "prints one. Where `status` finds several things, 3, 4 and 5 win over 8.\n\n"
        "| code | meaning | what a pipeline does |\n|---|---|---|\n";
    for (auto const& one : exit_codes()) {
        text += fmt::format("| {} | {} | {} |\n", static_cast<int>(one.code), one.meaning,
                            one.in_a_pipeline);
    }
    return text;
}

/// In a table `\|` is a stroke.
std::string cell(std::string_view text) {
    std::string escaped{};
    for (auto const c : text) {
        if (c == '|') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string option_row(OptionDescription const& option) {
    auto name = fmt::format("{}", fmt::join(option.names, ","));
    // An argument without choices is called by its name alone.
    if (!option.takes.empty() && (!option.is_argument || !option.choices.empty())) {
        name += (option.is_argument ? ": " : " ") + option.takes;
    }
    return fmt::format("| `{}` | {} |\n", cell(name), cell(option.text));
}

std::string options_table(CommandDescription const& command) {
    std::string rows{};
    auto const add = [&](OptionGroup const& group) {
        for (auto const& option : group.options) {
            if (option.names.back() != "--help") rows += option_row(option);
        }
    };
    add(command.groups.back());  // its own
    for (auto group = command.groups.begin(); std::next(group) != command.groups.end(); ++group) {
        add(*group);
    }
    return rows.empty() ? rows : "| option | meaning |\n|---|---|\n" + rows;
}

std::string section(CommandDescription const& command) {
    auto text = fmt::format("\n## {}\n\n{}.", command.name, command.summary);
    if (!command.prisma.empty()) {
        text += fmt::format(" In Prisma: `{}`.", command.prisma);
    }
    text += fmt::format("\n\n{}\n\n{}\n", command.text, options_table(command));
    std::string example = "    ";
    for (auto const c : command.example) {
        example += c == '\n' ? std::string{"\n    "} : std::string{c};
    }
    return text + example + "\n";
}

}  // namespace

std::string reference() {
    auto const program = describe_program();
    auto text = std::string{opening} + "\n| option | meaning |\n|---|---|\n";
    for (auto const& option : program.options) text += option_row(option);
    for (auto const& command : program.commands) text += section(command);
    return text + closing();
}

}  // namespace cm::command
