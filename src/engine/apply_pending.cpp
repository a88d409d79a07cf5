// See apply_pending.hpp.
#include "engine/apply_pending.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/development.hpp"
#include "engine/foreign_history.hpp"
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
        if (settings_.resume_from && comparison.failed.empty()) refuse_resume_from();
        auto const by_itself = history::goes_on(comparison) && !settings_.resume;
        if (by_itself && events_.going_on) {
            events_.going_on(comparison.stopped.front());
        }
        if ((settings_.resume || by_itself) && !comparison.failed.empty()) {
            done.push_back(go_on(comparison));
            comparison = compare(session_);
        }
        refuse_failed(comparison);
        if (!comparison.pending.empty()) {
            refuse_unknown_history(session_);
            prepare_database(session_);
        }
        for (auto const& name : comparison.untouched) {
            history::mark_rolled_back(session_.ledger, *session_.connection, name);
        }
        apply_all(migrations_named(session_.directory, comparison.pending));
        done.insert(done.end(), comparison.pending.begin(), comparison.pending.end());
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

    void begin(history::Migration const& migration) {
        if (observer_) observer_->forget();
        notices_.begin(migration.name);
        if (events_.applying) {
            events_.applying(migration);
        }
    }

    void finish(history::Migration const& migration) {
        notices_.end();
        if (events_.applied) {
            events_.applied(migration);
        }
    }

    void apply_all(std::vector<history::Migration> const& pending) {
        if (settings_.single_transaction && !pending.empty()) {
            history::apply_together(pending, session_.ledger, *session_.connection,
                                    session_.sources, options(),
                                    [this](history::Migration const& m) { begin(m); });
            std::for_each(pending.begin(), pending.end(), [this](auto const& m) { finish(m); });
            return;
        }
        auto how = options();
        for (std::size_t i = 0; i < pending.size(); ++i) {
            how.limits.safe_later = i + 1 < pending.size();
            begin(pending[i]);
            history::apply(pending[i], session_.ledger, *session_.connection, session_.sources,
                           how);
            finish(pending[i]);
        }
    }

    /// Goes on with the migration that stopped; gives its name.
    std::string go_on(history::Comparison const& comparison) {
        auto const& name = comparison.failed.front();
        auto const* const stopped = stop_of_first(comparison);
        auto const found = migrations_named(session_.directory, {name});
        if (stopped == nullptr || found.empty()) {
            refuse_failed(comparison);
        }
        begin(found.front());
        history::resume(found.front(), {stopped->entry, position(*stopped)}, session_.ledger,
                        *session_.connection, session_.sources, options());
        finish(found.front());
        return name;
    }

    /// Nothing has stopped: from its first statement on is not what was asked for.
    [[noreturn]] void refuse_resume_from() const {
        throw Failure(
            error("CM0518", "no migration can go on from statement {}", *settings_.resume_from)
                .note("none has stopped halfway; nothing was done")
                .help("`cm-migrate deploy` applies what is pending, from its beginning"),
            ExitCode::usage);
    }

    history::StepPosition position(history::StoppedMigration const& stopped) const {
        auto const& record = stopped.record;
        if (!settings_.resume_from) {
            return {record.done, record.begun};
        }
        auto const at = *settings_.resume_from;
        // Only the statement that was under way may be left out or carried out again.
        if (at != record.done + 1 && !(record.begun && at == record.done + 2)) {
            throw Failure(
                error("CM0518", "the migration `{}` cannot go on from statement {}",
                      stopped.entry.migration_name, at)
                    .note("it {}", describe(stopped))
                    .help("{}", stopped.in_doubt
                                    ? "`cm-migrate status` says from which it can"
                                    : "`cm-migrate deploy --resume` goes on from where it "
                                      "stopped"),
                ExitCode::usage);
        }
        return {at - 1, false};
    }

    Session& session_;
    ApplySettings const& settings_;
    ApplyEvents const& events_;
    std::optional<Observer> observer_{};
    NoticeFilter notices_;
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
                return diagnostic.message.find(pg::read_only_state) != std::string::npos;
            });
        if (only_reads) pg::refuse_standby(*session.connection);
        throw;
    } catch (pg::SqlError const& failed) {
        if (failed.server().sqlstate == pg::read_only_state) {
            pg::refuse_standby(*session.connection);
        }
        throw;
    }
}

}  // namespace cm::engine
