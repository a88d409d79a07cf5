// The decisions of a run over what is pending: apply_pending acts on them, a dry run shows them.
#include "engine/apply_plan.hpp"

#include "engine/takeover_advice.hpp"
#include "history/prepared.hpp"

namespace cm::engine {
namespace {

/// Nothing has stopped: from its first statement on is not what was asked for.
[[noreturn]] void refuse_resume_from(std::size_t statement) {
    throw Failure(error("CM0518", "no migration can be resumed from statement {}", statement)
                      .note("none has stopped partway; no changes were made")
                      .help("`cm-migrate deploy` applies pending migrations from the beginning"),
                  ExitCode::usage);
}

history::StepPosition position_of(history::StoppedMigration const& stopped,
                                  ApplySettings const& settings) {
    auto const& record = stopped.record;
    if (!settings.resume_from) {
        return {record.done, record.in_flight};
    }
    auto const at = *settings.resume_from;
    // Only the statement that was under way may be left out or carried out again.
    if (at != record.done + 1 && !(record.in_flight && at == record.done + 2)) {
        throw Failure(
            error("CM0518", "the migration `{}` cannot be resumed from statement {}",
                  stopped.entry.migration_name, at)
                .about({.migration = stopped.entry.migration_name, .statement = at})
                .note("it {}", describe(stopped))
                .help("{}", stopped.in_doubt
                                ? "`cm-migrate status` shows where it can be resumed"
                                : "`cm-migrate deploy --resume` resumes it where it stopped"),
            ExitCode::usage);
    }
    return {at - 1, false};
}

PlannedMigration plan(history::Migration const& migration, bool with_others, SourceMap& sources) {
    auto const prepared = history::prepare("CM0504", migration, sources);
    if (with_others) history::require_transactional(migration, prepared.script);
    return {.name = migration.name,
            .statements = prepared.script.statements.size(),
            .committed = 0,
            .in_transaction = sql::is_transactional(prepared.script)};
}

}  // namespace

std::optional<Resumption> plan_resumption(Session const& session, ApplySettings const& settings,
                                          history::Comparison const& comparison) {
    if (comparison.failed.empty()) {
        if (settings.resume_from) refuse_resume_from(*settings.resume_from);
        return {};
    }
    auto const by_itself = history::goes_on(comparison) && !settings.resume;
    if (!settings.resume && !by_itself) return {};
    auto const* const stopped = stop_of_first(comparison);
    auto const found = migrations_named(session.directory, {comparison.failed.front()});
    if (stopped == nullptr || found.empty()) {
        refuse_failed(comparison);
        return {};
    }
    return Resumption{found.front(), {stopped->entry, position_of(*stopped, settings)}, by_itself};
}

std::vector<PlannedMigration> plan_migrations(std::vector<history::Migration> const& migrations,
                                              ApplySettings const& settings, SourceMap& sources) {
    std::vector<PlannedMigration> planned{};
    for (auto const& migration : migrations) {
        planned.push_back(plan(migration, settings.single_transaction, sources));
    }
    return planned;
}

std::vector<PlannedMigration> plan_pending(Session& session, ApplySettings const& settings,
                                           history::Comparison comparison) {
    refuse_foreign_history(session, comparison);
    std::vector<PlannedMigration> planned{};
    if (auto const resumption = plan_resumption(session, settings, comparison)) {
        history::require_unedited(resumption->migration, resumption->stop);
        planned.push_back(plan(resumption->migration, false, session.sources));
        planned.back().committed = resumption->stop.position.done;
        comparison.failed.erase(comparison.failed.begin());
        std::erase_if(comparison.stopped, [&](history::StoppedMigration const& stopped) {
            return stopped.entry.migration_name == resumption->migration.name;
        });
    }
    refuse_failed(comparison);
    if (!comparison.pending.empty()) refuse_unknown_history(session);
    auto const pending = plan_migrations(migrations_named(session.directory, comparison.pending),
                                         settings, session.sources);
    planned.insert(planned.end(), pending.begin(), pending.end());
    return planned;
}

}  // namespace cm::engine
