// disallowed-unique-constraint: adding a unique constraint builds its index under the strongest
// lock.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

std::string unique_advice(sql::QualifiedName const& table, std::string const& columns,
                          std::string const& name) {
    auto const index = name.empty() ? "…" : written(name);
    return fmt::format(
        "`CREATE UNIQUE INDEX CONCURRENTLY {0} ON {1} ({2})`, then `ALTER TABLE {1} ADD CONSTRAINT "
        "{0} UNIQUE USING INDEX {0}`",
        index, written(table), columns);
}

void add_unique(Report& report, Place place, sql::QualifiedName const& table,
                std::string const& columns, std::string const& name) {
    report.add({.place = place,
                .message = fmt::format(
                    "reads and writes of `{}` wait while the index of this constraint is built",
                    shown(table)),
                .help = unique_advice(table, columns, name),
                .lock = "ACCESS EXCLUSIVE",
                .table = table});
}

void check_unique(Statement const& statement, Report& report) {
    for (auto const& column : column_definitions(statement)) {
        if (column.is_added && find_constraint(column.node, "CONSTR_UNIQUE") &&
            !report.script().is_new(column.table, statement)) {
            add_unique(report, column.place, column.table, written(column.name), {});
        }
    }
    for (auto const& constraint : added_constraints(statement)) {
        if (constraint.kind == "UNIQUE" && !constraint.takes_index &&
            !report.script().is_new(constraint.table, statement)) {
            add_unique(report, constraint.place, constraint.table,
                       column_list(constraint.node, "keys"), constraint.name);
        }
    }
}

}  // namespace

extern Rule const disallowed_unique_constraint;
constinit Rule const disallowed_unique_constraint{
    .code = "CM0608",
    .name = "disallowed-unique-constraint",
    .summary = "Adding a unique constraint builds its index under the strongest lock",
    .family = Family::lock,
    .level = Level::error,
    .depends_on_database = true,
    .check = check_unique,
    .formerly = "0308"};

}  // namespace cm::lint::rules
