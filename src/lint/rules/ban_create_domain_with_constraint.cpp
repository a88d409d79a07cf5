// ban-create-domain-with-constraint: a domain with a constraint is hard to change once tables use
// it.
#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_domain_constraints(Statement const& statement, Report& report) {
    if (!statement.is("CreateDomainStmt")) return;
    for (auto const& one : statement.node().list("constraints")) {
        auto const constraint = one["Constraint"];
        auto const kind = constraint.text("contype");
        if (kind != "CONSTR_CHECK" && kind != "CONSTR_NOTNULL") continue;
        report.add({.place = token_place(statement, constraint.integer("location")),
                    .message = "to change what a domain demands, all tables that use it are read "
                               "under a lock",
                    .help = "put the constraint on the columns"});
        return;
    }
}

}  // namespace

extern Rule const ban_create_domain_with_constraint;
constinit Rule const ban_create_domain_with_constraint{
    .code = "CM0621",
    .name = "ban-create-domain-with-constraint",
    .summary = "A domain with a constraint is hard to change once tables use it",
    .family = Family::convention,
    .level = Level::warning,
    .check = check_domain_constraints};

}  // namespace cm::lint::rules
