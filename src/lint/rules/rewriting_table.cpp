// VACUUM FULL, CLUSTER, and what of ALTER TABLE rewrites a table for another reason than a column.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_rewrite(Statement const& statement, Report& report) {
    auto const alter = alter_table(statement);
    auto const is_other = statement.is("VacuumStmt") || statement.is("ClusterStmt");
    if (!alter && !is_other) return;
    for (auto const& effect : statement.effects.effects) {
        auto const rewrites =
            effect.rewrite == sql::Rewrite::yes || effect.rewrite == sql::Rewrite::depends_on_state;
        if (!rewrites || effect.subject == sql::Subject::descendants ||
            report.script().is_new(effect.relation, statement)) {
            continue;
        }
        auto place = statement.place;
        if (alter && effect.command < alter->commands.size()) {
            auto const& command = alter->commands[effect.command];
            if (command.kind == "AddColumn" || command.kind == "AlterColumnType") continue;
            place = command.place;
        }
        report.add(
            {.place = place,
             .message = effect.relation.name.empty()
                            ? "all tables are rewritten, and nobody may read them meanwhile"
                            : fmt::format("`{}` is rewritten, and nobody may read it meanwhile",
                                          shown(effect.relation)),
             .help = "do it when nobody works, or with an extension such as pg_repack, which "
                     "locks the table for moments only",
             .lock = "ACCESS EXCLUSIVE",
             .table = effect.relation});
        return;
    }
}

}  // namespace

extern Rule const rewriting_table;
constinit Rule const rewriting_table{
    .code = "CM0646",
    .name = "rewriting-table",
    .summary = "VACUUM FULL, CLUSTER and the like rewrite a table under the strongest lock",
    .family = Family::lock,
    .level = Level::error,
    .depends_on_database = true,
    .check = check_rewrite};

}  // namespace cm::lint::rules
