#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_column_type(Statement const& statement, Report& report) {
    auto const alter = alter_table(statement);
    if (!alter || report.script().is_new(alter->table, statement)) return;
    for (auto const& command : alter->commands) {
        if (command.kind != "AlterColumnType") continue;
        report.add(
            {.place = command.place,
             .message = fmt::format(
                 "changing the type of `{}` may rewrite `{}`, and nobody may read it meanwhile",
                 written(command.name), written(alter->table)),
             .help = "add a column of the new type, write both, copy the rows in batches, then "
                     "switch",
             .lock = "ACCESS EXCLUSIVE",
             .table = alter->table});
    }
}

}  // namespace

extern Rule const changing_column_type;
constinit Rule const changing_column_type{
    .code = "CM0613",
    .name = "changing-column-type",
    .summary = "Changing a column's type rewrites the table",
    .family = Family::lock,
    .level = Level::error,
    .depends_on_database = true,
    .check = check_column_type};

}  // namespace cm::lint::rules
