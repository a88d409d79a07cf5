// renaming-enum-value: renaming an enum value breaks programs that are running.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_renamed_value(Statement const& statement, Report& report) {
    if (!statement.is("AlterEnumStmt") || !statement.node().contains("oldVal")) return;
    auto const node = statement.node();
    if (report.script().is_new(object_name(node.list("typeName")), statement)) return;
    report.add(
        {.place = statement.place,
         .message = fmt::format("programs that still write `{}` fail, and those that read `{}` "
                                "may not know it",
                                node.text("oldVal"), node.text("newVal")),
         .help = "add the new value, deploy programs that know both, change the rows; or "
                 "deploy while none is running"});
}

}  // namespace

extern Rule const renaming_enum_value;
constinit Rule const renaming_enum_value{
    .code = "CM0658",
    .name = "renaming-enum-value",
    .summary = "Renaming an enum value breaks programs that are running",
    .family = Family::compatibility,
    .level = Level::error,
    .check = check_renamed_value};

}  // namespace cm::lint::rules
