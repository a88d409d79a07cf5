// moving-table: moving a table to another schema breaks programs that are running.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_moved_table(Statement const& statement, Report& report) {
    if (!statement.is("AlterObjectSchemaStmt")) return;
    auto const node = statement.node();
    if (node.text("objectType") != "OBJECT_TABLE" || !node.contains("relation")) return;
    auto const table = relation_name(node["relation"]);
    if (report.script().is_new(table, statement)) return;
    report.add(
        {.place = statement.place,
         .message = fmt::format("programs look for `{}` where it was, and fail from this "
                                "moment on unless the search path leads them",
                                shown(table)),
         .help = fmt::format("in the same transaction `CREATE VIEW {} AS SELECT * FROM {}.{}` "
                             "keeps them running",
                             written(table), written(node.text("newschema")), written(table.name)),
         .lock = "ACCESS EXCLUSIVE",
         .table = table});
}

}  // namespace

extern Rule const moving_table;
constinit Rule const moving_table{
    .code = "CM0657",
    .name = "moving-table",
    .summary = "Moving a table to another schema breaks programs that are running",
    .family = Family::compatibility,
    .level = Level::error,
    .check = check_moved_table};

}  // namespace cm::lint::rules
