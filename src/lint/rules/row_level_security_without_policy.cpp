// row-level-security-without-policy: ENABLE ROW LEVEL SECURITY without a policy hides all rows.
#include <fmt/format.h>

#include <algorithm>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_row_security(Statement const& statement, Report& report) {
    auto const alter = alter_table(statement);
    if (!alter) return;
    auto const& all = report.script().statements();
    auto const makes_policy = [&](Statement const& other) {
        return other.is("CreatePolicyStmt") &&
               relation_name(other.node()["table"]).name == alter->table.name;
    };
    for (auto const& command : alter->commands) {
        if (command.kind != "EnableRowSecurity") continue;
        auto const* const known = report.catalog().find(alter->table);
        if ((known != nullptr && known->has_policies) ||
            std::any_of(all.begin(), all.end(), makes_policy)) {
            return;
        }
        report.add(
            {.place = command.place,
             .message = fmt::format("nobody but its owner sees a row of `{}` without a policy",
                                    shown(alter->table)),
             .help = fmt::format("`CREATE POLICY … ON {} …` in the same file, before this",
                                 written(alter->table)),
             .lock = "ACCESS EXCLUSIVE",
             .table = alter->table});
    }
}

}  // namespace

extern Rule const row_level_security_without_policy;
constinit Rule const row_level_security_without_policy{
    .code = "CM0651",
    .name = "row-level-security-without-policy",
    .summary = "ENABLE ROW LEVEL SECURITY without a policy hides all rows",
    .family = Family::security,
    .level = Level::note,
    .depends_on_database = true,
    .check = check_row_security};

}  // namespace cm::lint::rules
