// The reference of commands as Markdown, from the same table that --help comes from.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/arguments.hpp"
#include "command/exit_codes.hpp"

namespace cm::command {
namespace {

constexpr std::string_view opening = R"(# Commands

`cm-migrate COMMAND --help` prints what stands here. This page is made from the table of commands; a test keeps it so.

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

std::string option_row(CLI::Option const& option) {
    auto const takes = option.get_type_name().empty() || option.get_type_name() == "BOOLEAN" ||
                               option.get_expected_max() == 0
                           ? ""
                           : " " + option.get_type_name();
    return fmt::format("| `{}{}` | {} |\n", option.get_name(false, true), takes,
                       option.get_description());
}

std::string option_rows(CLI::App const& app) {
    std::string rows{};
    for (auto const* const option : app.get_options()) {
        if (option->get_name(false, true) != "-h,--help") {
            rows += option_row(*option);
        }
    }
    return rows;
}

std::string options_table(CLI::App const& app) {
    auto rows = option_rows(app);
    auto const is_group = [](CLI::App const* sub) { return sub->get_name().empty(); };
    for (auto const* const group : app.get_subcommands(is_group)) {
        rows += option_rows(*group);
    }
    return rows.empty() ? rows : "| option | meaning |\n|---|---|\n" + rows;
}

std::string section(Command const& command, CLI::App const& app) {
    auto text = fmt::format("\n## {}\n\n{}.", command.name, command.summary);
    if (!command.prisma.empty()) {
        text += fmt::format(" In Prisma: `{}`.", command.prisma);
    }
    text += fmt::format("\n\n{}\n\n{}\n", command.description, options_table(app));
    std::string example = "    ";
    for (auto const c : command.example) {
        example += c == '\n' ? std::string{"\n    "} : std::string{c};
    }
    return text + example + "\n";
}

}  // namespace

std::string reference() {
    Terminal terminal{true};
    Context context{.terminal = terminal};
    CLI::App app{"cm-migrate"};
    define_arguments(app, context);
    std::string text{opening};
    for (auto const* const command : commands()) {
        if (!command->is_hidden) {
            text += section(*command, *app.get_subcommand(std::string{command->name}));
        }
    }
    return text + closing();
}

}  // namespace cm::command
