// See arguments.hpp.
#include "command/arguments.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstddef>

#include "cm_migrate/version.hpp"

namespace cm::command {
void on_selected(CLI::App& app, std::function<void()> selected) {
    app.callback(std::move(selected));
}

namespace {

/// What holds for every command.
void define_common_arguments(CLI::App& app, Context& context) {
    app.require_subcommand(1);
    app.set_help_flag("-h,--help", "Show help");
    app.formatter_fn(
        [](CLI::App const* of, std::string const&, CLI::AppFormatMode) { return help(*of); });
    app.set_version_flag("-v,-V,--version", fmt::format("cm-migrate {}", cm_migrate::version()),
                         "Show the version");
    // Read before all else where it stands in front: see take_leading_folders.
    app.add_option_function<std::string>(
           "-C",
           [](std::string const&) {
               throw Failure(error("CM0001", "`-C` must come before the command")
                                 .help("write it first: `cm-migrate -C DIR COMMAND`"),
                             ExitCode::usage);
           })
        ->type_name("DIR")
        ->description("Run as if started in this folder; must come before the command");
    app.add_option_function<std::string>(
           "--color",
           [&context](std::string const& choice) {
               context.terminal.choose_color(choice == "always"  ? ColorChoice::always
                                             : choice == "never" ? ColorChoice::never
                                                                 : ColorChoice::automatic);
           })
        ->description("When to color the output (default: auto)");
    take_one_of(*app.get_option("--color"), {"auto", "always", "never"});
    add_log_options(app, context.log);
    app.add_flag_callback(
        "-q,--quiet", [&context] { context.terminal.be_quiet(); },
        "Print only errors and requested output; ask no questions");
    app.add_flag_callback(
        "--verbose", [&context] { context.terminal.be_verbose(); },
        "Report connections, locks and statements on standard error");
}

CLI::App& add_command(CLI::App& app, Command const& command) {
    auto* const sub = app.add_subcommand(std::string{command.name}, std::string{command.summary});
    sub->fallthrough();  // to --color, --quiet and --log-file
    return *sub;
}

void define_options(CLI::App& sub, Command const& command, Context& context) {
    sub.formatter_fn([&command](CLI::App const* of, std::string const&, CLI::AppFormatMode) {
        return help(command, *of);
    });
    command.define(sub, context);
    // Looked for before all else, so that errors in the arguments are printed so, too.
    sub.add_flag_callback(
        "--json", [] {}, std::string{command.json});
}

}  // namespace

void define_arguments(CLI::App& app, Context& context, std::vector<std::string> const& words) {
    define_common_arguments(app, context);
    for (auto const* const command : commands()) {
        auto& sub = add_command(app, *command);
        if (std::find(words.begin(), words.end(), command->name) != words.end())
            define_options(sub, *command, context);
    }
}

void define_arguments(CLI::App& app, Context& context) {
    define_common_arguments(app, context);
    for (auto const* const command : commands()) {
        define_options(add_command(app, *command), *command, context);
    }
}

std::vector<std::filesystem::path> take_leading_folders(std::vector<std::string>& words) {
    std::vector<std::filesystem::path> folders{};
    std::size_t at = 0;
    for (; at < words.size() && words[at].starts_with("-C"); ++at) {
        if (words[at].size() > 2) {
            folders.emplace_back(words[at].substr(2));
        } else if (at + 1 < words.size()) {
            folders.emplace_back(words[++at]);
        } else {
            throw Failure(error("CM0001", "`-C` requires a value")
                              .help("`cm-migrate -C DIR COMMAND` runs the command in that folder"),
                          ExitCode::usage);
        }
    }
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(at));
    return folders;
}

std::vector<std::string> in_our_spelling(std::vector<std::string> all) {
    // Options of the program itself may stand in front.
    std::size_t at = 0;
    auto const is_flag = [](std::string const& word) {
        return word == "-q" || word == "--quiet" || word == "--verbose";
    };
    while (at < all.size() &&
           (all[at].starts_with("--color") || all[at].starts_with("--log-") || is_flag(all[at]))) {
        at += is_flag(all[at]) || all[at].find('=') != std::string::npos ? 1 : 2;
    }
    if (at >= all.size()) return all;
    auto const place = all.begin() + static_cast<std::ptrdiff_t>(at);
    if (*place == "version") {
        *place = "--version";
        return all;
    }
    if (*place == "help") {
        all.erase(place);
        all.emplace_back("--help");
    }
    if (at + 1 >= all.size()) return all;
    auto const full = all[at] + " " + all[at + 1];
    auto const is_prismas = [&](Command const* command) { return command->prisma == full; };
    auto const found = std::find_if(commands().begin(), commands().end(), is_prismas);
    if (found != commands().end()) {
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
        all[at] = (*found)->name;
    }
    return all;
}

}  // namespace cm::command
