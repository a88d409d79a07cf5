// An interrupted CREATE INDEX CONCURRENTLY leaves an invalid index (manual, CREATE INDEX).
#include <fmt/format.h>

#include <algorithm>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_existing_index(Statement const& statement, Report& report) {
    if (!statement.is("IndexStmt")) return;
    auto const node = statement.node();
    if (!node.boolean("concurrent") || !node.boolean("if_not_exists")) return;
    auto const name = node.text("idxname");
    auto const& all = report.script().statements();
    auto const drops_it = [&](Statement const& other) {
        auto const& defined = other.effects.defines;
        return other.index < statement.index &&
               std::any_of(defined.begin(), defined.end(), [&](sql::DefinedObject const& one) {
                   return one.action == sql::DefinedAction::drops && one.name.name == name;
               });
    };
    if (std::any_of(all.begin(), all.end(), drops_it)) return;
    report.add(
        {.place = clause_place(statement, "IF"),
         .message = fmt::format("if an earlier attempt was interrupted, an invalid `{}` is there, "
                                "and stays",
                                shown(name)),
         .help = fmt::format("before this `DROP INDEX CONCURRENTLY IF EXISTS {}`", written(name))});
}

}  // namespace

extern Rule const concurrent_index_if_not_exists;
constinit Rule const concurrent_index_if_not_exists{
    .code = "CM0680",
    .name = "concurrent-index-if-not-exists",
    .summary = "IF NOT EXISTS takes an invalid index for a good one",
    .family = Family::applier,
    .level = Level::warning,
    .check = check_existing_index};

}  // namespace cm::lint::rules
