// Statements by the names of their nodes: the list is of those that wait for nobody.
#include "lint/timeouts.hpp"

#include <algorithm>
#include <array>

#include "lint/syntax.hpp"

namespace cm::lint {
namespace {

/// Statements that touch rows, settings or transactions, or that make something new.
constexpr auto unhindered = std::to_array<std::string_view>({"CallStmt",
                                                             "CopyStmt",
                                                             "CreateDomainStmt",
                                                             "CreateEnumStmt",
                                                             "CreateExtensionStmt",
                                                             "CreateFunctionStmt",
                                                             "CreateRangeStmt",
                                                             "CreateRoleStmt",
                                                             "CreateSchemaStmt",
                                                             "CreateSeqStmt",
                                                             "CreateTableAsStmt",
                                                             "CompositeTypeStmt",
                                                             "CreatedbStmt",
                                                             "DeallocateStmt",
                                                             "DeclareCursorStmt",
                                                             "DefineStmt",
                                                             "DeleteStmt",
                                                             "DiscardStmt",
                                                             "DoStmt",
                                                             "ExecuteStmt",
                                                             "ExplainStmt",
                                                             "GrantRoleStmt",
                                                             "GrantStmt",
                                                             "InsertStmt",
                                                             "ListenStmt",
                                                             "MergeStmt",
                                                             "NotifyStmt",
                                                             "PrepareStmt",
                                                             "SecLabelStmt",
                                                             "SelectStmt",
                                                             "TransactionStmt",
                                                             "UnlistenStmt",
                                                             "UpdateStmt",
                                                             "VariableSetStmt",
                                                             "VariableShowStmt",
                                                             "ViewStmt",
                                                             "AlterDefaultPrivilegesStmt"});

bool refers_to_others(Statement const& create) {
    for (auto const& column : column_definitions(create)) {
        if (find_constraint(column.node, "CONSTR_FOREIGN")) return true;
    }
    auto const elements = create.node().list("tableElts");
    return std::any_of(elements.begin(), elements.end(), [](sql::Node const& element) {
        return element.contains("Constraint") &&
               element["Constraint"].text("contype") == "CONSTR_FOREIGN";
    });
}

bool may_wait(Statement const& statement) {
    if (!statement.tree) return false;
    if (statement.is("CreateStmt")) return refers_to_others(statement);
    if (statement.is("VacuumStmt")) return statement.node().boolean("is_vacuumcmd");
    return std::find(unhindered.begin(), unhindered.end(), statement.kind()) == unhindered.end();
}

}  // namespace

Statement const* first_waiting_statement(Script const& script) {
    auto const& all = script.statements();
    auto const found = std::find_if(all.begin(), all.end(), may_wait);
    return found == all.end() ? nullptr : &*found;
}

bool is_set_before(Script const& script, Statement const& statement, std::string_view parameter) {
    auto const& all = script.statements();
    return std::any_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(statement.index),
                       [&](Statement const& other) {
                           return other.is("VariableSetStmt") &&
                                  other.node().text("name") == parameter;
                       });
}

}  // namespace cm::lint
