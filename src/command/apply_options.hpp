// Options and reports that the commands share which apply migrations.
#pragma once
#include <string>

#include "base/elapsed.hpp"
#include "command/command.hpp"
#include "command/project_options.hpp"
#include "engine/apply_pending.hpp"

namespace cm::command {

/// As the command line has them.
struct ApplyOptions {
    std::string lock_wait = "60s";
    std::string lock_timeout = "5s";
    int lock_retries = 8;
    std::string statement_timeout{};
};

/// --lock-wait: for a command that takes the lock.
void add_lock_wait(CLI::App& app, std::string& lock_wait);
/// --lock-timeout, --lock-retries, --statement-timeout.
void add_limit_options(CLI::App& app, ApplyOptions& options);
/// --lock-timeout: for a command that only looks, or writes to our own tables.
void add_read_lock_timeout(CLI::App& app, engine::ProjectOptions& options);
/// --lock-wait and the limits.
void add_apply_options(CLI::App& app, ApplyOptions& options);

/// Connects, tells what migrations there are, and takes the lock: how a command begins that works
/// on the record.
engine::Session open_history(Context& context, engine::Project const& project,
                             std::string const& lock_wait,
                             MissingDatabase missing = MissingDatabase::refuse);

std::chrono::milliseconds lock_wait(std::string const& text);
engine::ApplySettings settings(ApplyOptions const& options);

/// Attempts at a new connection while a server stays away.
struct Losses {
    int attempts{};
    Stopwatch since{};  ///< the first attempt

    Losses const& add();
};

/// What a terminal is told while migrations are applied; what a program is told by a command that
/// is at work.
engine::ApplyEvents apply_events(Context& context);

/// For a program: an object a line.
engine::ApplyEvents json_events(Context& context);

}  // namespace cm::command
