// CREATE FUNCTION, "Writing SECURITY DEFINER Functions Safely".
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_security_definer(Statement const& statement, Report& report) {
    if (!statement.is("CreateFunctionStmt")) return;
    auto const node = statement.node();
    bool is_definer = false;
    for (auto const& one : node.list("options")) {
        auto const option = one["DefElem"];
        auto const name = option.text("defname");
        if (name == "security" && option.contains("arg")) {
            auto const value = option["arg"];
            is_definer = value.contains("Boolean") && value["Boolean"].boolean("boolval");
        }
        if (name == "set" && option.contains("arg") &&
            option["arg"]["VariableSetStmt"].text("name") == "search_path") {
            return;
        }
    }
    if (!is_definer) return;
    report.add(
        {.place = statement.place,
         .message = fmt::format(
             "`{}` runs with the rights of its owner, and who calls it decides by the search "
             "path which tables and functions it means",
             shown(object_name(node.list("funcname")))),
         .help = "add `SET search_path = ''` to the function and write all names with their "
                 "schemas, or `SET search_path = app, pg_temp`"});
}

}  // namespace

extern Rule const security_definer_without_search_path;
constinit Rule const security_definer_without_search_path{
    .code = "CM0650",
    .name = "security-definer-without-search-path",
    .summary = "A SECURITY DEFINER function whose search path the caller chooses",
    .family = Family::security,
    .level = Level::error,
    .check = check_security_definer};

}  // namespace cm::lint::rules
