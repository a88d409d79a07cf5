// slow-after-strong-lock: work on rows in a transaction that has locked a table.
#include <fmt/format.h>

#include <algorithm>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

/// A table that exists before the file and that the statement locks against readers, until its
/// transaction ends; null if there is none.
sql::RelationEffect const* strong_lock(Statement const& statement, Script const& script) {
    auto const& all = statement.effects.effects;
    auto const found = std::find_if(all.begin(), all.end(), [&](sql::RelationEffect const& it) {
        return it.subject == sql::Subject::named && sql::blocks_reads(it.lock) && !it.is_brief &&
               !script.is_new(it.relation, statement);
    });
    return found == all.end() ? nullptr : &*found;
}

/// Work on rows, which other rules do not look at: how long it takes depends on the tables.
bool is_slow_work(Statement const& statement, Script const& script) {
    auto const changes = statement.is("UpdateStmt") || statement.is("DeleteStmt");
    if (changes) return !script.is_new(relation_name(statement.node()["relation"]), statement);
    if (statement.is("InsertStmt")) {
        auto const node = statement.node();
        return node.contains("selectStmt") &&
               !node["selectStmt"]["SelectStmt"].contains("valuesLists");
    }
    auto const& effects = statement.effects.effects;
    return statement.is("RefreshMatViewStmt") ||
           std::any_of(effects.begin(), effects.end(), [](sql::RelationEffect const& it) {
               return it.action.find("VALIDATE CONSTRAINT") != std::string_view::npos;
           });
}

void check_work_under_lock(Statement const& statement, Report& report) {
    if (statement.transaction == 0 || !statement.tree ||
        !is_slow_work(statement, report.script())) {
        return;
    }
    sql::RelationEffect const* lock = nullptr;
    for (auto const& other : report.script().statements()) {
        if (other.index >= statement.index) break;
        if (other.transaction != statement.transaction) continue;
        // Once a transaction is enough.
        if (lock != nullptr && is_slow_work(other, report.script())) return;
        if (lock == nullptr) lock = strong_lock(other, report.script());
    }
    if (lock == nullptr) return;
    report.add({.place = statement.place,
                .message = fmt::format(
                    "`{}` stays locked, for reads as well, until this is done: the transaction "
                    "has locked it before",
                    shown(lock->relation)),
                .help = "put this in a migration of its own, or between BEGIN and COMMIT before "
                        "the statements that lock",
                .lock = sql::describe(lock->lock),
                .table = lock->relation});
}

}  // namespace

extern Rule const slow_after_strong_lock;
constinit Rule const slow_after_strong_lock{
    .code = "CM0642",
    .name = "slow-after-strong-lock",
    .summary = "Work on rows in a transaction that has locked a table",
    .family = Family::lock,
    .level = Level::warning,
    .depends_on_database = true,
    .check = check_work_under_lock};

}  // namespace cm::lint::rules
