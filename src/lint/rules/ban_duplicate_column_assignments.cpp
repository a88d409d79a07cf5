// ban-duplicate-column-assignments: a statement that names a column twice fails.
#include <fmt/format.h>

#include <set>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

/// A column that is named for the second time; parts of columns (`a.x`, `a[1]`) may be named apart.
void check_targets(std::vector<sql::Node> const& targets, Statement const& statement,
                   Report& report) {
    std::set<std::string> named{};
    for (auto const& one : targets) {
        if (!one.contains("ResTarget")) continue;
        auto const target = one["ResTarget"];
        if (target.contains("indirection") || named.insert(target.text("name")).second) continue;
        report.add({.place = token_place(statement, target.integer("location")),
                    .message = fmt::format("`{}` is given a value more than once",
                                           shown(target.text("name"))),
                    .help = "PostgreSQL refuses the statement: name each column once"});
    }
}

void check_created_columns(Statement const& statement, Report& report) {
    if (!statement.is("CreateStmt")) return;
    std::set<std::string> named{};
    for (auto const& column : column_definitions(statement)) {
        if (named.insert(column.name).second) continue;
        report.add({.place = column.place,
                    .message = fmt::format("there are two columns `{}`", shown(column.name)),
                    .help = "PostgreSQL refuses the statement: give one of them another name",
                    .table = column.table});
    }
}

void check_duplicate_assignments(Statement const& statement, Report& report) {
    check_created_columns(statement, report);
    auto const is_change =
        statement.is("UpdateStmt") || statement.is("InsertStmt") || statement.is("MergeStmt");
    if (!is_change) return;
    auto const node = statement.node();
    check_targets(node.list("targetList"), statement, report);
    check_targets(node.list("cols"), statement, report);
    if (node.contains("onConflictClause")) {
        check_targets(node["onConflictClause"].list("targetList"), statement, report);
    }
    for (auto const& clause : node.list("mergeWhenClauses")) {
        check_targets(clause["MergeWhenClause"].list("targetList"), statement, report);
    }
}

}  // namespace

extern Rule const ban_duplicate_column_assignments;
constinit Rule const ban_duplicate_column_assignments{
    .code = "CM0623",
    .name = "ban-duplicate-column-assignments",
    .summary = "A statement that names a column twice fails",
    .family = Family::failure,
    .level = Level::error,
    .check = check_duplicate_assignments};

}  // namespace cm::lint::rules
