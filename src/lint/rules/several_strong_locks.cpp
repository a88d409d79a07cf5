// several-strong-locks: a transaction that locks several tables.
#include <fmt/format.h>

#include <set>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

/// Existing tables that the statement locks against readers.
std::set<sql::QualifiedName> locked_tables(Statement const& statement, Script const& script) {
    std::set<sql::QualifiedName> tables{};
    if (statement.is("DropStmt") && statement.node().text("removeType") != "OBJECT_TABLE") {
        return tables;
    }
    for (auto const& effect : statement.effects.effects) {
        if (effect.subject == sql::Subject::named && sql::blocks_reads(effect.lock) &&
            !effect.is_brief && !script.is_new(effect.relation, statement)) {
            tables.insert(effect.relation);
        }
    }
    return tables;
}

void check_second_lock(Statement const& statement, Report& report) {
    if (statement.transaction == 0) return;
    auto const own = locked_tables(statement, report.script());
    if (own.empty()) return;
    std::set<sql::QualifiedName> before{};
    for (auto const& other : report.script().statements()) {
        if (other.index >= statement.index) break;
        if (other.transaction != statement.transaction) continue;
        before.merge(locked_tables(other, report.script()));
        if (before.size() > 1) return;  // reported there
    }
    if (before.size() != 1) return;
    auto const& first = *before.begin();
    for (auto const& table : own) {
        if (table == first) continue;
        report.add(
            {.place = statement.place,
             .message = fmt::format("the transaction holds `{}` while it waits for `{}`: "
                                    "whoever takes them the other way round is in a deadlock",
                                    shown(first), shown(table)),
             .help = "change one table a transaction",
             .lock = "ACCESS EXCLUSIVE",
             .table = table});
        return;
    }
}

}  // namespace

extern Rule const several_strong_locks;
constinit Rule const several_strong_locks{.code = "CM0643",
                                          .name = "several-strong-locks",
                                          .summary = "A transaction that locks several tables",
                                          .family = Family::lock,
                                          .level = Level::note,
                                          .depends_on_database = true,
                                          .check = check_second_lock};

}  // namespace cm::lint::rules
