// See bounded_reading.hpp.
#include "engine/bounded_reading.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/diagnostic.hpp"

namespace cm::engine {
namespace {

constexpr std::string_view lock_not_available = "55P03";

std::string seconds(std::chrono::milliseconds time) {
    auto const whole = std::chrono::duration_cast<std::chrono::seconds>(time);
    return whole == time ? fmt::format("{} s", whole.count()) : fmt::format("{} ms", time.count());
}

[[noreturn]] void throw_locked(std::string_view what, std::chrono::milliseconds waited,
                               std::vector<Blocker> const& blockers) {
    auto diagnostic =
        error("CM0558", "cannot read {}: a lock was not released within {}", what, seconds(waited));
    for (auto const& blocker : blockers) {
        diagnostic.note("the lock is held by {}", describe(blocker));
        diagnostic.help("`SELECT pg_terminate_backend({})` ends that session", blocker.pid);
    }
    throw Failure(std::move(diagnostic)
                      .help("wait until it is released, then run the command again; "
                            "`--lock-timeout` says how long to wait for it"),
                  ExitCode::busy);
}

/// Whoever is in the way has to be seen before the wait ends.
std::chrono::milliseconds first_look(std::chrono::milliseconds timeout) {
    constexpr std::chrono::milliseconds longest{1000};
    return timeout.count() == 0 ? longest : std::min(timeout / 2, longest);
}

}  // namespace

void read_bounded(pg::Connection& connection, std::string_view what,
                  std::function<void()> const& read) {
    auto const timeout = connection.read_lock_timeout();
    std::vector<Blocker> blockers{};
    Observer const observer{connection, connection.backend_pid(),
                            [&](LongStatement const& statement) {
                                if (!statement.blockers.empty()) blockers = statement.blockers;
                            },
                            first_look(timeout)};
    try {
        read();
    } catch (pg::SqlError const& failed) {
        if (failed.server().sqlstate != lock_not_available) throw;
        throw_locked(what, timeout, blockers);
    }
}

}  // namespace cm::engine
