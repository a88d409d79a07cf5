// ban-drop-column: dropping a column deletes its data and breaks programs that are running.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_dropped_column(Statement const& statement, Report& report) {
    auto const alter = alter_table(statement);
    if (!alter || report.script().is_new(alter->table, statement)) return;
    for (auto const& command : alter->commands) {
        if (command.kind != "DropColumn") continue;
        report.add({.place = command.place,
                    .message = fmt::format(
                        "the data in `{}` is deleted, and programs that still read it fail",
                        shown(command.name)),
                    .help = fmt::format(
                        "first deploy programs that do not use it; then accept this with `-- "
                        "cm-migrate: allow ban-drop-column REASON` above the statement"),
                    .lock = "ACCESS EXCLUSIVE",
                    .table = alter->table});
    }
}

}  // namespace

extern Rule const ban_drop_column;
constinit Rule const ban_drop_column{
    .code = "CM0616",
    .name = "ban-drop-column",
    .summary = "Dropping a column deletes its data and breaks programs that are running",
    .family = Family::data,
    .level = Level::error,
    .check = check_dropped_column,
    .formerly = "0302"};

}  // namespace cm::lint::rules
