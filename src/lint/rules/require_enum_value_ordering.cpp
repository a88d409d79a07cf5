// require-enum-value-ordering: ADD VALUE without BEFORE or AFTER.
#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_enum_value_order(Statement const& statement, Report& report) {
    if (!statement.is("AlterEnumStmt")) return;
    auto const node = statement.node();
    auto const is_added = node.contains("newVal") && !node.contains("oldVal");
    if (!is_added || node.contains("newValNeighbor")) return;
    report.add({.place = statement.place,
                .message = "the new value comes after all others, which is easily overlooked where "
                           "values are compared or sorted",
                .help = "say where it belongs: `BEFORE '…'` or `AFTER '…'`"});
}

}  // namespace

extern Rule const require_enum_value_ordering;
constinit Rule const require_enum_value_ordering{.code = "CM0625",
                                                 .name = "require-enum-value-ordering",
                                                 .summary = "ADD VALUE without BEFORE or AFTER",
                                                 .family = Family::convention,
                                                 .level = Level::warning,
                                                 .check = check_enum_value_order};

}  // namespace cm::lint::rules
