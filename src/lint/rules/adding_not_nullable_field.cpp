// PostgreSQL looks at the rows unless a valid CHECK constraint proves that none is null
// (ALTER TABLE, "SET NOT NULL"; since 12).
#include <fmt/format.h>

#include <algorithm>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

/// Whether the constraint says nothing but that the column is not null.
bool proves_not_null(AddedConstraint const& constraint, std::string const& column) {
    if (constraint.kind != "CHECK" || !constraint.node.contains("raw_expr")) return false;
    auto const expression = constraint.node["raw_expr"];
    if (!expression.contains("NullTest")) return false;
    auto const test = expression["NullTest"];
    return test.text("nulltesttype") == "IS_NOT_NULL" && sql::column_name(test["arg"]) == column;
}

/// Whether a constraint of this name may prove it: it does, or nobody in the file adds it.
bool may_prove(Script const& script, std::size_t before, std::string const& constraint_name,
               std::string const& column) {
    for (auto const& statement : script.statements()) {
        if (statement.index >= before) break;
        for (auto const& added : added_constraints(statement)) {
            if (added.name == constraint_name) return proves_not_null(added, column);
        }
    }
    return true;
}

/// By the schema: the column is NOT NULL already, or a valid constraint says so.
bool is_known_not_null(Catalog const& catalog, AlterTable const& alter, std::string const& column) {
    auto const* const table = catalog.find(alter.table);
    if (table == nullptr) return false;
    auto const* const known = table->column(column);
    if (known != nullptr && known->is_not_null) return true;
    return std::any_of(table->not_null_checks.begin(), table->not_null_checks.end(),
                       [&](auto const& it) { return it.second == column; });
}

bool is_proven(Script const& script, Statement const& at, AlterTable const& alter,
               std::string const& column) {
    for (auto const& statement : script.statements()) {
        if (statement.index >= at.index) break;
        auto const other = alter_table(statement);
        if (!other || other->table.name != alter.table.name) continue;
        for (auto const& command : other->commands) {
            if (command.kind == "ValidateConstraint" &&
                may_prove(script, at.index, command.name, column)) {
                return true;
            }
        }
        for (auto const& added : added_constraints(statement)) {
            if (added.is_checked && proves_not_null(added, column)) return true;
        }
    }
    return false;
}

/// Dropping the constraint in the same ALTER TABLE takes the proof away.
bool drops_constraint(AlterTable const& alter) {
    return std::any_of(alter.commands.begin(), alter.commands.end(),
                       [](AlterCommand const& it) { return it.kind == "DropConstraint"; });
}

void check_set_not_null(Statement const& statement, Report& report) {
    auto const alter = alter_table(statement);
    if (!alter || report.script().is_new(alter->table, statement)) return;
    for (auto const& command : alter->commands) {
        if (command.kind != "SetNotNull") continue;
        auto const has_proof = !report.server_is_before(12) &&
                               (is_known_not_null(report.catalog(), *alter, command.name) ||
                                is_proven(report.script(), statement, *alter, command.name));
        if (has_proof && !drops_constraint(*alter)) continue;
        auto const table = written(alter->table);
        auto const column = written(command.name);
        report.add(
            {.place = command.place,
             .message = fmt::format("all rows of `{}` are read while nobody else may read it",
                                    shown(alter->table)),
             .help =
                 has_proof
                     ? "drop the constraint in a statement of its own: in this one it is gone "
                       "before it can prove anything"
                     : fmt::format(
                           "first `ALTER TABLE {0} ADD CONSTRAINT {1} CHECK ({2} IS NOT NULL) NOT "
                           "VALID`, then `ALTER TABLE {0} VALIDATE CONSTRAINT {1}`, each in a "
                           "transaction of its own; then this statement need not look, and the "
                           "constraint can be dropped",
                           table, written(alter->table.name + "_" + command.name + "_not_null"),
                           column),
             .lock = "ACCESS EXCLUSIVE",
             .table = alter->table});
    }
}

}  // namespace

extern Rule const adding_not_nullable_field;
constinit Rule const adding_not_nullable_field{
    .code = "CM0610",
    .name = "adding-not-nullable-field",
    .summary = "SET NOT NULL reads all rows under the strongest lock",
    .family = Family::lock,
    .level = Level::error,
    .depends_on_database = true,
    .check = check_set_not_null,
    .formerly = "0304"};

}  // namespace cm::lint::rules
