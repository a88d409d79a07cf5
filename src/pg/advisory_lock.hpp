// One cm-migrate at a time: a session-level advisory lock, taken by polling outside any
// transaction, because a blocked waiter holds a snapshot that would deadlock with CREATE INDEX
// CONCURRENTLY.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "pg/connection.hpp"

namespace cm::pg {

/// Another session of cm-migrate, from pg_locks and pg_stat_activity. What only its owner and
/// superusers see of it stays empty.
struct LockHolder {
    int pid{};
    std::string application{};
    std::string client{};
    std::string since{};
    std::string query{};  ///< what it runs; empty while it is idle
    bool holds_lock{};    ///< else it is known by its application name, and has written
    bool operator==(LockHolder const&) const = default;
};

/// One statement that finds whoever holds the lock of that name in this database, or has
/// cm-migrate's application name and an unfinished transaction that writes: the session of a
/// process that was killed goes on like that.
std::string lock_holder_query(std::string_view key);
/// From the rows of that query.
std::optional<LockHolder> lock_holder(sql::Rows const& rows);

/// "process 12 of the server, `cm-migrate` from 10.0.0.7, connected since …".
std::string describe(LockHolder const& holder);

class AdvisoryLock {
  public:
    /// `key` names what is locked (schema and table; the database is part of what PostgreSQL
    /// locks). Waits up to `patience`, calling `waiting` once when it has to; then throws Failure
    /// CM0407 with ExitCode::busy that says who holds it. Throws Failure CM0414 behind a pooler
    /// that keeps no sessions.
    AdvisoryLock(Connection& connection, std::string_view key, std::chrono::milliseconds patience,
                 std::function<void(LockHolder const&)> waiting);
    AdvisoryLock(AdvisoryLock const&) = delete;
    AdvisoryLock& operator=(AdvisoryLock const&) = delete;
    ~AdvisoryLock();

    /// The server's process behind the connection, a pooler's own number aside.
    int backend_pid() const { return backend_pid_; }

    /// After a reconnection; waits for the session that was lost to end.
    void take_again();

    /// SQL that keeps it, until the transaction ends, from a script that gives locks away.
    std::string hold_statement() const;
    /// SQL that gives back what locks of this kind a script took, and takes this one again; the
    /// last answer is whether that succeeded, `kept`. It does in a transaction that holds it.
    std::string restore_statements() const;

  private:
    void take(std::chrono::milliseconds patience);

    Connection& connection_;
    std::int64_t key_{};
    std::chrono::milliseconds patience_{};
    std::function<void(LockHolder const&)> waiting_{};
    int backend_pid_{};
};

}  // namespace cm::pg
