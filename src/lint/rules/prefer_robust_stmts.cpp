// A file that failed halfway can be run again if each statement can, or if all of them are undone
// together.
#include <algorithm>
#include <set>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

constexpr std::string_view robust_message =
    "this fails when it is run again after the file failed halfway";

void add_fragile(Report& report, Place place, std::string help) {
    report.add({.place = place, .message = std::string{robust_message}, .help = std::move(help)});
}

/// Constraints that the file drops up to this statement.
std::set<std::string> dropped_constraints(Script const& script, Statement const& until) {
    std::set<std::string> names{};
    for (auto const& statement : script.statements()) {
        if (statement.index > until.index) break;
        auto const alter = alter_table(statement);
        if (!alter) continue;
        for (auto const& command : alter->commands) {
            if (command.kind == "DropConstraint") names.insert(command.name);
        }
    }
    return names;
}

void check_robust_commands(Statement const& statement, AlterTable const& alter, Report& report) {
    auto const dropped = dropped_constraints(report.script(), statement);
    for (auto const& command : alter.commands) {
        if (command.kind == "AddColumn") {
            if (!command.is_conditional) add_fragile(report, command.place, "add `IF NOT EXISTS`");
        } else if (command.kind == "DropColumn" || command.kind == "DropConstraint") {
            if (!command.is_conditional) add_fragile(report, command.place, "add `IF EXISTS`");
        } else if (command.kind == "AddConstraint") {
            auto const name = command.definition()["Constraint"].text("conname");
            if (dropped.contains(name)) continue;
            add_fragile(report, command.place,
                        "drop the constraint IF EXISTS first, or use a transaction");
        } else if (!(command.kind == "ValidateConstraint" && dropped.contains(command.name))) {
            add_fragile(report, command.place, "put the statements between BEGIN and COMMIT");
        }
    }
}

/// What IF EXISTS and IF NOT EXISTS would be for.
void check_robust_object(Statement const& statement, Report& report) {
    auto const node = statement.node();
    auto const is_index = statement.is("IndexStmt");
    if ((statement.is("CreateStmt") || (is_index && node.contains("idxname"))) &&
        !node.boolean("if_not_exists")) {
        add_fragile(report, statement.place,
                    is_index ? "drop the index IF EXISTS first, since a failed build leaves an "
                               "invalid one, and add `IF NOT EXISTS`"
                             : "add `IF NOT EXISTS`");
    }
    if (!statement.is("DropStmt") || node.boolean("missing_ok")) return;
    auto const kind = node.text("removeType");
    if (kind == "OBJECT_TABLE" || kind == "OBJECT_INDEX" || kind == "OBJECT_TYPE") {
        add_fragile(report, statement.place, "add `IF EXISTS`");
    }
}

void check_robust_statement(Statement const& statement, Report& report) {
    if (!statement.tree) return;
    auto const is_alone = statement.mode == sql::TransactionMode::alone;
    if (statement.in_transaction && !is_alone) return;
    if (auto const alter = alter_table(statement)) {
        check_robust_commands(statement, *alter, report);
    } else if (renames_part_of_table(statement)) {
        add_fragile(report, clause_place(statement, "RENAME"),
                    "put the statements between BEGIN and COMMIT");
    } else {
        check_robust_object(statement, report);
    }
}

}  // namespace

extern Rule const prefer_robust_stmts;
constinit Rule const prefer_robust_stmts{
    .code = "CM0634",
    .name = "prefer-robust-stmts",
    .summary = "A file that failed halfway cannot be run again",
    .family = Family::applier,
    .level = Level::warning,
    .check = check_robust_statement};

}  // namespace cm::lint::rules
