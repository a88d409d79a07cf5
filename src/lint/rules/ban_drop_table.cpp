// ban-drop-table: dropping a table deletes its rows and breaks programs that are running.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_dropped_table(Statement const& statement, Report& report) {
    if (!statement.is("DropStmt") || statement.node().text("removeType") != "OBJECT_TABLE") return;
    for (auto const& object : statement.node().list("objects")) {
        auto const table = object_name(object["List"].list("items"));
        if (report.script().is_new(table, statement)) continue;
        report.add({.place = statement.place,
                    .message = fmt::format(
                        "the rows of `{}` are deleted, and programs that still read it fail",
                        shown(table)),
                    .help = "first deploy programs that do not use it; then accept this with `-- "
                            "cm-migrate: allow ban-drop-table REASON` above the statement",
                    .lock = "ACCESS EXCLUSIVE",
                    .table = table});
    }
}

}  // namespace

extern Rule const ban_drop_table;
constinit Rule const ban_drop_table{
    .code = "CM0617",
    .name = "ban-drop-table",
    .summary = "Dropping a table deletes its rows and breaks programs that are running",
    .family = Family::data,
    .level = Level::error,
    .check = check_dropped_table,
    .formerly = "0307"};

}  // namespace cm::lint::rules
