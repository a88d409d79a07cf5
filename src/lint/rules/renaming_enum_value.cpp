// renaming-enum-value: renaming an enum value breaks programs that are running.
#include <fmt/format.h>

#include <algorithm>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

/// Names are exchanged by way of a third one, which no program has ever seen: the other statement
/// that gives or takes it.
Statement const* other_half(Script const& script, Statement const& rename, char const* given,
                            char const* taken) {
    auto const node = rename.node();
    auto const& all = script.statements();
    auto const found = std::find_if(all.begin(), all.end(), [&](Statement const& other) {
        return other.index != rename.index && other.is("AlterEnumStmt") &&
               object_name(other.node().list("typeName")) == object_name(node.list("typeName")) &&
               !other.node().text("oldVal").empty() && other.node().text(given) == node.text(taken);
    });
    return found == all.end() ? nullptr : &*found;
}

void check_renamed_value(Statement const& statement, Report& report) {
    if (!statement.is("AlterEnumStmt") || !statement.node().contains("oldVal")) return;
    auto const node = statement.node();
    if (report.script().is_new(object_name(node.list("typeName")), statement)) return;
    auto const* const before = other_half(report.script(), statement, "newVal", "oldVal");
    if (before != nullptr && before->index < statement.index) return;
    auto const* const after = other_half(report.script(), statement, "oldVal", "newVal");
    auto const is_passing = after != nullptr && after->index > statement.index;
    report.add({.place = statement.place,
                .message = fmt::format(
                    "programs that still write `{}` fail, and those that read `{}` "
                    "may not know it",
                    node.text("oldVal"), (is_passing ? after->node() : node).text("newVal")),
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
