// delete-without-where: DELETE of all rows.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_whole_delete(Statement const& statement, Report& report) {
    if (!statement.is("DeleteStmt") || statement.node().contains("whereClause") ||
        statement.node().contains("usingClause")) {
        return;
    }
    auto const table = relation_name(statement.node()["relation"]);
    if (report.script().is_new(table, statement)) return;
    report.add({.place = statement.place,
                .message = fmt::format("all rows of `{}` are deleted", shown(table)),
                .help = "if that is meant, write `WHERE true`, or TRUNCATE",
                .lock = "ROW EXCLUSIVE",
                .table = table});
}

}  // namespace

extern Rule const delete_without_where;
constinit Rule const delete_without_where{.code = "CM0645",
                                          .name = "delete-without-where",
                                          .summary = "DELETE of all rows",
                                          .family = Family::data,
                                          .level = Level::error,
                                          .check = check_whole_delete};

}  // namespace cm::lint::rules
