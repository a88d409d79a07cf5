// See apply_pending.hpp.
#include "engine/apply_pending.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/elapsed.hpp"
#include "base/log.hpp"
#include "base/sqlstate.hpp"
#include "engine/apply_plan.hpp"
#include "engine/development.hpp"
#include "engine/neighbours.hpp"
#include "engine/recorded_state.hpp"
#include "engine/takeover_advice.hpp"
#include "history/apply.hpp"
#include "pg/standby.hpp"

namespace cm::engine {
namespace {

/// Who holds a lock is to be seen before the wait for it ends.
std::chrono::milliseconds first_look(ApplySettings const& settings) {
    using std::chrono::milliseconds;
    constexpr milliseconds longest{1000};
    auto const half = settings.lock_timeout / 2;
    return half.count() == 0 ? longest : std::min(half, longest);
}

void observe(std::optional<Observer>& observer, Session& session, ApplySettings const& settings,
             ApplyEvents const& events) {
    if (session.lock) {
        observer.emplace(*session.connection, session.lock->backend_pid(), events.waiting,
                         first_look(settings));
    }
}

history::RunOptions limits_keeping_lock(Session const& session, ApplySettings const& settings,
                                        ApplyEvents const& events) {
    auto result = limits(settings, events);
    if (session.lock) {
        result.lock = {session.lock->hold_statement(), session.lock->restore_statements()};
    }
    return result;
}

constexpr std::size_t most_notices = 20;

/// Who was in the way, if a lock is not to be had in the end.
std::function<void(Diagnostic&)> explaining(std::optional<Observer> const& observer) {
    return [&observer](Diagnostic& diagnostic) {
        if (observer) add_blockers(diagnostic, observer->last_blockers());
    };
}

std::function<void(pg::ServerMessage const&)> hearing(ApplyEvents const& events,
                                                      NoticeFilter& filter) {
    if (!events.notice) return {};
    return [&filter](pg::ServerMessage const& message) { filter.hear(message); };
}

/// One run over what is pending.
class Application {
  public:
    Application(Session& session, ApplySettings const& settings, ApplyEvents const& events)
        : session_(session),
          settings_(settings),
          events_(events),
          notices_(events.notice, most_notices) {
        observe(observer_, session, settings, events);
    }

    ~Application() { notices_.end(); }

    Application(Application const&) = delete;
    Application& operator=(Application const&) = delete;

    std::vector<std::string> run(std::optional<history::Comparison> known) {
        auto comparison = known ? std::move(*known) : compare(session_);
        refuse_foreign_history(session_, comparison);
        std::vector<std::string> done{};
        auto const was_applied = !comparison.applied.empty() || !comparison.missing.empty();
        if (auto const resumption = plan_resumption(session_, settings_, comparison)) {
            look_first(was_applied, false);
            if (resumption->by_itself && events_.going_on) {
                events_.going_on(comparison.stopped.front());
            }
            resume(*resumption);
            done.push_back(resumption->migration.name);
            comparison = compare(session_);
        }
        refuse_failed(comparison);
        if (!comparison.pending.empty()) {
            refuse_unknown_history(session_);
            prepare_database(session_);
            if (!recording_) look_first(was_applied, true);
        }
        for (auto const& name : comparison.not_started) {
            history::mark_rolled_back(session_.migrations_table, *session_.connection, name);
        }
        auto const pending = migrations_named(session_.directory, comparison.pending);
        record_before(session_, pending);
        apply_recording(pending);
        done.insert(done.end(), comparison.pending.begin(), comparison.pending.end());
        if (!first_applied_.empty()) recording_->finish(first_applied_);
        auto all = comparison.applied;
        all.insert(all.end(), done.begin(), done.end());
        record_migrations(session_, migrations_named(session_.directory, all));
        return done;
    }

  private:
    history::ApplyOptions options() {
        auto limits = limits_keeping_lock(session_, settings_, events_);
        limits.explain_wait = explaining(observer_);
        limits.notice = hearing(events_, notices_);
        return {.limits = std::move(limits),
                .reconnect = session_.lock ? [this] { reconnect(); } : std::function<void()>{},
                .lost = events_.lost,
                .settled = events_.settled};
    }

    void reconnect() {
        session_.connection->reconnect();
        session_.lock->take_again();
        if (observer_) {
            observer_->follow(session_.lock->backend_pid());
        }
    }

    /// Nothing has been done yet: a line that breaks here is taken up again.
    void look_first(bool was_applied, bool is_whole) {
        try {
            recording_.emplace(session_, was_applied, is_whole);
        } catch (pg::SqlError const& refused) {
            if (!refused.connection_lost() || !session_.lock) throw;
            log::swallowed("looking at the state before migrations", refused);
            reconnect();
            recording_.emplace(session_, was_applied, is_whole);
        }
    }

    void begin(history::Migration const& migration) {
        if (observer_) observer_->forget();
        started_ = {};
        notices_.begin(migration.name);
        if (events_.applying) {
            events_.applying(migration);
        }
    }

