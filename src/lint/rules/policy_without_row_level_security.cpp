// CREATE POLICY does not enable what it is for (manual, 5.9).
#include <fmt/format.h>

#include <algorithm>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

/// A statement of the file enables it, wherever it stands.
bool is_enabled_in_file(Script const& script, sql::QualifiedName const& table) {
    auto const& all = script.statements();
    return std::any_of(all.begin(), all.end(), [&](Statement const& statement) {
        auto const alter = alter_table(statement);
        return alter && alter->table.name == table.name &&
               std::any_of(alter->commands.begin(), alter->commands.end(),
                           [](AlterCommand const& it) { return it.kind == "EnableRowSecurity"; });
    });
}

void check_policy_without_security(Statement const& statement, Report& report) {
    if (!statement.is("CreatePolicyStmt")) return;
    auto const name = relation_name(statement.node()["table"]);
    auto const* const table = report.catalog().find(name);
    if (table == nullptr || table->has_row_security || is_enabled_in_file(report.script(), name)) {
        return;
    }
    report.add({.place = statement.place,
                .message = fmt::format("the policy does nothing: row level security of `{}` is not "
                                       "enabled, and everybody with privileges sees all rows",
                                       shown(name)),
                .help = fmt::format("`ALTER TABLE {} ENABLE ROW LEVEL SECURITY`", written(name)),
                .table = name});
}

}  // namespace

extern Rule const policy_without_row_level_security;
constinit Rule const policy_without_row_level_security{
    .code = "CM0670",
    .name = "policy-without-row-level-security",
    .summary = "A policy does nothing before row level security is enabled",
    .family = Family::security,
    .level = Level::warning,
    .depends_on_database = true,
    .check = check_policy_without_security};

}  // namespace cm::lint::rules
