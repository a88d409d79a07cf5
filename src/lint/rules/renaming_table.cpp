// renaming-table: renaming a table breaks programs that are running.
#include <fmt/format.h>

#include <algorithm>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

/// A view under the old name, made in the same transaction, keeps programs running.
bool is_stood_in_for(Script const& script, Statement const& rename, std::string const& old_name) {
    auto const& all = script.statements();
    return rename.transaction != 0 &&
           std::any_of(all.begin(), all.end(), [&](Statement const& other) {
               return other.index > rename.index && other.transaction == rename.transaction &&
                      other.is("ViewStmt") && relation_name(other.node()["view"]).name == old_name;
           });
}

void check_renamed_table(Statement const& statement, Report& report) {
    if (!statement.is("RenameStmt") || statement.node().text("renameType") != "OBJECT_TABLE") {
        return;
    }
    auto const node = statement.node();
    auto const table = relation_name(node["relation"]);
    if (report.script().is_new(table, statement) ||
        report.script().is_named_before(statement, sql::DefinedKind::table, table) ||
        is_stood_in_for(report.script(), statement, table.name)) {
        return;
    }
    report.add(
        {.place = clause_place(statement, "RENAME"),
         .message =
             fmt::format("programs that still say `{}` fail from this moment on", shown(table)),
         .help = fmt::format("in the same transaction `CREATE VIEW {} AS SELECT * FROM {}` keeps "
                             "them running; or deploy while none is running",
                             written(table), written(node.text("newname"))),
         .lock = "ACCESS EXCLUSIVE",
         .table = table});
}

}  // namespace

extern Rule const renaming_table;
constinit Rule const renaming_table{.code = "CM0615",
                                    .name = "renaming-table",
                                    .summary = "Renaming a table breaks programs that are running",
                                    .family = Family::compatibility,
                                    .level = Level::error,
                                    .check = check_renamed_table};

}  // namespace cm::lint::rules
