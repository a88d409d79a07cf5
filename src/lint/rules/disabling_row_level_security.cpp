// Policies stay, and count no more (manual, 5.9).
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_disabled_row_security(Statement const& statement, Report& report) {
    auto const alter = alter_table(statement);
    if (!alter || report.script().is_new(alter->table, statement)) return;
    for (auto const& command : alter->commands) {
        auto const is_for_owner = command.kind == "NoForceRowSecurity";
        if (command.kind != "DisableRowSecurity" && !is_for_owner) continue;
        report.add({.place = command.place,
                    .message = fmt::format("{} all rows of `{}`, whatever its policies say",
                                           is_for_owner ? "its owner sees and changes"
                                                        : "whoever has privileges sees and changes",
                                           shown(alter->table)),
                    .help = is_for_owner ? "let programs log in as another role than the owner"
                                         : "keep it, and add a policy for what is to be allowed",
                    .lock = "ACCESS EXCLUSIVE",
                    .table = alter->table});
    }
}

}  // namespace

extern Rule const disabling_row_level_security;
constinit Rule const disabling_row_level_security{
    .code = "CM0669",
    .name = "disabling-row-level-security",
    .summary = "Without row level security everybody who may read the table sees all rows",
    .family = Family::security,
    .level = Level::warning,
    .check = check_disabled_row_security};

}  // namespace cm::lint::rules
