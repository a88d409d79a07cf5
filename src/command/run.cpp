// See run.hpp.
#include "command/run.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <sstream>

#include "base/elapsed.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "cm_migrate/version.hpp"
#include "command/arguments.hpp"
#include "command/command.hpp"
#include "command/json_output.hpp"
#include "pg/connection.hpp"

extern char** environ;

namespace cm::command {

namespace {

engine::Environment process_environment() {
    std::error_code gone{};  // the folder may have been removed: then paths are relative
    engine::Environment environment{.working_directory = std::filesystem::current_path(gone),
                                    .variables = {}};
    for (char** entry = environ; *entry != nullptr; ++entry) {
        std::string_view const text{*entry};
        auto const equals = text.find('=');
        if (equals == std::string_view::npos) {
            continue;
        }
        environment.variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return environment;
}

/// UTC as migrations are named. CM_MIGRATE_NOW (`2026-01-01T00:00:00Z`) stands in for the clock in
/// tests.
std::string timestamp(engine::Environment const& environment) {
    constexpr std::size_t length = 14;
    std::string digits{};
    for (auto const c : engine::variable(environment, "CM_MIGRATE_NOW").value_or("")) {
        if (is_digit(c)) {
            digits += c;
        }
    }
    if (digits.size() == length) {
        return digits;
    }
    auto const now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    return fmt::format("{:%Y%m%d%H%M%S}", fmt::gmtime(now));
}

/// https://no-color.org, https://bixense.com/clicolors, and the terminal that can do nothing.
TerminalHabits terminal_habits(engine::Environment const& environment) {
    auto const is_one = [&](char const* name) {
        auto const value = engine::variable(environment, name);
        return value && *value != "0";
    };
    std::optional<std::string> annotation_folder{};
    if (engine::variable(environment, "GITHUB_ACTIONS") == "true") {
        auto const workspace = engine::variable(environment, "GITHUB_WORKSPACE");
        auto const folder = workspace ? environment.working_directory.lexically_relative(*workspace)
                                      : std::filesystem::path{};
        annotation_folder = folder == "." ? "" : folder.string();
    }
    return {.no_color = engine::variable(environment, "NO_COLOR").has_value(),
            .force_color = is_one("CLICOLOR_FORCE"),
            .is_dumb = engine::variable(environment, "TERM") == "dumb",
            .annotation_folder = std::move(annotation_folder)};
}

/// A standard stream that was closed would give its number to a connection, and our output would go
/// to the server.
void open_standard_streams() {
    for (int const stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(stream, F_GETFD) < 0) {
            ::open("/dev/null", stream == STDIN_FILENO ? O_RDONLY : O_WRONLY);
        }
    }
}

/// A reader that went away and a full disk are errors of that write, not the end of the program:
/// work that has begun is brought to its end. A handler, because programs that we start inherit
/// what is ignored, but no handlers.
void survive_failing_writes() {
    struct sigaction action {};

    action.sa_handler = [](int) {};
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (auto const number : {SIGPIPE, SIGXFSZ}) {
        ::sigaction(number, &action, nullptr);
    }
}

/// The commands that it advises, as they have to be typed.
Failure with_options_repeated(Failure const& failure, RepeatedOptions const& repeated) {
    auto diagnostics = failure.diagnostics();
    for (auto& diagnostic : diagnostics) {
        diagnostic.message = with_options_in(diagnostic.message, repeated);
        for (auto& note : diagnostic.notes) note = with_options_in(note, repeated);
        for (auto& help : diagnostic.helps) help = with_options_in(help, repeated);
    }
    return Failure(std::move(diagnostics), failure.exit_code());
}

void log_failure(Failure const& failure) {
    if (!log::is_on(log::Level::error)) return;
    for (auto const& diagnostic : failure.diagnostics()) {
        auto const facts = diagnostic.facts ? *diagnostic.facts : Facts{};
        log::write(diagnostic.severity == Severity::error ? log::Level::error : log::Level::warning,
                   "reported",
                   {{"code", diagnostic.code},
                    {"message", diagnostic.message},
                    {"sqlstate", facts.sqlstate},
                    {"migration", facts.migration}});
    }
}

ExitCode report(Context& context, Failure const& given) {
    auto const failure = with_options_repeated(given, context.terminal.repeated());
    log_failure(failure);
    tell_failure(context, failure);
    context.terminal.report(failure.diagnostics(), context.sources);
    return failure.exit_code();
}

/// Parses the command line; the exit code if that is all there is to do.
std::optional<ExitCode> parse(CLI::App& app, Context& context, std::vector<std::string> given) {
    if (given.empty()) {
        context.terminal.remark(app.help());
        return ExitCode::usage;
    }
    refuse_unknown_command(given);
    std::reverse(given.begin(), given.end());  // CLI11 takes them from the back
    try {
        app.parse(std::move(given));
        return {};
    } catch (CLI::Success const& asked) {  // --help, --version
        std::ostringstream output{}, errors{};
        app.exit(asked, output, errors);
        if (context.terminal.writes_only_data()) {
            return tell_result(context, {{"text", output.str()}});
        }
        context.terminal.text(output.str());
        return ExitCode::ok;
    } catch (CLI::ParseError const& wrong) {
        throw Failure(diagnose(app, wrong), ExitCode::usage);
    }
}

/// What stands behind `--` is for another program.
bool asks_for_json(std::vector<std::string> const& words) {
    auto const end = std::find(words.begin(), words.end(), "--");
    return std::find(words.begin(), end, "--json") != end;
}

ExitCode perform(Context& context, std::vector<std::string> given) {
    CLI::App app{std::string{program_summary}, "cm-migrate"};
    define_arguments(app, context, given);
    if (auto const done = parse(app, context, std::move(given))) {
        return *done;
    }
    if (auto const log = log_options(context.log, context.environment)) {
        log::open(*log);
        log::write(log::Level::info, "started",
                   {{"command", app.get_subcommands().front()->get_name()},
                    {"version", cm_migrate::version()},
                    {"folder", context.environment.working_directory.string()}});
    }
    try {
        return context.action();
    } catch (pg::SqlError const& refused) {
        pg::throw_failure(refused, "a statement of cm-migrate");
    }
}

}  // namespace

ExitCode report_failures(Context& context, std::function<ExitCode()> const& action) {
    try {
        return action();
    } catch (Failure const& failure) {
        return report(context, failure);
    } catch (std::exception const& unexpected) {
        return report(
            context,
            Failure(error("CM0000", "{}", unexpected.what())
                        .help("this is an internal error of cm-migrate: please report it")));
    }
}

/// As git does it: each folder is looked for in the one before. Throws Failure CM0001.
void go_to(std::vector<std::filesystem::path> const& folders) {
    for (auto const& folder : folders) {
        std::error_code failed{};
        std::filesystem::current_path(folder, failed);
        if (failed) {
            throw Failure(error("CM0001", "`-C`: `{}`: {}", folder.string(), failed.message()),
                          ExitCode::usage);
        }
    }
}

int run(int argc, char** argv) {
    Stopwatch const time{};
    open_standard_streams();
    survive_failing_writes();
    pg::install_interrupt_handler();
    auto environment = process_environment();
    Terminal terminal{terminal_habits(environment)};
    Context context{.terminal = terminal};
    context.timestamp = [&environment] { return timestamp(environment); };
    auto result = report_failures(context, [&] {
        std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
        if (asks_for_json(words)) terminal.only_data();
        if (auto const folders = take_leading_folders(words); !folders.empty()) {
            go_to(folders);
            environment.working_directory = std::filesystem::current_path();
            terminal.set_habits(terminal_habits(environment));
            for (auto const& folder : folders) {
                terminal.repeated().before += fmt::format("-C {} ", shell_word(folder.string()));
            }
        }
        context.environment = environment;
        return perform(context, in_our_spelling(std::move(words)));
    });
    if (!terminal.has_written_data()) tell_result(context, {}, result);
    log::write(log::Level::info, "finished",
               {{"exitCode", static_cast<int>(result)}, {"elapsedMs", time.exactly()}});
    if (auto const& unwritten = log::failure()) {
        terminal.remark(fmt::format("The log could not be written: {}", *unwritten));
    }
    if (auto const unwritten = terminal.failure(); unwritten && result == ExitCode::ok) {
        result = report(context, *unwritten);
    }
    return static_cast<int>(result);
}

}  // namespace cm::command
