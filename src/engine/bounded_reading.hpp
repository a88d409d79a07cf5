// Working on a database whose tables others have locked: the wait has an end, and whoever holds it
// up is named.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "engine/observer.hpp"

namespace cm::engine {

/// Runs `read`, whose statements begin with pg::read_lock_limit. If it has to wait, the
/// connection's read_wait_listener hears who holds the lock. Throws Failure CM0558 with
/// ExitCode::busy if a lock is not free in time. `what` completes "cannot read …".
void read_bounded(pg::Connection& connection, std::string_view what,
                  std::function<void()> const& read);

/// Runs `write`, whose statements wait for locks no longer than the connection's read_lock_timeout.
/// Throws Failure CM0558 like read_bounded. `what` completes "cannot write to …".
void write_bounded(pg::Connection& connection, std::string_view what,
                   std::function<void()> const& write);

}  // namespace cm::engine
