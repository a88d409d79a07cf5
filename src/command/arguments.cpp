// See arguments.hpp.
#include "command/arguments.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "cm_migrate/version.hpp"

namespace cm::command {
namespace {

std::string indented(std::string_view lines) {
    std::string text = "  ";
    for (auto const c : lines) {
        text += c == '\n' ? std::string{"\n  "} : std::string{c};
    }
    return text;
}

/// Breaks a paragraph into lines that fit a terminal.
std::string wrapped(std::string_view text) {
    constexpr std::size_t width = 79;
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

}  // namespace

void on_selected(CLI::App& app, std::function<void()> selected) {
    app.callback(std::move(selected));
}

void define_arguments(CLI::App& app, Context& context) {
    app.require_subcommand(1);
    app.set_help_flag("-h,--help", "Show help");
    app.set_version_flag("-v,--version", fmt::format("cm-migrate {}", cm_migrate::version()));
    for (auto const* const command : commands()) {
        auto* const sub =
            app.add_subcommand(std::string{command->name}, std::string{command->summary});
        sub->description(wrapped(command->description) + "\n");
        sub->footer(fmt::format("Example:\n{}", indented(command->example)));
        command->define(*sub, context);
    }
}

std::vector<std::string> words(int argc, char const* const* argv) {
    if (argc < 2) {
        return {};
    }
    std::vector<std::string> all(argv + 1, argv + argc);
    if (all.size() < 2) {
        return all;
    }
    auto const full = all[0] + " " + all[1];
    auto const is_prismas = [&](Command const* command) { return command->prisma == full; };
    if (std::any_of(commands().begin(), commands().end(), is_prismas)) {
        all.erase(all.begin());
        all.front() = (*std::find_if(commands().begin(), commands().end(), is_prismas))->name;
    }
    return all;
}

}  // namespace cm::command
