// `json` has no equality operator (manual, 8.14).
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_json_column(Statement const& statement, Report& report) {
    if (!statement.is("AlterTableStmt")) return;
    for (auto const& type : written_types(statement)) {
        if (type.name != "json" || type.is_array || report.script().is_new(type.table, statement)) {
            continue;
        }
        report.add(
            {.place = type.place,
             .message = fmt::format("`SELECT DISTINCT *`, GROUP BY and UNION over `{}` fail: "
                                    "`json` cannot be compared",
                                    shown(type.table)),
             .help = "use `jsonb`, which can, and can be indexed",
             .table = type.table});
    }
}

}  // namespace

extern Rule const adding_json_field;
constinit Rule const adding_json_field{
    .code = "CM0674",
    .name = "adding-json-field",
    .summary = "A column of type json makes SELECT DISTINCT and UNION fail",
    .family = Family::compatibility,
    .level = Level::warning,
    .check = check_json_column};

}  // namespace cm::lint::rules
