// Where the log goes: --log-file, --log-level, --log-format, CM_MIGRATE_LOG.
#pragma once
#include <optional>
#include <string>

#include "base/log.hpp"
#include "engine/environment.hpp"

namespace CLI {
class App;
}

namespace cm::command {

/// As given on the command line.
struct LogChoice {
    std::optional<std::string> file{};
    std::optional<std::string> level{};
    std::optional<std::string> format{};
};

void add_log_options(CLI::App& app, LogChoice& choice);

/// What was asked for, the command line before the environment; none if there is to be no log.
/// Throws Failure CM0001.
std::optional<log::Options> log_options(LogChoice const& choice,
                                        engine::Environment const& environment);

}  // namespace cm::command
