// Manual, CREATE TABLE, UNLOGGED.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_unlogged(Statement const& statement, Report& report) {
    auto const add = [&](Place place, sql::QualifiedName const& table) {
        report.add(
            {.place = place,
             .message = fmt::format("the rows of `{}` are deleted when the server crashes, and "
                                    "replicas have none",
                                    shown(table)),
             .help = "leave UNLOGGED out, unless the rows can be recreated at any time",
             .table = table});
    };
    if (statement.is("CreateStmt") && statement.node()["relation"].text("relpersistence") == "u") {
        add(statement.place, relation_name(statement.node()["relation"]));
    }
    auto const alter = alter_table(statement);
    if (!alter) return;
    for (auto const& command : alter->commands) {
        if (command.kind == "SetUnLogged") add(command.place, alter->table);
    }
}

}  // namespace

extern Rule const unlogged_table;
constinit Rule const unlogged_table{
    .code = "CM0673",
    .name = "unlogged-table",
    .summary = "An unlogged table is empty after a crash, and on every replica",
    .family = Family::data,
    .level = Level::warning,
    .check = check_unlogged};

}  // namespace cm::lint::rules
