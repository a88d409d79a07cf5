// Trying again what PostgreSQL undid for a reason that goes by.
#pragma once
#include <string_view>

#include "history/run_script.hpp"

namespace cm::history {

/// A lock was not to be had in time, or sessions waited for each other: the same may succeed later.
bool is_transient(std::string_view sqlstate);

/// Growing pauses, each with a random part so that those who got into each other's way do not meet
/// again. `attempt` from 1.
std::chrono::milliseconds backoff_delay(int attempt);

/// Tells `options.retrying` and pauses; false if enough has been tried. Throws Failure when
/// interrupted.
bool try_again(pg::ServerMessage const& reason, int attempt, RunOptions const& options);

}  // namespace cm::history
