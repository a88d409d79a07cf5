// See compare.hpp.
#include "history/compare.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "base/hidden_passwords.hpp"
#include "base/sha256.hpp"
#include "history/execution_unit.hpp"
#include "history/partial_effects.hpp"
#include "history/retry.hpp"
#include "history/script_text.hpp"

namespace cm::history {
namespace {

enum class Condition { pending, failed, applied };

/// What the rows of one migration add up to.
struct Summary {
    Condition condition = Condition::pending;
    MigrationRecord const*
        last{};  ///< the row that decided, or the last that was rolled back, if any
};

std::map<std::string_view, Summary> summarise(std::vector<MigrationRecord> const& entries) {
    std::map<std::string_view, Summary> summaries{};
    for (auto const& entry : entries) {
        auto& summary = summaries[entry.migration_name];
        if (entry.is_rolled_back) {
            if (summary.condition == Condition::pending) {
                summary.last = &entry;
            }
        } else if (entry.is_finished) {
            summary = {Condition::applied, &entry};
        } else if (summary.condition == Condition::pending) {
            summary = {Condition::failed, &entry};
        }
    }
    return summaries;
}

/// Git may have changed the line ends, an editor may have added a BOM: that is no edit.
bool same_but_for_line_ends(Migration const& migration, std::string const& checksum) {
    if (migration.checksum == checksum) {
        return true;
    }
    auto const plain = with_line_feeds(without_bom(migration.script));
    auto const windows = with_carriage_returns(plain);
    for (auto const& text : {plain, windows}) {
        if (sha256(text) == checksum || sha256(std::string(byte_order_mark) + text) == checksum) {
            return true;
        }
    }
    return false;
}

/// The SQLSTATE in what PostgreSQL said, which ends its first line or, if the message has several,
/// a later one: `ERROR: … (55P03)`.
std::string_view sqlstate_in(std::string_view said) {
    constexpr std::size_t length = 5;
    for (auto at = said.find('('); at != std::string_view::npos; at = said.find('(', at + 1)) {
        auto const end = at + 1 + length;
        auto const is_last = end + 1 >= said.size() || said[end + 1] == '\n';
        if (end < said.size() && said[end] == ')' && is_last) return said.substr(at + 1, length);
    }
    return {};
}

/// What only a statement of the script's own transaction can have done, whose COMMIT nobody has
/// recorded, is in doubt.
bool is_loose(std::size_t statement, std::string_view text, sql::Script const& script) {
    auto const all = execution_units(text, script);
    return std::any_of(all.begin(), all.end(), [&](ExecutionUnit const& unit) {
        return unit.kind == ExecutionUnitKind::unmanaged && unit.begin <= statement &&
               statement < unit.end;
    });
}

/// The statement that was under way leaves nothing from which it could be told what became of it.
bool is_in_doubt(StepRecord const& record, std::string_view text, sql::Script const& script) {
    if (!record.in_flight || record.done >= script.statements.size()) return false;
    auto const& next = script.statements[record.done];
    return !can_be_repeated(text.substr(next.begin, next.end - next.begin));
}

bool may_go_on(StepRecord const& record, std::string_view logs, std::string_view text,
               sql::Script const& script) {
    auto const said = without_step_record(logs);
    if (said.empty()) {  // a lost connection, a signal: nobody could say anything
        return !is_loose(record.done, text, script) && !is_in_doubt(record, text, script);
    }
    return !record.in_flight && is_transient(sqlstate_in(said));
}

std::optional<StoppedMigration> stopped(Migration const& migration, MigrationRecord const& entry) {
    auto const record = parse_step_record(entry.logs.value_or(""));
    if (!record) {
        return {};
    }
    StoppedMigration result{.entry = entry, .record = *record};
    auto const text = without_bom(migration.script);
    if (text.find('\0') == std::string_view::npos) {
        auto const script = sql::split(text);
        result.is_edited = script.statements.size() < record->done ||
                           digest_of(text, script, record->done) != record->digest;
        if (record->done < script.statements.size()) {
            result.next = first_words(text, script, record->done);
        }
        result.in_doubt = is_in_doubt(*record, text, script);
        result.goes_on = same_but_for_line_ends(migration, entry.checksum) &&
                         may_go_on(*record, entry.logs.value_or(""), text, script);
    }
    return result;
}

std::optional<UndoneAttempt> undone(Migration const& migration, MigrationRecord const* last) {
    if (last == nullptr) {
        return {};
    }
    auto const said = without_step_record(last->logs ? std::string_view{*last->logs} : "");
    if (!last->is_rolled_back || said.empty()) {
        return {};
    }
    return UndoneAttempt{migration.name, with_passwords_hidden(said.substr(0, said.find('\n')))};
}

template <class Value>
void add(std::vector<Value>& values, std::optional<Value> value) {
    if (value) {
        values.push_back(std::move(*value));
    }
}

void add_failed(Comparison& result, Migration const& migration, MigrationRecord const& entry) {
    auto stop = stopped(migration, entry);
    if (stop && stop->record.not_started()) {
        result.pending.push_back(migration.name);
        result.not_started.push_back(migration.name);
        return;
    }
    result.failed.push_back(migration.name);
    add(result.stopped, std::move(stop));
}

void add_migration(Comparison& result, Migration const& migration, Summary const& summary) {
    switch (summary.condition) {
        case Condition::failed:
            return add_failed(result, migration, *summary.last);
        case Condition::pending:
            result.pending.push_back(migration.name);
            return add(result.undone, undone(migration, summary.last));
        case Condition::applied:
            result.applied.push_back(migration.name);
            if (!same_but_for_line_ends(migration, summary.last->checksum)) {
                result.edited.push_back(migration.name);
            }
    }
}

/// A name that is recorded, and not in the folder.
void add_missing(Comparison& result, std::string_view name, Condition condition) {
    if (condition == Condition::applied) {
        result.missing.emplace_back(name);
    }
    if (condition == Condition::failed) {
        result.failed.emplace_back(name);
        result.failed_elsewhere.emplace_back(name);
    }
}

/// The pending ones that sort before one that was applied.
std::vector<std::string> out_of_order(Comparison const& result) {
    std::vector<std::string> names{};
    std::copy_if(result.pending.begin(), result.pending.end(), std::back_inserter(names),
                 [&](std::string const& name) {
                     return !result.applied.empty() && name < result.applied.back();
                 });
    return names;
}

}  // namespace

std::string stop_reason(StoppedMigration const& stopped) {
    auto const said = without_step_record(stopped.entry.logs ? std::string_view{*stopped.entry.logs}
                                                             : std::string_view{});
    return said.empty() ? "the connection was lost, or the process was stopped"
                        : with_passwords_hidden(said.substr(0, said.find('\n')));
}

bool goes_on(Comparison const& comparison) {
    return comparison.failed.size() == 1 && comparison.stopped.size() == 1 &&
           comparison.stopped.front().goes_on;
}

Comparison compare(Directory const& directory, std::vector<MigrationRecord> const& entries) {
    Comparison result{};
    auto summaries = summarise(entries);
    auto const recorded = summaries.size();
    for (auto const& migration : directory.migrations) {
        auto const found = summaries.extract(migration.name);
        add_migration(result, migration, found.empty() ? Summary{} : found.mapped());
    }
    auto const all_are_elsewhere = summaries.size() == recorded;
    for (auto const& [name, summary] : summaries) add_missing(result, name, summary.condition);
    result.is_of_another_folder =
        all_are_elsewhere && (!result.missing.empty() || !result.failed.empty());
    result.out_of_order = out_of_order(result);
    return result;
}

}  // namespace cm::history