    void finish(history::Migration const& migration, std::chrono::milliseconds elapsed) {
        notices_.end();
        if (first_applied_.empty()) first_applied_ = migration.name;
        if (events_.applied) {
            events_.applied(migration, elapsed);
        }
    }

    /// Each one's time is known when the next begins, but none is applied before the last is. An
    /// attempt that was rolled back begins with the first again.
    void apply_in_one_transaction(std::vector<history::Migration> const& pending) {
        std::vector<std::chrono::milliseconds> elapsed{};
        history::apply_together(pending, session_.migrations_table, *session_.connection,
                                session_.sources, options(),
                                [&](history::Migration const& migration) {
                                    if (migration.name == pending.front().name) {
                                        elapsed.clear();
                                    } else {
                                        elapsed.push_back(started_.elapsed());
                                    }
                                    begin(migration);
                                });
        elapsed.push_back(started_.elapsed());
        for (std::size_t i = 0; i < pending.size(); ++i) finish(pending[i], elapsed[i]);
    }

    void apply_all(std::vector<history::Migration> const& pending) {
        if (settings_.single_transaction && !pending.empty()) {
            return apply_in_one_transaction(pending);
        }
        auto how = options();
        for (std::size_t i = 0; i < pending.size(); ++i) {
            how.limits.asynchronous_commit = i + 1 < pending.size();
            begin(pending[i]);
            history::apply(pending[i], session_.migrations_table, *session_.connection,
                           session_.sources, how);
            finish(pending[i], started_.elapsed());
        }
    }

    /// What a failure leaves in place is recorded as far as it is whole.
    void apply_recording(std::vector<history::Migration> const& pending) {
        try {
            apply_all(pending);
        } catch (...) {
            if (!first_applied_.empty()) record_quietly();
            throw;
        }
    }

    void record_quietly() {
        try {
            recording_->finish(first_applied_);
        } catch (std::exception const& another) {
            log::swallowed("recording the state after a failure", another);
        }
    }

    void resume(Resumption const& resumption) {
        auto const& migration = resumption.migration;
        begin(migration);
        history::resume(migration, resumption.stop, session_.migrations_table, *session_.connection,
                        session_.sources, options());
        finish(migration, started_.elapsed());
    }

    Session& session_;
    ApplySettings const& settings_;
    ApplyEvents const& events_;
    std::optional<Observer> observer_{};
    NoticeFilter notices_;
    Stopwatch started_{};  ///< the migration that was begun last
    std::optional<StateRecording> recording_{};
    std::string first_applied_{};
};

void execute(pg::Connection& connection, std::string_view name, std::string_view script,
             SourceMap& sources, history::RunOptions limits, ApplyEvents const& events,
             std::optional<Observer> const& observer) {
    NoticeFilter notices(events.notice, most_notices);
    notices.begin(std::string(name));
    limits.explain_wait = explaining(observer);
    limits.notice = hearing(events, notices);
    try {
        history::execute_script(name, script, connection, sources, limits);
    } catch (...) {
        notices.end();
        throw;
    }
    notices.end();
}

}  // namespace

history::RunOptions limits(ApplySettings const& settings, ApplyEvents const& events) {
    return {.lock_timeout = settings.lock_timeout,
            .statement_timeout = settings.statement_timeout,
            .retries = settings.lock_retries,
            .retrying = events.retrying,
            .resume = {}};
}

void apply_script(Session& session, std::string_view name, std::string_view script,
                  ApplySettings const& settings, ApplyEvents const& events) {
    std::optional<Observer> observer{};
    observe(observer, session, settings, events);
    // Such a script is ours: what the server tells about it is nothing that somebody has written.
    auto unheard = events;
    unheard.notice = {};
    auto how = limits_keeping_lock(session, settings, events);
    how.is_derived = true;
    execute(*session.connection, name, script, session.sources, how, unheard, observer);
}

void run_watched(pg::Connection& connection, std::string_view name, std::string_view script,
                 SourceMap& sources, ApplySettings const& settings, ApplyEvents const& events) {
    std::optional<Observer> observer{};
    observer.emplace(connection, connection.backend_pid(), events.waiting, first_look(settings));
    execute(connection, name, script, sources, limits(settings, events), events, observer);
}

std::vector<std::string> apply_pending(Session& session, ApplySettings const& settings,
                                       ApplyEvents const& events,
                                       std::optional<history::Comparison> known) {
    try {
        return Application(session, settings, events).run(std::move(known));
    } catch (Failure const& failed) {
        auto const& diagnostics = failed.diagnostics();
        auto const only_reads =
            std::any_of(diagnostics.begin(), diagnostics.end(), [](Diagnostic const& diagnostic) {
                return diagnostic.facts &&
                       diagnostic.facts->sqlstate == sqlstate::read_only_sql_transaction;
            });
        if (only_reads) pg::refuse_standby(*session.connection);
        throw;
    } catch (pg::SqlError const& failed) {
        if (failed.server().sqlstate == sqlstate::read_only_sql_transaction) {
            pg::refuse_standby(*session.connection);
        }
        throw;
    }
}

}  // namespace cm::engine
