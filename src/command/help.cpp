// What --help prints, from the table of commands. See arguments.hpp.
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "command/arguments.hpp"
#include "command/description.hpp"
#include "command/exit_codes.hpp"

namespace cm::command {
namespace {

constexpr std::size_t width = 79;

/// Breaks a paragraph into lines that fit a terminal.
std::string wrapped(std::string_view text) {
    std::string lines{};
    std::size_t column = 0;
    while (!text.empty()) {
        auto const word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(word.size() + 1, text.size()));
        auto const breaks = column > 0 && column + 1 + word.size() > width;
        if (column > 0) {
            lines += breaks ? '\n' : ' ';
        }
        column = (breaks || column == 0 ? 0 : column + 1) + word.size();
        lines += word;
    }
    return lines;
}

/// A row of two columns; the second is what is left of the line's width, broken between words.
std::string row(std::string const& left, std::string_view right, std::size_t column) {
    auto text = fmt::format("  {:<{}}", left, column);
    if (left.size() + 2 > column) {
        text += "\n" + std::string(column + 2, ' ');
    }
    auto used = column + 2;
    for (std::size_t at = 0; at < right.size();) {
        auto const end = std::min(right.find(' ', at), right.size());
        auto const word = right.substr(at, end - at);
        if (used > column + 2 && used + word.size() > width) {
            text.erase(text.find_last_not_of(' ') + 1);
            text += "\n" + std::string(column + 2, ' ');
            used = column + 2;
        }
        text += fmt::format("{} ", word);
        used += word.size() + 1;
        at = end + 1;
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text + "\n";
}

std::string option_name(OptionDescription const& option) {
    auto const names = fmt::format("{}", fmt::join(option.names, ", "));
    return option.is_argument || option.takes.empty() ? names : names + " " + option.takes;
}

std::string option_rows(std::vector<OptionDescription> const& options) {
    constexpr std::size_t column = 29;
    std::string text{};
    for (auto const& option : options) text += row(option_name(option), option.text, column);
    return text;
}

/// The command's own options stand last, and have no title.
std::string options(CLI::App const& app) {
    auto const groups = option_groups(app);
    std::string text{};
    for (auto const& group : groups) {
        auto const is_own = &group == &groups.back();
        text += is_own ? "Options:\n" + option_rows(group.options)
                       : fmt::format("{}\n{}\n", group.title, option_rows(group.options));
    }
    return text;
}

std::string indented(std::string_view lines) {
    std::string text = "  ";
    for (auto const c : lines) {
        text += c == '\n' ? std::string{"\n  "} : std::string{c};
    }
    return text + "\n";
}

/// The groups in their order, and in each the commands by name.
std::string command_rows() {
    constexpr std::size_t column = 12;
    std::string text{};
    for (auto const group : {CommandGroup::develop, CommandGroup::deploy, CommandGroup::repair,
                             CommandGroup::inspect, CommandGroup::shell}) {
        text += fmt::format("{}:\n", title_of(group));
        for (auto const* const command : commands()) {
            if (command->is_hidden || command->group != group) {
                continue;
            }
            text += row(std::string{command->name}, command->summary, column);
        }
        text += "\n";
    }
    return text;
}

std::string exit_code_rows() {
    constexpr std::size_t column = 5;
    std::string text{};
    for (auto const& one : exit_codes()) {
        text += row(fmt::to_string(static_cast<int>(one.code)), one.meaning, column);
    }
    return text;
}

}  // namespace

std::string help(CLI::App const& app) {
    return fmt::format(
        "{}\n"
        "\n"
        "Usage: cm-migrate [-C DIR] COMMAND [OPTIONS]\n"
        "\n"
        "{}{}\n"
        "Exit codes:\n"
        "{}\n"
        "`cm-migrate help COMMAND` shows the options of a command, with an example.\n"
        "Prisma's command names work, too: `cm-migrate migrate deploy`, `cm-migrate db push`.\n",
        app.get_description(), command_rows(), options(app), exit_code_rows());
}

std::string help(Command const& command, CLI::App const& app) {
    std::string arguments{};
    for (auto const* const option : app.get_options()) {
        if (option->get_positional()) {
            arguments += option->get_required() ? " " + option->get_name(true)
                                                : fmt::format(" [-- {}…]", option->get_name(true));
        }
    }
    return fmt::format("{}.\n\n{}\n\nUsage: cm-migrate {} [OPTIONS]{}\n\n{}\nExample:\n{}",
                       command.summary, wrapped(command.description), command.name, arguments,
                       options(app), indented(command.example));
}

}  // namespace cm::command
