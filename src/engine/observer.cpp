// See observer.hpp.
#include "engine/observer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "base/elapsed.hpp"
#include "base/log.hpp"
#include "engine/observer.sql.hpp"
#include "pg/shown_query.hpp"

namespace cm::engine {
namespace {

/// A view of the server's that says how far one kind of work has come.
struct ProgressView {
    int since{};  ///< version of the server
    std::string_view query{};
};

/// `phase` tells apart what is counted by itself. A total of 0 is unknown.
constexpr std::array progress_views{
    ProgressView{120000,
                 "SELECT command AS what, relid, phase, "
                 "CASE WHEN tuples_total > 0 THEN tuples_done ELSE blocks_done END AS done, "
                 "CASE WHEN tuples_total > 0 THEN tuples_total ELSE blocks_total END AS total "
                 "FROM pg_catalog.pg_stat_progress_create_index WHERE pid = $1::int"},
    ProgressView{0,
                 "SELECT 'VACUUM', relid, phase, heap_blks_scanned, "
                 "heap_blks_total FROM pg_catalog.pg_stat_progress_vacuum WHERE pid = $1::int"},
    ProgressView{120000,
                 "SELECT command, relid, phase, heap_blks_scanned, "
                 "heap_blks_total FROM pg_catalog.pg_stat_progress_cluster WHERE pid = $1::int"},
    ProgressView{130000,
                 "SELECT 'ANALYZE', relid, phase, sample_blks_scanned, "
                 "sample_blks_total FROM pg_catalog.pg_stat_progress_analyze WHERE pid = $1::int"},
    ProgressView{140000,
                 "SELECT command, relid, tuples_processed || ' rows', "
                 "bytes_processed, bytes_total FROM pg_catalog.pg_stat_progress_copy "
                 "WHERE pid = $1::int AND relid <> 0"},
};

std::string work_query(int server_version) {
    std::string views{};
    for (auto const& view : progress_views) {
        if (server_version < view.since) continue;
        if (!views.empty()) views += " UNION ALL ";
        views += view.query;
    }
    // A table that the migration makes itself has no name for others yet.
    return "SELECT what || coalesce(' on ' || (SELECT c.oid::regclass FROM pg_catalog.pg_class c "
           "WHERE c.oid = relid), '') AS what, phase, done::float8 AS done, total::float8 AS "
           "total, "
           "CASE WHEN total > 0 THEN least(100, 100 * done / total) END AS percent FROM (" +
           views + ") AS work (what, relid, phase, done, total)";
}

std::vector<std::optional<std::string>> parameter(int pid) {
    return {std::to_string(pid)};
}

/// Of another cm-migrate, what the migration says.
std::string query_of(std::string_view application, std::string const& query) {
    return application == "cm-migrate" ? pg::shown_query(query) : pg::in_one_line(query);
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
        text += fmt::format(", its transaction open for {}",
                            format_duration(std::chrono::seconds{blocker.age_seconds}));
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
        diagnostic.about({.process = blocker.pid})
            .note("it was waiting for {}", describe(blocker))
            .help("if it hangs, end it: `SELECT pg_terminate_backend({});`", blocker.pid);
    }
}

namespace {

void tell_log(LongStatement const& statement) {
    if (!log::is_on(log::Level::info)) return;
    for (auto const& blocker : statement.blockers) {
        log::write(log::Level::info, "waiting for a lock",
                   {{"elapsedMs", statement.elapsed},
                    {"holder", blocker.pid},
                    {"user", blocker.user},
                    {"application", blocker.application},
                    {"query", blocker.query}});
    }
    if (!statement.blockers.empty()) return;
    log::write(log::Level::info, "statement is running",
               {{"elapsedMs", statement.elapsed},
                {"work", statement.work ? statement.work->what : std::string{}},
                {"phase", statement.work ? statement.work->phase : std::string{}},
                {"percent", statement.work ? statement.work->percent : std::nullopt}});
}

}  // namespace

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
    } catch (std::exception const& failed) {
        log::swallowed("looking at the running statement", failed);
        gave_up_ = true;  // no connection to spare, or no right to look
        second_.reset();
    }
    tell_log(statement);
    if (!statement.blockers.empty()) last_blockers_ = statement.blockers;
    if (told_) told_(statement);
}

std::optional<std::chrono::milliseconds> Observer::estimate(LongWork const& work, double done,
                                                            double total) {
    // Of COPY, what is called the phase changes with each row.
    auto phase = work.what + (work.phase.ends_with(" rows") ? "" : work.phase);
    if (phase_start_.phase != phase || done < phase_start_.done) {
        phase_start_ = {std::move(phase), done, {}};
        return {};
    }
    auto const seen = done - phase_start_.done;
    constexpr std::chrono::milliseconds enough{500};
    auto const watched = phase_start_.since.elapsed();
    if (seen <= 0 || watched < enough) return {};
    auto const left = static_cast<double>(watched.count()) * (total - done) / seen;
    return std::chrono::milliseconds{static_cast<std::int64_t>(std::max(left, 0.0))};
}

void Observer::ask(LongStatement& statement) {
    if (second_ == nullptr) {
        second_ = std::make_unique<pg::Connection>(connection_.url());
        second_->execute("SET statement_timeout = '3s'");
    }
    auto const work =
        second_->fetch(work_query(second_->server_version()), parameter(backend_pid_));
    if (!work.empty()) {
        auto const row = work[0];
        statement.work = LongWork{row.text("what"), row.text("phase"), {}, {}};
        if (!row.is_null("percent")) {
            statement.work->percent = static_cast<int>(row.integer("percent"));
            statement.work->left = estimate(*statement.work, std::stod(row.text("done")),
                                            std::stod(row.text("total")));
        }
    }
    auto const blockers = second_->fetch(sql_text::engine_observer, parameter(backend_pid_));
    for (std::size_t i = 0; i < blockers.size(); ++i) {
        auto const row = blockers[i];
        auto const application = row.text("application_name");
        statement.blockers.push_back({static_cast<int>(row.integer("pid")), row.text("usename"),
                                      application, query_of(application, row.text("query")),
                                      row.text("state"), static_cast<int>(row.integer("age"))});
    }
}

}  // namespace cm::engine
