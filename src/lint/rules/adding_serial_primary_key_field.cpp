// adding-serial-primary-key-field: adding a primary key builds its index under the strongest
// lock.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void add_primary_key(Report& report, Place place, sql::QualifiedName const& table,
                     std::string const& columns) {
    report.add(
        {.place = place,
         .message = fmt::format(
             "reads and writes of `{}` wait while the primary key's index is built", shown(table)),
         .help = fmt::format(
             "`CREATE UNIQUE INDEX CONCURRENTLY … ON {0} ({1})`, make the columns NOT NULL, "
             "then `ALTER TABLE {0} ADD PRIMARY KEY USING INDEX …`",
             written(table), columns),
         .lock = "ACCESS EXCLUSIVE",
         .table = table});
}

void check_primary_key(Statement const& statement, Report& report) {
    for (auto const& column : column_definitions(statement)) {
        if (column.is_added && find_constraint(column.node, "CONSTR_PRIMARY") &&
            !report.script().is_new(column.table, statement)) {
            add_primary_key(report, column.place, column.table, written(column.name));
        }
    }
    for (auto const& constraint : added_constraints(statement)) {
        if (constraint.kind == "PRIMARY" && !constraint.takes_index &&
            !report.script().is_new(constraint.table, statement)) {
            add_primary_key(report, constraint.place, constraint.table,
                            column_list(constraint.node, "keys"));
        }
    }
}

}  // namespace

extern Rule const adding_serial_primary_key_field;
constinit Rule const adding_serial_primary_key_field{
    .code = "CM0609",
    .name = "adding-serial-primary-key-field",
    .summary = "Adding a primary key builds its index under the strongest lock",
    .family = Family::lock,
    .level = Level::error,
    .depends_on_database = true,
    .check = check_primary_key,
    .formerly = "0306"};

}  // namespace cm::lint::rules
