// adding-foreign-key-constraint: adding a foreign key checks all rows and blocks writes to both
// tables.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_new_column_reference(ColumnDefinition const& column, Report& report) {
    auto const reference = find_constraint(column.node, "CONSTR_FOREIGN");
    if (!reference) return;
    auto const target = relation_name((*reference)["pktable"]);
    // Where the new column is null in all rows PostgreSQL need not look at any.
    auto const has_default = find_constraint(column.node, "CONSTR_DEFAULT").has_value();
    report.add(
        {.place = column.place,
         .message = has_default
                        ? fmt::format("all rows of `{}` are checked while it and `{}` are locked",
                                      shown(column.table), shown(target))
                        : fmt::format("a foreign key locks `{}` as well as `{}`, in one go",
                                      shown(target), shown(column.table)),
         .help = fmt::format("add the column first, then `ALTER TABLE {} ADD FOREIGN KEY ({}) "
                             "REFERENCES {} … NOT VALID`, then validate the constraint, each in a "
                             "transaction of its own",
                             written(column.table), written(column.name), written(target)),
         .lock = "ACCESS EXCLUSIVE",
         .table = column.table,
         .level = has_default ? Level::error : Level::warning});
}

void check_foreign_key(Statement const& statement, Report& report) {
    for (auto const& column : column_definitions(statement)) {
        if (column.is_added && !report.script().is_new(column.table, statement)) {
            check_new_column_reference(column, report);
        }
    }
    for (auto const& constraint : added_constraints(statement)) {
        if (constraint.kind != "FOREIGN" || !constraint.is_checked ||
            report.script().is_new(constraint.table, statement)) {
            continue;
        }
        auto const target = relation_name(constraint.node["pktable"]);
        report.add(
            {.place = constraint.place,
             .message =
                 fmt::format("all rows of `{}` are checked while writes to it and to `{}` wait",
                             shown(constraint.table), shown(target)),
             .help = fmt::format("add `NOT VALID`, and in a transaction of its own `ALTER TABLE {} "
                                 "VALIDATE CONSTRAINT {}`",
                                 written(constraint.table),
                                 constraint.name.empty() ? "…" : written(constraint.name)),
             .lock = "SHARE ROW EXCLUSIVE",
             .table = constraint.table});
    }
}

}  // namespace

extern Rule const adding_foreign_key_constraint;
constinit Rule const adding_foreign_key_constraint{
    .code = "CM0607",
    .name = "adding-foreign-key-constraint",
    .summary = "Adding a foreign key checks all rows and blocks writes to both tables",
    .family = Family::lock,
    .level = Level::error,
    .depends_on_database = true,
    .check = check_foreign_key,
    .formerly = "0309"};

}  // namespace cm::lint::rules
