// See arguments.hpp.
#include "command/arguments.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

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
    app.failure_message([](CLI::App const* failed, CLI::Error const& wrong) {
        return fmt::format(
            "error[CM0001]: {}\n  = help: `{} --help` shows what it takes\n", wrong.what(),
            failed->get_parent() == nullptr ? "cm-migrate" : "cm-migrate " + failed->get_name());
    });
    for (auto const* const command : commands()) {
        auto* const sub =
            app.add_subcommand(std::string{command->name}, std::string{command->summary});
        sub->description(wrapped(command->description) + "\n");
        sub->footer(fmt::format("Example:\n{}", indented(command->example)));
        command->define(*sub, context);
    }
}

}  // namespace cm::command
