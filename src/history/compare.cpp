// See compare.hpp.
#include "history/compare.hpp"

#include <algorithm>
#include <map>

#include "base/sha256.hpp"
#include "history/script_text.hpp"

namespace cm::history {
namespace {

enum class Condition { pending, failed, applied };

/// What the rows of one migration add up to.
struct Summary {
    Condition condition = Condition::pending;
    std::string checksum{};
};

std::map<std::string, Summary> summarise(std::vector<LedgerEntry> const& entries) {
    std::map<std::string, Summary> summaries{};
    for (auto const& entry : entries) {
        auto& summary = summaries[entry.migration_name];
        if (entry.rolled_back_at) {
            continue;
        }
        if (entry.finished_at) {
            summary = {Condition::applied, entry.checksum};
        } else if (summary.condition == Condition::pending) {
            summary = {Condition::failed, entry.checksum};
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

}  // namespace

Comparison compare(Directory const& directory, std::vector<LedgerEntry> const& entries) {
    Comparison result{};
    auto summaries = summarise(entries);
    for (auto const& migration : directory.migrations) {
        auto const summary = summaries[migration.name];
        summaries.erase(migration.name);
        switch (summary.condition) {
            case Condition::failed:
                result.failed.push_back(migration.name);
                break;
            case Condition::pending:
                result.pending.push_back(migration.name);
                break;
            case Condition::applied:
                result.applied.push_back(migration.name);
                if (!same_but_for_line_ends(migration, summary.checksum)) {
                    result.edited.push_back(migration.name);
                }
                break;
        }
    }
    for (auto const& [name, summary] : summaries) {
        if (summary.condition == Condition::applied) {
            result.missing.push_back(name);
        }
        if (summary.condition == Condition::failed) {
            result.failed.push_back(name);
        }
    }
    for (auto const& name : result.pending) {
        if (!result.applied.empty() && name < result.applied.back()) {
            result.out_of_order.push_back(name);
        }
    }
    return result;
}

}  // namespace cm::history
