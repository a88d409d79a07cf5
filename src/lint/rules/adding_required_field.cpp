// adding-required-field: a new NOT NULL column without a default fails where there are rows.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

/// `DEFAULT NULL` is none.
bool has_value(sql::Node column) {
    auto const given = find_constraint(column, "CONSTR_DEFAULT");
    if (given) {
        auto const value = (*given)["raw_expr"];
        return !(value.contains("A_Const") && value["A_Const"].boolean("isnull"));
    }
    if (find_constraint(column, "CONSTR_GENERATED") || find_constraint(column, "CONSTR_IDENTITY")) {
        return true;
    }
    constexpr std::array<std::string_view, 6> serials{"serial",  "bigserial", "smallserial",
                                                      "serial4", "serial8",   "serial2"};
    auto const type = sql::last_name(column["typeName"].list("names"));
    return std::find(serials.begin(), serials.end(), type) != serials.end();
}

void check_required_field(Statement const& statement, Report& report) {
    for (auto const& column : column_definitions(statement)) {
        if (!column.is_added || !find_constraint(column.node, "CONSTR_NOTNULL") ||
            has_value(column.node) || report.script().is_new(column.table, statement)) {
            continue;
        }
        report.add(
            {.place = column.place,
             .message = fmt::format("this fails if `{}` has rows: they have no value for `{}`",
                                    shown(column.table), shown(column.name)),
             .help = "give it a DEFAULT; or add it without NOT NULL, fill it, and make it NOT NULL "
                     "afterwards",
             .lock = "ACCESS EXCLUSIVE",
             .table = column.table});
    }
}

}  // namespace

extern Rule const adding_required_field;
constinit Rule const adding_required_field{
    .code = "CM0611",
    .name = "adding-required-field",
    .summary = "A new NOT NULL column without a default fails where there are rows",
    .family = Family::failure,
    .level = Level::error,
    .depends_on_database = true,
    .check = check_required_field,
    .formerly = "0303"};

}  // namespace cm::lint::rules
