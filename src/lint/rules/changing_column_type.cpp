// changing-column-type: changing a column's type rewrites the table.
#include <fmt/format.h>

#include <algorithm>

#include "lint/report.hpp"
#include "lint/syntax.hpp"
#include "sql/type_change.hpp"

namespace cm::lint::rules {
namespace {

constexpr int usual_server_version = 15;

/// What the change costs; none if the type before is not known.
std::optional<sql::TypeChangeCost> known_cost(AlterTable const& alter, AlterCommand const& command,
                                              Report const& report) {
    auto const* const table = report.catalog().find(alter.table);
    auto const* const column = table == nullptr ? nullptr : table->column(command.name);
    if (column == nullptr) return {};
    // What USING works out is written to the rows.
    auto const definition = command.definition()["ColumnDef"];
    if (definition.contains("raw_default")) return sql::TypeChangeCost::rewrites_table;
    auto const type = sql::canonical(sql::read_type(definition["typeName"]));
    auto const cost = sql::type_change_cost(
        column->type, type, report.conditions().server.value_or(usual_server_version));
    if (cost != sql::TypeChangeCost::rebuilds_indexes) return cost;
    auto const has_index =
        std::any_of(table->indexes.begin(), table->indexes.end(), [&](CatalogIndex const& index) {
            return std::find(index.columns.begin(), index.columns.end(), command.name) !=
                       index.columns.end() ||
                   std::find(index.columns.begin(), index.columns.end(), "") != index.columns.end();
        });
    return has_index ? cost : sql::TypeChangeCost::catalog;
}

std::string cost_message(AlterTable const& alter, AlterCommand const& command,
                         std::optional<sql::TypeChangeCost> cost) {
    auto const column = shown(command.name);
    auto const table = shown(alter.table);
    if (!cost) {
        return fmt::format(
            "changing the type of `{}` may rewrite `{}`, and nobody may read it meanwhile", column,
            table);
    }
    if (*cost == sql::TypeChangeCost::rebuilds_indexes) {
        return fmt::format(
            "changing the type of `{}` builds its indexes anew, and nobody may read `{}` meanwhile",
            column, table);
    }
    return fmt::format("changing the type of `{}` rewrites `{}`, and nobody may read it meanwhile",
                       column, table);
}

void check_column_type(Statement const& statement, Report& report) {
    auto const alter = alter_table(statement);
    if (!alter || report.script().is_new(alter->table, statement)) return;
    for (auto const& command : alter->commands) {
        if (command.kind != "AlterColumnType") continue;
        auto const cost = known_cost(*alter, command, report);
        if (cost == sql::TypeChangeCost::catalog) continue;
        report.add({.place = command.place,
                    .message = cost_message(*alter, command, cost),
                    .help =
                        "add a column of the new type, write both, copy the rows in batches, then "
                        "switch",
                    .lock = "ACCESS EXCLUSIVE",
                    .table = alter->table});
    }
}

}  // namespace

extern Rule const changing_column_type;
constinit Rule const changing_column_type{.code = "CM0613",
                                          .name = "changing-column-type",
                                          .summary = "Changing a column's type rewrites the table",
                                          .family = Family::lock,
                                          .level = Level::error,
                                          .depends_on_database = true,
                                          .check = check_column_type,
                                          .formerly = "0305 0314 0317"};

}  // namespace cm::lint::rules
