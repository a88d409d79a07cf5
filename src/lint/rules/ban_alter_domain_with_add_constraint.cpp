// ban-alter-domain-with-add-constraint: a new constraint of a domain reads all tables that use
// it.
#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_altered_domain(Statement const& statement, Report& report) {
    if (!statement.is("AlterDomainStmt")) return;
    auto const node = statement.node();
    auto const subtype = node.text("subtype");
    auto const sets_not_null = subtype == "O";
    if (subtype != "C" && !sets_not_null) return;
    if (report.script().is_new(object_name(node.list("typeName")), statement)) return;
    auto const is_unchecked =
        !sets_not_null && node["def"]["Constraint"].boolean("skip_validation");
    if (is_unchecked) return;
    report.add({.place = statement.place,
                .message = "all tables that use the domain are read while writes to them wait",
                .help = sets_not_null
                            ? "put NOT NULL on the columns"
                            : "add `NOT VALID`, and validate in a transaction of its own; "
                              "or put the constraint on the columns",
                .lock = "SHARE"});
}

}  // namespace

extern Rule const ban_alter_domain_with_add_constraint;
constinit Rule const ban_alter_domain_with_add_constraint{
    .code = "CM0622",
    .name = "ban-alter-domain-with-add-constraint",
    .summary = "A new constraint of a domain reads all tables that use it",
    .family = Family::lock,
    .level = Level::warning,
    .depends_on_database = true,
    .check = check_altered_domain};

}  // namespace cm::lint::rules
