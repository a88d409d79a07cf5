// update-without-where: UPDATE of all rows.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_whole_update(Statement const& statement, Report& report) {
    if (!statement.is("UpdateStmt") || statement.node().contains("whereClause") ||
        statement.node().contains("fromClause")) {
        return;
    }
    auto const table = relation_name(statement.node()["relation"]);
    if (report.script().is_new(table, statement)) return;
    report.add({.place = statement.place,
                .message = fmt::format("all rows of `{}` are written anew, and stay locked against "
                                       "other writers until the transaction ends",
                                       shown(table)),
                .help =
                    "change them in batches, each in a transaction of its own; if all are meant "
                    "and the table is small, write `WHERE true`",
                .lock = "ROW EXCLUSIVE",
                .table = table});
}

}  // namespace

extern Rule const update_without_where;
constinit Rule const update_without_where{.code = "CM0644",
                                          .name = "update-without-where",
                                          .summary = "UPDATE of all rows",
                                          .family = Family::lock,
                                          .level = Level::warning,
                                          .depends_on_database = true,
                                          .check = check_whole_update};

}  // namespace cm::lint::rules
