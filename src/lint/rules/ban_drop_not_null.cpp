// ban-drop-not-null: DROP NOT NULL gives running programs nulls that they do not expect.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_dropped_not_null(Statement const& statement, Report& report) {
    auto const alter = alter_table(statement);
    if (!alter || report.script().is_new(alter->table, statement)) return;
    for (auto const& command : alter->commands) {
        if (command.kind != "DropNotNull") continue;
        report.add({.place = command.place,
                    .message = fmt::format("programs that read `{}` may not expect a null there",
                                           shown(command.name)),
                    .help = "first deploy programs that know of it",
                    .lock = "ACCESS EXCLUSIVE",
                    .table = alter->table});
    }
}

}  // namespace

extern Rule const ban_drop_not_null;
constinit Rule const ban_drop_not_null{
    .code = "CM0619",
    .name = "ban-drop-not-null",
    .summary = "DROP NOT NULL gives running programs nulls that they do not expect",
    .family = Family::compatibility,
    .level = Level::note,
    .check = check_dropped_not_null};

}  // namespace cm::lint::rules
