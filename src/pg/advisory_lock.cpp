// See advisory_lock.hpp.
#include "pg/advisory_lock.hpp"

#include <algorithm>
#include <cstdint>

#include "base/diagnostic.hpp"
#include "base/elapsed.hpp"
#include "base/log.hpp"
#include "base/sha256.hpp"
#include "pg/pooler.hpp"
#include "pg/shown_query.hpp"

namespace cm::pg {
namespace {

using Clock = std::chrono::steady_clock;

std::int64_t lock_key(std::string_view text) {
    return static_cast<std::int64_t>(std::stoull(sha256(text).substr(0, 16), nullptr, 16));
}

/// The lock would go with a session that the server ends because it has been idle: while somebody
/// thinks about an answer, or migrations are replayed elsewhere.
constexpr std::string_view stay_connected =
    "pg_catalog.set_config('idle_session_timeout', '0', false)";

bool ends_idle_sessions(Connection const& connection) {
    return connection.server_version() >= 140000;
}

bool try_lock(Connection& connection, std::int64_t key) {
    return connection
        .fetch("SELECT pg_try_advisory_lock($1::bigint) AS taken", {std::to_string(key)})[0]
        .boolean("taken");
}

/// Through a direct connection the server's process can be told at once; whoever serves another one
/// than was connected to is looked into first.
std::optional<bool> try_lock_directly(Connection& connection, std::int64_t key) {
    auto const rows = connection.fetch(
        fmt::format("SELECT CASE WHEN pg_backend_pid() = $1::int THEN "
                    "pg_try_advisory_lock($2::bigint) END AS taken, CASE WHEN pg_backend_pid() = "
                    "$1::int THEN {} END",
                    ends_idle_sessions(connection) ? stay_connected : "NULL"),
        {std::to_string(connection.backend_pid()), std::to_string(key)});
    if (rows[0].is_null("taken")) {
        return {};
    }
    return rows[0].boolean("taken");
}

std::string query_for(std::int64_t key) {
    return fmt::format(
        "SELECT a.pid, a.application_name, coalesce(a.client_hostname, host(a.client_addr), "
        "'local') AS client, to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS') AS since, "
        "CASE WHEN a.state <> 'idle' THEN a.query END AS query, "
        "l.pid IS NOT NULL AS holds_lock "
        "FROM pg_catalog.pg_stat_activity a LEFT JOIN (SELECT pid FROM pg_catalog.pg_locks "
        "WHERE locktype = 'advisory' AND granted AND objsubid = 1 "
        "AND database = (SELECT oid FROM pg_catalog.pg_database "
        "WHERE datname = pg_catalog.current_database()) "
        "AND (classid::bigint << 32 | objid::bigint) = {}) l ON l.pid = a.pid "
        "WHERE a.pid <> pg_catalog.pg_backend_pid() AND (l.pid IS NOT NULL "
        "OR a.datname = pg_catalog.current_database() AND a.application_name = 'cm-migrate' "
        "AND a.backend_xid IS NOT NULL) "
        "ORDER BY l.pid NULLS LAST, a.backend_start LIMIT 1",
        key);
}

LockHolder holder(Connection& connection, std::int64_t key) {
    return lock_holder(connection.fetch(query_for(key))).value_or(LockHolder{});
}

[[noreturn]] void fail(LockHolder const& who) {
    auto diagnostic = error("CM0407", "another cm-migrate is running on this database");
    if (who.pid != 0) {
        diagnostic.about({.process = who.pid});
        diagnostic.note("{}", describe(who));
        if (!who.query.empty()) {
            diagnostic.note("it is running `{}`", who.query);
        }
        diagnostic.help("if it hangs, end it with `SELECT pg_terminate_backend({})`", who.pid);
    }
    throw Failure(
        std::move(diagnostic).help("wait until it has finished, then run the command again"),
        ExitCode::busy);
}

}  // namespace

std::string lock_holder_query(std::string_view key) {
    return query_for(lock_key(key));
}

std::optional<LockHolder> lock_holder(sql::Rows const& rows) {
    if (rows.empty()) {
        return {};
    }
    auto const row = rows[0];
    return LockHolder{static_cast<int>(row.integer("pid")),
                      row.text("application_name"),
                      row.text("client"),
                      row.text("since"),
                      shown_query(row.text("query")),
                      row.boolean("holds_lock")};
}

std::string describe(LockHolder const& holder) {
    auto text = fmt::format("server process {}", holder.pid);
    if (!holder.application.empty()) text += fmt::format(", `{}`", holder.application);
    if (!holder.client.empty()) text += fmt::format(" from {}", holder.client);
    if (!holder.since.empty()) text += fmt::format(", connected since {}", holder.since);
    return text;
}

AdvisoryLock::AdvisoryLock(Connection& connection, std::string_view key,
                           std::chrono::milliseconds patience,
                           std::function<void(LockHolder const&)> waiting)
    : connection_(connection),
      key_(lock_key(key)),
      patience_(patience),
      waiting_(std::move(waiting)) {
    take(patience_);
}

void AdvisoryLock::take_again() {
    // The server notices a lost client only when it next talks to it.
    take(std::max<std::chrono::milliseconds>(patience_, std::chrono::seconds(60)));
}

void AdvisoryLock::take(std::chrono::milliseconds patience) {
    auto const deadline = Clock::now() + patience;
    auto const direct = try_lock_directly(connection_, key_);
    backend_pid_ = direct ? connection_.backend_pid() : refuse_transaction_pooler(connection_);
    auto wait = std::chrono::milliseconds(20);
    bool told = false;
    Stopwatch const time{};
    for (bool taken = direct.value_or(false); !taken && !try_lock(connection_, key_);) {
        if (Clock::now() >= deadline) {
            log::write(log::Level::warning, "lock not taken", {{"waitedMs", time.exactly()}});
            fail(holder(connection_, key_));
        }
        if (!told && (waiting_ || log::is_on(log::Level::info))) {
            auto const who = holder(connection_, key_);
            log::write(log::Level::info, "waiting for the lock",
                       {{"holder", who.pid}, {"application", who.application}});
            if (waiting_) waiting_(who);
        }
        told = true;
        pg::pause(wait);
        wait = std::min(wait * 2, std::chrono::milliseconds(500));
    }
    log::write(log::Level::info, "lock taken",
               {{"database", database_name(connection_.url())},
                {"backend", backend_pid_},
                {"waitedMs", told ? std::optional{time.exactly()} : std::nullopt}});
}

std::string AdvisoryLock::hold_statement() const {
    return fmt::format("SELECT pg_catalog.pg_advisory_xact_lock({})", key_);
}

std::string AdvisoryLock::restore_statements() const {
    // Never waits: another session that was quick enough keeps it.
    return fmt::format(
        "SELECT pg_catalog.pg_advisory_unlock_all();"
        "SELECT pg_catalog.pg_try_advisory_lock({}) AS kept",
        key_);
}

AdvisoryLock::~AdvisoryLock() {
    InterruptsIgnored const tidying{};
    try {
        connection_.fetch("SELECT pg_advisory_unlock($1::bigint)", {std::to_string(key_)});
        log::write(log::Level::info, "lock released", {{"backend", backend_pid_}});
    } catch (std::exception const& gone) {
        // The session is gone, and with it the lock.
        log::swallowed("releasing the lock", gone);
    }
}

}  // namespace cm::pg
