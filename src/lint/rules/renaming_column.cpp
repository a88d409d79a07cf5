// renaming-column: renaming a column breaks programs that are running.
#include <fmt/format.h>

#include <algorithm>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

/// Names are exchanged by way of a third one, which no program has ever seen.
bool is_named_by_this_file(Script const& script, Statement const& rename,
                           sql::QualifiedName const& table, std::string const& column) {
    auto const& all = script.statements();
    return std::any_of(all.begin(), all.end(), [&](Statement const& other) {
        if (other.index >= rename.index) return false;
        auto const& defined = other.effects.defines;
        return std::any_of(defined.begin(), defined.end(), [&](sql::DefinedObject const& one) {
            auto const& name =
                one.action == sql::DefinedAction::renames ? one.new_name.name : one.name.name;
            return one.kind == sql::DefinedKind::column && name == column && one.table == table &&
                   one.action != sql::DefinedAction::drops;
        });
    });
}

void check_renamed_column(Statement const& statement, Report& report) {
    if (!statement.is("RenameStmt")) return;
    auto const node = statement.node();
    if (node.text("renameType") != "OBJECT_COLUMN" || node.text("relationType") != "OBJECT_TABLE") {
        return;
    }
    auto const table = relation_name(node["relation"]);
    if (report.script().is_new(table, statement) ||
        is_named_by_this_file(report.script(), statement, table, node.text("subname"))) {
        return;
    }
    report.add(
        {.place = clause_place(statement, "RENAME"),
         .message = fmt::format("programs that still say `{}` fail from this moment on",
                                shown(node.text("subname"))),
         .help = fmt::format("add `{}`, write both, copy the rows, switch the programs, then drop "
                             "`{}`; or deploy while none is running",
                             written(node.text("newname")), written(node.text("subname"))),
         .lock = "ACCESS EXCLUSIVE",
         .table = table});
}

}  // namespace

extern Rule const renaming_column;
constinit Rule const renaming_column{
    .code = "CM0614",
    .name = "renaming-column",
    .summary = "Renaming a column breaks programs that are running",
    .family = Family::compatibility,
    .level = Level::error,
    .check = check_renamed_column};

}  // namespace cm::lint::rules
