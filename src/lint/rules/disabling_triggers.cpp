// Foreign keys are triggers, too (manual, ALTER TABLE, DISABLE TRIGGER).
#include <fmt/format.h>

#include <algorithm>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

bool enables_trigger(AlterCommand const& command) {
    return command.kind.starts_with("Enable") && command.kind.find("Trig") != std::string::npos;
}

/// A later statement of the same transaction enables triggers of the table: nobody else could write
/// to it meanwhile.
bool is_enabled_again(Statement const& statement, AlterTable const& alter, Report const& report) {
    if (statement.transaction == 0) return false;
    auto const& all = report.script().statements();
    return std::any_of(all.begin(), all.end(), [&](Statement const& other) {
        if (other.index <= statement.index || other.transaction != statement.transaction)
            return false;
        auto const later = alter_table(other);
        return later && later->table.name == alter.table.name &&
               std::any_of(later->commands.begin(), later->commands.end(), enables_trigger);
    });
}

bool is_replica_role(Statement const& statement) {
    if (!statement.is("VariableSetStmt") ||
        statement.node().text("name") != "session_replication_role") {
        return false;
    }
    auto const values = statement.node().list("args");
    return values.size() == 1 && values.front().contains("A_Const") &&
           values.front()["A_Const"].contains("sval") &&
           values.front()["A_Const"]["sval"].text("sval") == "replica";
}

void check_disabled_triggers(Statement const& statement, Report& report) {
    if (is_replica_role(statement)) {
        report.add({.place = statement.place,
                    .message = "no trigger runs from here on, and no foreign key is checked: rows "
                               "that refer to nothing stay, and are never found",
                    .help = "write the rows in an order that the foreign keys allow, or make them "
                            "DEFERRABLE"});
    }
    auto const alter = alter_table(statement);
    if (!alter || report.script().is_new(alter->table, statement)) return;
    for (auto const& command : alter->commands) {
        auto const disables = command.kind.starts_with("DisableTrig");
        if (!disables || is_enabled_again(statement, *alter, report)) continue;
        auto const is_all = command.kind == "DisableTrigAll";
        auto const is_user = command.kind == "DisableTrigUser";
        auto const what = is_all    ? std::string{"no trigger runs and no foreign key is checked"}
                          : is_user ? std::string{"no trigger runs"}
                                    : fmt::format("the trigger `{}` does not run", command.name);
        auto const which = is_all ? "ALL" : is_user ? "USER" : written(command.name);
        report.add(
            {.place = command.place,
             .message = fmt::format("{} for rows that any client writes to `{}`", what,
                                    shown(alter->table)),
             .help = fmt::format("in the same transaction `ALTER TABLE {} ENABLE TRIGGER {}`",
                                 written(alter->table), which),
             .lock = "SHARE ROW EXCLUSIVE",
             .table = alter->table});
    }
}

}  // namespace

extern Rule const disabling_triggers;
constinit Rule const disabling_triggers{
    .code = "CM0668",
    .name = "disabling-triggers",
    .summary = "Without triggers nothing checks what is written, foreign keys included",
    .family = Family::data,
    .level = Level::warning,
    .check = check_disabled_triggers};

}  // namespace cm::lint::rules
