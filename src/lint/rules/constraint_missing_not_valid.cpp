// constraint-missing-not-valid: adding a constraint without NOT VALID checks all rows under a
// lock.
#include <fmt/format.h>

#include <algorithm>

#include "lint/advice.hpp"
#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

std::string validate_advice(AddedConstraint const& constraint) {
    if (constraint.kind != "CHECK" && constraint.kind != "FOREIGN") {
        return "there is no NOT VALID for this kind of constraint";
    }
    auto const table = written(constraint.table);
    auto const name = constraint.name.empty() ? "…" : written(constraint.name);
    return fmt::format(
        "add `NOT VALID`, and in a transaction of its own `ALTER TABLE {} VALIDATE CONSTRAINT {}`",
        table, name);
}

/// Adding a constraint without checking rows is of no use if the lock is still held while they are
/// checked.
void check_validation(AlterTable const& alter, Statement const& statement, Report& report) {
    for (auto const& command : alter.commands) {
        if (command.kind != "ValidateConstraint") continue;
        auto const adds_it = [&](Statement const& other) {
            if (other.index > statement.index ||
                (other.index < statement.index &&
                 (statement.transaction == 0 || other.transaction != statement.transaction))) {
                return false;
            }
            auto const added = added_constraints(other);
            return std::any_of(added.begin(), added.end(), [&](AddedConstraint const& one) {
                return one.name == command.name && one.table.name == alter.table.name;
            });
        };
        auto const& all = report.script().statements();
        if (std::none_of(all.begin(), all.end(), adds_it)) continue;
        report.add({.place = command.place,
                    .message = fmt::format("`{}` is validated in the transaction that added it, "
                                           "which still holds its lock on `{}`",
                                           shown(command.name), shown(alter.table)),
                    .help = "commit in between, or validate in another migration",
                    .lock = "ACCESS EXCLUSIVE",
                    .table = alter.table});
    }
}

void check_not_valid(Statement const& statement, Report& report) {
    auto const alter = alter_table(statement);
    if (!alter || report.script().is_new(alter->table, statement)) return;
    for (auto const& constraint : added_constraints(statement)) {
        if (!constraint.is_checked || constraint.takes_index) continue;
        report.add(
            {.place = constraint.place,
             .message = fmt::format("all rows of `{}` are checked while the table is locked",
                                    shown(constraint.table)),
             .help = validate_advice(constraint),
             .lock = constraint.kind == "FOREIGN" ? "SHARE ROW EXCLUSIVE" : "ACCESS EXCLUSIVE",
             .table = constraint.table});
    }
    check_validation(*alter, statement, report);
}

}  // namespace

extern Rule const constraint_missing_not_valid;
constinit Rule const constraint_missing_not_valid{
    .code = "CM0606",
    .name = "constraint-missing-not-valid",
    .summary = "Adding a constraint without NOT VALID checks all rows under a lock",
    .family = Family::lock,
    .level = Level::error,
    .depends_on_database = true,
    .check = check_not_valid,
    .gives_way_to =
        "adding-foreign-key-constraint disallowed-unique-constraint "
        "adding-serial-primary-key-field",
    .formerly = "0324"};

}  // namespace cm::lint::rules
