// CM_MIGRATE_LOG is `LEVEL:FILE`, or `FILE` alone.
#include "command/log_options.hpp"

#include <CLI/CLI.hpp>

#include "base/diagnostic.hpp"
#include "command/arguments.hpp"

namespace cm::command {
namespace {

/// What a colon stands behind is a level only if it is the name of one.
void read_variable(std::string const& value, log::Options& options) {
    auto const colon = value.find(':');
    auto const level = log::level_named(std::string_view(value).substr(0, colon));
    auto const is_leveled = colon != std::string::npos && level;
    if (is_leveled) options.level = *level;
    options.file = is_leveled ? value.substr(colon + 1) : value;
}

}  // namespace

void add_log_options(CLI::App& app, LogChoice& choice) {
    app.add_option("--log-file", choice.file, "Append a log to this file")->type_name("FILE");
    take_one_of(*app.add_option("--log-level", choice.level, "Log level (default: info)"),
                {"error", "warning", "info", "debug", "trace"});
    take_one_of(*app.add_option(
                    "--log-format", choice.format,
                    "Log format: one line of text or one JSON object per entry (default: text)"),
                {"text", "json"});
}

std::optional<log::Options> log_options(LogChoice const& choice,
                                        engine::Environment const& environment) {
    log::Options options{};
    if (auto const value = engine::variable(environment, "CM_MIGRATE_LOG"); value) {
        read_variable(*value, options);
    }
    if (choice.file) options.file = *choice.file;
    if (options.file.empty()) {
        if (!choice.file && !choice.level && !choice.format) return {};
        throw Failure(error("CM0001", "the log needs a file")
                          .help("name one with `--log-file FILE` or `CM_MIGRATE_LOG=debug:FILE`"),
                      ExitCode::usage);
    }
    if (choice.level) options.level = *log::level_named(*choice.level);
    auto const format =
        choice.format ? choice.format : engine::variable(environment, "CM_MIGRATE_LOG_FORMAT");
    if (format && *format == "json") options.format = log::Format::json;
    return options;
}

}  // namespace cm::command
