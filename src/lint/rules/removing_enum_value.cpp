// PostgreSQL cannot remove a value of an enum, so columns are given a new type through text, which
// fails for a value that the new one lacks.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

std::vector<std::string> missing(std::vector<std::string> const& before,
                                 std::vector<std::string> const& after) {
    std::vector<std::string> values{};
    for (auto const& value : before) {
        if (std::find(after.begin(), after.end(), value) == after.end()) values.push_back(value);
    }
    return values;
}

void check_removed_value(Statement const& statement, Report& report) {
    auto const* const alter = alter_table(statement);
    if (alter == nullptr || report.script().is_new(alter->table, statement)) return;
    auto const& catalog = report.catalog();
    auto const* const table = catalog.find(alter->table);
    if (table == nullptr) return;
    for (auto const& command : alter->commands) {
        auto const* const column = table->column(command.name);
        if (command.kind != "AlterColumnType" || column == nullptr) continue;
        auto const type = sql::read_type(command.definition()["ColumnDef"]["typeName"]);
        auto const* const before = catalog.find_enum(column->type.name);
        auto const* const after = catalog.find_enum(type.name);
        if (before == nullptr || after == nullptr) continue;
        auto const removed = missing(*before, *after);
        if (removed.empty()) continue;
        report.add({.place = command.place,
                    .message = fmt::format("this fails if a row has one of the values [{}] in `{}`",
                                           fmt::join(removed, ", "), shown(command.name)),
                    .help = fmt::format("first `UPDATE {} SET {} = … WHERE {}::text IN ('{}')`",
                                        written(alter->table), written(command.name),
                                        written(command.name), fmt::join(removed, "', '")),
                    .lock = "ACCESS EXCLUSIVE",
                    .table = alter->table});
    }
}

}  // namespace

extern Rule const removing_enum_value;
constinit Rule const removing_enum_value{
    .code = "CM0685",
    .name = "removing-enum-value",
    .summary = "Removing a value from an enum fails if a row still has it",
    .family = Family::schema,
    .level = Level::warning,
    .depends_on_database = true,
    .check = check_removed_value,
    .formerly = "0301"};

}  // namespace cm::lint::rules
