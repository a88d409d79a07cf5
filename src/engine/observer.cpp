// See observer.hpp.
#include "engine/observer.hpp"

#include <fmt/format.h>

#include <utility>

#include "pg/shown_query.hpp"

namespace cm::engine {
namespace {

constexpr std::string_view work_query =
    "SELECT what, phase, CASE WHEN total > 0 THEN least(100, 100 * done / total) END AS percent "
    "FROM (SELECT command || ' on ' || relid::regclass AS what, phase, "
    "CASE WHEN tuples_total > 0 THEN tuples_done ELSE blocks_done END AS done, "
    "CASE WHEN tuples_total > 0 THEN tuples_total ELSE blocks_total END AS total "
    "FROM pg_stat_progress_create_index WHERE pid = $1::int "
    "UNION ALL SELECT 'VACUUM on ' || relid::regclass, phase, heap_blks_scanned, heap_blks_total "
    "FROM pg_stat_progress_vacuum WHERE pid = $1::int "
    "UNION ALL SELECT command || ' on ' || relid::regclass, phase, heap_blks_scanned, "
    "heap_blks_total FROM pg_stat_progress_cluster WHERE pid = $1::int) AS work";

constexpr std::string_view blockers_query =
    "SELECT b.pid, a.usename, a.application_name, a.state, "
    "a.query, "
    "greatest(0, extract(epoch FROM clock_timestamp() - a.xact_start))::int AS age "
    "FROM (SELECT DISTINCT unnest(pg_blocking_pids($1::int)) AS pid) AS b "
    "LEFT JOIN pg_stat_activity a ON a.pid = b.pid ORDER BY age DESC NULLS LAST, b.pid";

std::vector<std::optional<std::string>> parameter(int pid) {
    return {std::to_string(pid)};
}

/// Of another cm-migrate, what the migration says.
std::string query_of(std::string_view application, std::string const& query) {
    return application == "cm-migrate" ? pg::shown_query(query) : pg::in_one_line(query);
}

std::string duration(int seconds) {
    constexpr int minute = 60;
    return seconds < minute ? fmt::format("{} s", seconds)
                            : fmt::format("{} min {} s", seconds / minute, seconds % minute);
}

}  // namespace

std::string describe(Blocker const& blocker) {
    auto text = fmt::format("process {}", blocker.pid);
    if (!blocker.user.empty()) {
        text += fmt::format(" of `{}`", blocker.user);
    }
    if (!blocker.application.empty()) {
        text += fmt::format(" (`{}`)", blocker.application);
    }
    if (blocker.age_seconds > 0) {
        text += fmt::format(", its transaction open for {}", duration(blocker.age_seconds));
    }
    if (!blocker.query.empty()) {
        text += fmt::format(", {} `{}`", blocker.state == "active" ? "running" : "last ran",
                            blocker.query);
    }
    return text;
}

void add_blockers(Diagnostic& diagnostic, std::vector<Blocker> const& blockers) {
    for (auto const& blocker : blockers) {
        if (blocker.pid == 0) {  // a prepared transaction has no process
            diagnostic.note("a prepared transaction holds the lock")
                .help(
                    "`SELECT gid, prepared FROM pg_prepared_xacts;` lists them; `ROLLBACK "
                    "PREPARED` "
                    "or `COMMIT PREPARED` ends one");
            continue;
        }
        diagnostic.note("it waited for {}", describe(blocker))
            .help("if it hangs, end it: `SELECT pg_terminate_backend({});`", blocker.pid);
    }
}

Observer::Observer(pg::Connection& connection, int backend_pid,
                   std::function<void(LongStatement const&)> told, std::chrono::milliseconds first)
    : connection_(connection), backend_pid_(backend_pid), told_(std::move(told)) {
    before_ = connection_.on_wait(
        {.told = [this](std::chrono::milliseconds elapsed) { look(elapsed); }, .first = first});
}

Observer::~Observer() {
    connection_.on_wait(std::move(before_));
}

void Observer::look(std::chrono::milliseconds elapsed) {
    LongStatement statement{.elapsed = elapsed};
    // Whether we are to stop is for the connection that works to say.
    pg::InterruptsIgnored const looking{};
    try {
        if (!gave_up_) {
            ask(statement);
        }
    } catch (std::exception const&) {
        gave_up_ = true;  // no connection to spare, or no right to look
        second_.reset();
    }
    if (!statement.blockers.empty()) last_blockers_ = statement.blockers;
    if (told_) told_(statement);
}

void Observer::ask(LongStatement& statement) {
    if (second_ == nullptr) {
        second_ = std::make_unique<pg::Connection>(connection_.url());
        second_->execute("SET statement_timeout = '3s'");
    }
    auto const work = second_->fetch(work_query, parameter(backend_pid_));
    if (!work.empty()) {
        auto const row = work[0];
        statement.work = LongWork{row.text("what"), row.text("phase"), {}};
        if (!row.is_null("percent")) {
            statement.work->percent = static_cast<int>(row.integer("percent"));
        }
    }
    auto const blockers = second_->fetch(blockers_query, parameter(backend_pid_));
    for (std::size_t i = 0; i < blockers.size(); ++i) {
        auto const row = blockers[i];
        auto const application = row.text("application_name");
        statement.blockers.push_back({static_cast<int>(row.integer("pid")), row.text("usename"),
                                      application, query_of(application, row.text("query")),
                                      row.text("state"), static_cast<int>(row.integer("age"))});
    }
}

}  // namespace cm::engine
