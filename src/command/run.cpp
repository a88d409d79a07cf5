// See run.hpp.
#include "command/run.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdlib>

#include "command/arguments.hpp"
#include "command/command.hpp"
#include "pg/connection.hpp"

extern char** environ;

namespace cm::command {

namespace {

engine::Environment process_environment() {
    engine::Environment environment{.working_directory = std::filesystem::current_path(),
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
    if (auto const fixed = engine::variable(environment, "CM_MIGRATE_NOW")) {
        std::string digits{};
        for (auto const c : *fixed) {
            if (c >= '0' && c <= '9') {
                digits += c;
            }
        }
        return digits;
    }
    auto const now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    return fmt::format("{:%Y%m%d%H%M%S}", fmt::gmtime(now));
}

/// `migrate dev` → `dev`, `db push` → `push`: a script that calls Prisma changes only the program's
/// name.
std::vector<std::string> arguments(int argc, char** argv) {
    std::vector<std::string> all(argv + 1, argv + argc);
    if (all.size() < 2) {
        return all;
    }
    auto const full = all[0] + " " + all[1];
    for (auto const* const command : commands()) {
        if (command->prisma == full && full.find(' ') != std::string::npos) {
            all.erase(all.begin());
            break;
        }
    }
    return all;
}

ExitCode perform(Context& context) {
    try {
        return context.action();
    } catch (Failure const& failure) {
        context.terminal.report(failure.diagnostics(), context.sources);
        return failure.exit_code();
    } catch (pg::SqlError const& refused) {
        try {
            pg::throw_failure(refused, "talking to the server");
        } catch (Failure const& failure) {
            context.terminal.report(failure.diagnostics(), context.sources);
            return failure.exit_code();
        }
    } catch (std::exception const& unexpected) {
        context.terminal.report({error("CM0000", "{}", unexpected.what())
                                     .help("this is a fault of cm-migrate: please report it")},
                                context.sources);
        return ExitCode::failure;
    }
}

}  // namespace

int run(int argc, char** argv) {
    pg::install_interrupt_handler();
    auto environment = process_environment();
    Terminal terminal{engine::variable(environment, "NO_COLOR").has_value()};
    Context context{.terminal = terminal, .environment = environment};
    context.timestamp = [environment] { return timestamp(environment); };
    CLI::App app{"PostgreSQL migrations from a Prisma schema", "cm-migrate"};
    define_arguments(app, context);
    auto words = arguments(argc, argv);
    std::reverse(words.begin(), words.end());  // CLI11 takes them from the back
    try {
        app.parse(std::move(words));
    } catch (CLI::ParseError const& wrong) {
        return app.exit(wrong) == 0 ? 0 : static_cast<int>(ExitCode::usage);
    }
    return static_cast<int>(perform(context));
}

}  // namespace cm::command
