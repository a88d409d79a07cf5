// Views read with the rights of their owner (manual, CREATE VIEW, security_invoker).
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

bool is_security_invoker(sql::Node view) {
    for (auto const& one : view.list("options")) {
        auto const option = one["DefElem"];
        if (option.text("defname") != "security_invoker") continue;
        if (!option.contains("arg") || !option["arg"].contains("String")) return true;
        auto const value = option["arg"]["String"].text("sval");
        return value != "false" && value != "off";
    }
    return false;
}

bool is_filled_by_query(Statement const& statement) {
    return statement.is("CreateTableAsStmt") &&
           statement.node().text("objtype") == "OBJECT_MATVIEW";
}

void check_view_over_policies(Statement const& statement, Report& report) {
    auto const is_view = statement.is("ViewStmt");
    if (!is_view && !is_filled_by_query(statement)) return;
    if (is_view && is_security_invoker(statement.node())) return;
    for (auto const& effect : statement.effects.effects) {
        if (effect.subject != sql::Subject::named || effect.action != "SELECT") continue;
        auto const* const table = report.catalog().find(effect.relation);
        if (table == nullptr || !table->has_row_security) continue;
        report.add(
            {.place = statement.place,
             .message = fmt::format("policies are checked against the owner of the view: whoever "
                                    "may read it sees what the owner may see of `{}`",
                                    shown(effect.relation)),
             .help = !is_view ? "grant the materialized view only to roles that may see all rows"
                     : report.server_is_before(15)
                         ? "grant the view only to roles that may see all rows; from PostgreSQL "
                           "15 on write `WITH (security_invoker = true)`"
                         : "`CREATE VIEW … WITH (security_invoker = true) AS …`",
             .table = effect.relation});
        return;
    }
}

}  // namespace

extern Rule const view_bypassing_row_level_security;
constinit Rule const view_bypassing_row_level_security{
    .code = "CM0671",
    .name = "view-bypassing-row-level-security",
    .summary = "A view shows all rows of a table that has row level security",
    .family = Family::security,
    .level = Level::warning,
    .depends_on_database = true,
    .check = check_view_over_policies};

}  // namespace cm::lint::rules
