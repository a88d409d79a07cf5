// See record_repair.hpp.
#include "engine/record_repair.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/contains.hpp"
#include "engine/bounded_reading.hpp"
#include "engine/made_comparison.hpp"
#include "engine/resolve.hpp"
#include "schema/diff.hpp"

namespace cm::engine {
namespace {

/// Why what the record leads to cannot be computed.
std::optional<std::string> why_not_replayed(history::Comparison const& comparison) {
    if (!comparison.missing.empty()) {
        return "migrations are missing from the folder, so nothing can be replayed";
    }
    if (!comparison.failed.empty()) {
        return "a failed migration is not resolved, so the state of the database is unknown";
    }
    return {};
}

/// The database beside a replay; none if there is none to be had, which is noted.
std::optional<MadeComparison> compare_with(CompleteState live, Replay& replay,
                                           Session const& session,
                                           std::vector<std::string> const& names,
                                           RepairPlan& plan) {
    try {
        auto comparison = compare_with_replay(std::move(live), replay,
                                              migrations_named(session.directory, names), session);
        plan.never_compared = comparison.never_compared;
        if (auto const left_out = replay.unverified()) {
            plan.unchecked.push_back(left_out->reason);
        }
        return comparison;
    } catch (Failure const& failure) {
        auto const& first = failure.diagnostics().front();
        if (failure.exit_code() == ExitCode::interrupted) {
            throw;
        }
        auto text = fmt::format("the migrations could not be replayed: {}", first.message);
        auto& list = first.code == "CM0505" && plan.repair == Repair::accept_edited
                         ? plan.objections
                         : plan.unchecked;
        list.push_back(std::move(text));
        return {};
    }
}

/// Replays what is applied and compares it with the database; true if they differ, none (and the
/// plan says why) if nothing can be replayed.
std::optional<bool> find_difference(Session& session, history::Comparison const& comparison,
                                    RepairPlan& plan) {
    if (auto const why = why_not_replayed(comparison)) {
        plan.unchecked.push_back(*why);
        return {};
    }
    auto live = read_live_state(session);
    Replay replay{session};
    auto const found = compare_with(std::move(live), replay, session, comparison.applied, plan);
    if (!found || !found->differs()) return false;
    plan.difference = found->done(session.target.url.schema);
    return true;
}

void check_accepted(Session& session, history::Comparison const& comparison, RepairPlan& plan) {
    auto const differs = find_difference(session, comparison, plan);
    if (!differs) return;
    if (*differs && plan.unchecked.empty()) {
        plan.objections.emplace_back("the database does not match the migrations with this file");
    }
    plan.unchecked.emplace_back(
        "changes that the file makes to rows: a replay compares schemas only");
}

RepairPlan plan_accept(Session& session, history::Comparison const& comparison,
                       history::Migration migration) {
    auto const& name = migration.name;
    constexpr std::string_view option = "--accept-edited";
    constexpr std::string_view what_for = "was edited after it was applied";
    if (!contains(comparison.applied, name)) {
        refuse_repair(option, what_for, name,
                      contains(comparison.failed, name) ? "has failed" : "is pending",
                      contains(comparison.failed, name)
                          ? "`cm-migrate status` shows how to resolve it"
                          : "it may still be edited; `cm-migrate deploy` applies it");
    }
    if (!contains(comparison.edited, name)) {
        refuse_repair(option, what_for, name, "has not been edited", "there is nothing to accept");
    }
    RepairPlan plan{.repair = Repair::accept_edited, .migration = std::move(migration)};
    check_accepted(session, comparison, plan);
    return plan;
}

void check_forgotten(Session& session, history::Comparison comparison, RepairPlan& plan) {
    std::erase(comparison.missing, plan.migration.name);
    std::erase(comparison.failed, plan.migration.name);
    find_difference(session, comparison, plan);
}

RepairPlan plan_forget(Session& session, history::Comparison const& comparison,
                       std::string const& name) {
    RepairPlan plan{.repair = Repair::forget, .migration = {.name = name}};
    check_forgotten(session, comparison, plan);
    return plan;
}

/// It was carried out, not only recorded: `resolve` and `baseline` record no statements.
bool was_carried_out(Session& session, std::string const& name) {
    auto const entries = history::read(session.migrations_table, *session.connection);
    return std::any_of(entries.begin(), entries.end(), [&](history::MigrationRecord const& entry) {
        return entry.migration_name == name && entry.is_finished && !entry.is_rolled_back &&
               entry.applied_steps_count > 0;
    });
}

void check_not_applied(Session& session, history::Comparison const& comparison, RepairPlan& plan) {
    auto const& name = plan.migration.name;
    if (was_carried_out(session, name)) {
        plan.objections.push_back(fmt::format(
            "the migration `{}` was run, not only recorded: `deploy` would run it again", name));
    }
    if (auto const why = why_not_replayed(comparison)) {
        plan.unchecked.push_back(*why);
        return;
    }
    auto const live = read_live_state(session);
    auto others = comparison.applied;
    std::erase(others, name);
    Replay replay{session};
    auto const without = compare_with(live, replay, session, others, plan);
    if (!without) return;
    auto const before = replay.complete_state_after(migrations_named(session.directory, others));
    auto const with = compare_with(live, replay, session, comparison.applied, plan);
    if (!with) return;
    // What both make is compared by each detail: all of it comes from migrations.
    auto const& after =
        replay.complete_state_after(migrations_named(session.directory, comparison.applied));
    if (schema::diff(before.schema, after.schema).empty()) {
        plan.unchecked.emplace_back(
            "whether it was applied: it makes no changes that a comparison of schemas can see");
    } else if (!with->differs()) {
        plan.objections.push_back(
            fmt::format("the database contains the changes of the migration `{}`", name));
    } else if (without->differs()) {
        plan.difference = change_between(without->made, without->live, session.target.url.schema);
        plan.unchecked.emplace_back(
            "whether it was applied: the database matches the migrations neither with it nor "
            "without it");
    }
}

RepairPlan plan_not_applied(Session& session, history::Comparison const& comparison,
                            history::Migration migration) {
    auto const& name = migration.name;
    if (!contains(comparison.applied, name)) {
        refuse_repair(
            "--not-applied", "is recorded as applied", name,
            contains(comparison.failed, name) ? "has failed" : "is pending",
            contains(comparison.failed, name)
                ? fmt::format("`cm-migrate resolve --rolled-back {}` makes it pending again", name)
                : "`cm-migrate deploy` applies it");
    }
    RepairPlan plan{.repair = Repair::not_applied, .migration = std::move(migration)};
    check_not_applied(session, comparison, plan);
    return plan;
}

[[noreturn]] void refuse_present(history::Comparison const& comparison, std::string const& name) {
    auto const is_applied = contains(comparison.applied, name);
    refuse_repair("--forget", "was deleted from the folder", name, "is in the folder",
                  is_applied ? fmt::format("if it was recorded by mistake: `cm-migrate resolve "
                                           "--not-applied {}`",
                                           name)
                             : "`cm-migrate status` shows its state");
}

}  // namespace

RepairPlan plan_repair(Session& session, Repair repair, std::string const& given) {
    auto const name = migration_called(given);
    auto const comparison = compare(session);
    auto found = migrations_named(session.directory, {name});
    if (found.empty()) {
        if (!is_lost(session, name)) {
            throw_no_such_migration(
                name, session.directory,
                repair == Repair::forget ? comparison.missing : std::vector<std::string>{});
        }
        if (repair == Repair::forget) {
            return plan_forget(session, comparison, name);
        }
        refuse_lost(repair == Repair::accept_edited ? "--accept-edited" : "--not-applied", name);
    }
    switch (repair) {
        case Repair::accept_edited:
            return plan_accept(session, comparison, std::move(found.front()));
        case Repair::not_applied:
            return plan_not_applied(session, comparison, std::move(found.front()));
        case Repair::forget:
            break;
    }
    refuse_present(comparison, name);
}

void carry_out(Session& session, RepairPlan const& plan) {
    if (session.is_dry_run) return;
    auto& connection = *session.connection;
    auto const& migration = plan.migration;
    write_bounded(connection, the_migrations_table, [&] {
        switch (plan.repair) {
            case Repair::accept_edited:
                history::change_checksum(session.migrations_table, connection, migration.name,
                                         migration.checksum);
                return;
            case Repair::forget:
                history::remove_entries(session.migrations_table, connection, migration.name);
                return;
            case Repair::not_applied:
                history::take_back(session.migrations_table, connection, migration.name);
                return;
        }
    });
}

}  // namespace cm::engine
