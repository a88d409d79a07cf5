// PUBLIC is all roles, those to come as well (manual, 5.8).
#include <algorithm>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

bool is_to_public(sql::Node grant) {
    auto const grantees = grant.list("grantees");
    return std::any_of(grantees.begin(), grantees.end(), [](sql::Node const& one) {
        return one.contains("RoleSpec") && one["RoleSpec"].text("roletype") == "ROLESPEC_PUBLIC";
    });
}

/// No list of privileges means all of them.
bool grants_more_than_usage(sql::Node grant) {
    auto const privileges = grant.list("privileges");
    return privileges.empty() ||
           std::any_of(privileges.begin(), privileges.end(), [](sql::Node const& one) {
               return one["AccessPriv"].text("priv_name") != "usage";
           });
}

void check_grant_to_public(Statement const& statement, Report& report) {
    auto const is_default = statement.is("AlterDefaultPrivilegesStmt");
    if (!is_default && !statement.is("GrantStmt")) return;
    auto const grant = is_default ? statement.node()["action"] : statement.node();
    if (!grant.boolean("is_grant") || !is_to_public(grant)) return;
    auto const kind = grant.text("objtype");
    auto const is_schema = kind == "OBJECT_SCHEMA";
    if (kind != "OBJECT_TABLE" && !is_schema) return;
    if (is_schema && !grants_more_than_usage(grant)) return;
    report.add(
        {.place = clause_place(statement, "TO"),
         .message = is_schema
                        ? "every role can create functions there, which others may call by mistake"
                        : "every role has these privileges, also those that are created later",
         .help = "grant it to the roles that need it"});
}

}  // namespace

extern Rule const granting_to_public;
constinit Rule const granting_to_public{.code = "CM0678",
                                        .name = "granting-to-public",
                                        .summary = "What is granted to PUBLIC every role may do",
                                        .family = Family::security,
                                        .level = Level::warning,
                                        .check = check_grant_to_public};

}  // namespace cm::lint::rules
