// See status_json.hpp.
#include "command/status_json.hpp"

#include "command/history_report.hpp"
#include "engine/failed_advice.hpp"
#include "schema/summary.hpp"

namespace cm::command {
namespace {

/// Null where it could not be told.
JsonField truth(std::string_view key, bool is_known, bool is_true) {
    JsonField field{key, {}};
    if (is_known) field.value = is_true;
    return field;
}

/// "2026-11-30 19:10:53 UTC" as JSON has moments.
std::optional<std::string> as_timestamp(std::optional<std::string> moment) {
    if (moment && moment->ends_with(" UTC")) {
        moment->replace(moment->find(' '), 1, "T");
        moment->replace(moment->size() - 4, 4, "Z");
    }
    return moment;
}

std::vector<std::string> reasons(std::vector<engine::NotVerified> const& not_verified) {
    std::vector<std::string> texts{};
    for (auto const& one : not_verified) texts.push_back(one.what + ": " + one.reason);
    return texts;
}

std::vector<JsonObject> unverified(std::vector<engine::NotVerified> const& not_verified) {
    std::vector<JsonObject> all{};
    for (auto const& one : not_verified) {
        all.push_back({{"what", one.what},
                       {"reason", one.reason},
                       {"notes", one.notes},
                       {"helps", one.remedies}});
    }
    return all;
}

JsonObject fields_of(history::StoppedMigration const& stop) {
    return {{"migration", stop.entry.migration_name},
            {"done", static_cast<long>(stop.record.done)},
            {"total", static_cast<long>(stop.record.total)},
            {"statement", static_cast<long>(stop.record.done + 1)},
            {"sql", stop.next},
            {"begun", stop.record.in_flight},
            {"reason", history::stop_reason(stop)}};
}

}  // namespace

JsonObject status_fields(engine::Diagnosis const& diagnosis, NextSteps const& next) {
    auto const& history = diagnosis.history;
    std::vector<std::string> stopped{}, undone{};
    std::vector<JsonObject> stops{}, attempts{}, older{};
    for (auto const& stop : history.stopped) {
        stopped.push_back(stop.entry.migration_name + " " + engine::describe(stop));
        stops.push_back(fields_of(stop));
    }
    for (auto const& seen : diagnosis.seen_drifts) {
        older.push_back({{"since", as_timestamp(seen.seen_at).value()},
                         {"migration", seen.migration},
                         {"summary", schema::summary(seen.plan)}});
    }
    for (auto const& attempt : history.undone) {
        undone.push_back(attempt.name + ": " + attempt.reason);
        attempts.push_back({{"migration", attempt.name}, {"reason", attempt.reason}});
    }
    JsonField at_work{"atWorkPid", {}}, holder{"atWork", {}};
    std::optional<std::string> at_work_query{};
    if (diagnosis.at_work) {
        at_work.value = static_cast<long>(diagnosis.at_work->pid);
        at_work_query = diagnosis.at_work->query;
        holder.value = to_json(*diagnosis.at_work);
    }
    return {{"applied", history.applied},
            {"pending", history.pending},
            {"running", diagnosis.running},
            {"failed", history.failed},
            {"stopped", stopped},
            {"undone", undone},
            {"edited", history.edited},
            {"missing", history.missing},
            {"outOfOrder", history.out_of_order},
            {"unknownHistory", diagnosis.unknown_history.has_value()},
            truth("drift", !diagnosis.drift_unknown, diagnosis.drift.has_value()),
            null_unless("driftUnknown", diagnosis.drift_unknown),
            null_unless("recordedAt", as_timestamp(diagnosis.recorded_at)),
            null_unless("notRecorded", diagnosis.unrecorded),
            {"olderDrift", older},
            {"driftSql", diagnosis.drift ? diagnosis.drift->text : std::string{}},
            truth("unmigrated", diagnosis.schema_was_compared, diagnosis.unmigrated.has_value()),
            {"unmigratedSql", diagnosis.unmigrated ? diagnosis.unmigrated->text : std::string{}},
            {"notVerified", reasons(diagnosis.not_verified)},
            {"neverCompared", diagnosis.never_compared},
            at_work,
            null_unless("atWorkQuery", at_work_query),
            {"next", commands(diagnosis, next)},
            {"stops", stops},
            {"undoneAttempts", attempts},
            {"unverified", unverified(diagnosis.not_verified)},
            holder};
}

}  // namespace cm::command
