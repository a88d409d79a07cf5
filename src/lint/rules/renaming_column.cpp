// renaming-column: renaming a column breaks programs that are running.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_renamed_column(Statement const& statement, Report& report) {
    if (!statement.is("RenameStmt")) return;
    auto const node = statement.node();
    if (node.text("renameType") != "OBJECT_COLUMN" || node.text("relationType") != "OBJECT_TABLE") {
        return;
    }
    auto const table = relation_name(node["relation"]);
    if (report.script().is_new(table, statement) ||
        report.script().is_named_before(statement, sql::DefinedKind::column,
                                        {{}, node.text("subname")}, table)) {
        return;
    }
    report.add(
        {.place = clause_place(statement, "RENAME"),
         .message = fmt::format("programs that still say `{}` fail from this moment on",
                                shown(node.text("subname"))),
         .help = fmt::format("add `{}`, write both, copy the rows, switch the programs, then drop "
                             "`{}`; or deploy while none is running",
                             written(node.text("newname")), written(node.text("subname"))),
         .lock = "ACCESS EXCLUSIVE",
         .table = table});
}

}  // namespace

extern Rule const renaming_column;
constinit Rule const renaming_column{
    .code = "CM0614",
    .name = "renaming-column",
    .summary = "Renaming a column breaks programs that are running",
    .family = Family::compatibility,
    .level = Level::error,
    .check = check_renamed_column};

}  // namespace cm::lint::rules
