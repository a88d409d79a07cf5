// See bounded_reading.hpp.
#include "engine/bounded_reading.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/diagnostic.hpp"
#include "base/elapsed.hpp"
#include "base/log.hpp"
#include "base/sqlstate.hpp"

namespace cm::engine {
namespace {

std::string seconds(std::chrono::milliseconds time) {
    auto const whole = std::chrono::duration_cast<std::chrono::seconds>(time);
    return whole == time ? fmt::format("{} s", whole.count()) : fmt::format("{} ms", time.count());
}

std::string line(std::string_view what, std::vector<Blocker> const& blockers) {
    auto text = fmt::format("Waiting for a lock to {}", what);
    for (auto const& blocker : blockers) {
        auto const who = blocker.pid == 0 ? "a prepared transaction" : describe(blocker);
        text += fmt::format("{} {}", &blocker == &blockers.front() ? "; held by" : ", and by", who);
    }
    return text;
}

[[noreturn]] void throw_locked(std::string const& what, std::chrono::milliseconds waited,
                               std::vector<Blocker> const& blockers) {
    auto diagnostic =
        error("CM0558", "cannot {}: could not acquire a lock within {}", what, seconds(waited))
            .about({.sqlstate = std::string(sqlstate::lock_not_available)});
    for (auto const& blocker : blockers) {
        diagnostic.about({.process = blocker.pid});
        diagnostic.note("the lock is held by {}", describe(blocker));
        diagnostic.help("`SELECT pg_terminate_backend({})` ends that session", blocker.pid);
    }
    throw Failure(std::move(diagnostic)
                      .help("wait until it is released, then run the command again; "
                            "`--lock-timeout` sets how long to wait for it"),
                  ExitCode::busy);
}

/// Within this time the error itself comes, which says as much.
constexpr std::chrono::milliseconds short_wait{1500};

/// Whoever is in the way has to be seen before the wait ends.
std::chrono::milliseconds first_look(std::chrono::milliseconds timeout) {
    constexpr std::chrono::milliseconds longest{1000};
    return timeout.count() == 0 ? longest : std::min(timeout / 2, longest);
}

/// `what` completes "cannot …".
void run_bounded(pg::Connection& connection, std::string const& what,
                 std::function<void()> const& run) {
    auto const timeout = connection.read_lock_timeout();
    auto const is_long = timeout.count() == 0 || timeout > short_wait;
    auto const& told = connection.read_wait_listener();
    std::vector<Blocker> blockers{};
    Observer const observer{connection, connection.backend_pid(),
                            [&](LongStatement const& statement) {
                                if (statement.blockers.empty()) return;
                                auto const is_first = blockers.empty();
                                blockers = statement.blockers;
                                if (is_first && is_long && told) told(line(what, blockers));
                            },
                            first_look(timeout)};
    Stopwatch const time{};
    try {
        run();
        if (!blockers.empty()) {
            auto const waited =
                std::chrono::duration_cast<std::chrono::milliseconds>(time.exactly());
            connection.add_read_wait(waited);
            log::write(log::Level::info, "waited for a lock", {{"waitedMs", waited}});
        }
    } catch (pg::SqlError const& failed) {
        if (failed.server().sqlstate != sqlstate::lock_not_available) throw;
        throw_locked(what, timeout, blockers);
    }
}

/// The limit of a session, for as long as this lives.
class LockLimit {
  public:
    explicit LockLimit(pg::Connection& connection) : connection_(connection) {
        auto const timeout = connection.read_lock_timeout().count();
        if (timeout == 0) return;
        connection.execute(fmt::format("SET lock_timeout = {}", timeout));
        is_set_ = true;
    }

    ~LockLimit() {
        if (!is_set_) return;
        pg::InterruptsIgnored const tidying{};
        try {
            connection_.execute("SET lock_timeout = 0");
        } catch (std::exception const& gone) {
            log::swallowed("resetting lock_timeout", gone);
            // The connection is gone, and its settings with it.
        }
    }

    LockLimit(LockLimit const&) = delete;
    LockLimit& operator=(LockLimit const&) = delete;

  private:
    pg::Connection& connection_;
    bool is_set_{};
};

}  // namespace

void read_bounded(pg::Connection& connection, std::string_view what,
                  std::function<void()> const& read) {
    run_bounded(connection, fmt::format("read {}", what), read);
}

void write_bounded(pg::Connection& connection, std::string_view what,
                   std::function<void()> const& write) {
    LockLimit const limit{connection};
    run_bounded(connection, fmt::format("write to {}", what), write);
}

}  // namespace cm::engine
