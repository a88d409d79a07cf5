// ADD PRIMARY KEY USING INDEX does SET NOT NULL besides (manual, ALTER TABLE).
#include <fmt/format.h>

#include <algorithm>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

CatalogIndex const* find_index_of_key(CatalogTable const& table, std::string_view name) {
    auto const found = std::find_if(table.indexes.begin(), table.indexes.end(),
                                    [&](CatalogIndex const& it) { return it.name.name == name; });
    return found == table.indexes.end() ? nullptr : &*found;
}

bool may_be_null(CatalogTable const& table, std::string const& column) {
    auto const* const known = table.column(column);
    return known != nullptr && !known->is_not_null &&
           std::none_of(table.not_null_checks.begin(), table.not_null_checks.end(),
                        [&](auto const& it) { return it.second == column; });
}

void check_nullable_key(Statement const& statement, Report& report) {
    for (auto const& constraint : added_constraints(statement)) {
        if (constraint.kind != "PRIMARY" || !constraint.takes_index ||
            report.script().is_new(constraint.table, statement)) {
            continue;
        }
        auto const* const table = report.catalog().find(constraint.table);
        auto const* const index =
            table == nullptr ? nullptr
                             : find_index_of_key(*table, constraint.node.text("indexname"));
        if (index == nullptr) continue;
        auto const column =
            std::find_if(index->columns.begin(), index->columns.end(),
                         [&](std::string const& it) { return may_be_null(*table, it); });
        if (column == index->columns.end()) continue;
        report.add(
            {.place = constraint.place,
             .message = fmt::format("all rows of `{}` are read while nobody else may read it: "
                                    "`{}` may be null",
                                    shown(constraint.table), shown(*column)),
             .help = fmt::format("first `ALTER TABLE {0} ADD CONSTRAINT {1} CHECK ({2} IS NOT "
                                 "NULL) NOT VALID`, then `ALTER TABLE {0} VALIDATE CONSTRAINT "
                                 "{1}`, each in a transaction of its own",
                                 written(constraint.table), written(*column + "_not_null"),
                                 written(*column)),
             .lock = "ACCESS EXCLUSIVE",
             .table = constraint.table});
    }
}

}  // namespace

extern Rule const primary_key_on_nullable_column;
constinit Rule const primary_key_on_nullable_column{
    .code = "CM0667",
    .name = "primary-key-on-nullable-column",
    .summary = "A primary key from an index reads all rows unless its columns are NOT NULL",
    .family = Family::lock,
    .level = Level::error,
    .depends_on_database = true,
    .check = check_nullable_key};

}  // namespace cm::lint::rules
