// What sql/effects says of a statement's reach.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "sql/effects.hpp"

namespace cm::lint::rules {
namespace {

void check_reach(Statement const& statement, Report& report) {
    if (!statement.tree || !sql::may_reach_out(statement.text)) return;
    auto const effects = sql::effects(statement.text);
    if (effects.statement_class == sql::StatementClass::routine) return;  // when it is called
    for (auto const& reach : effects.reaches) {
        if (reach.outside == sql::Outside::unknown) continue;
        report.add({.place = statement.place,
                    .message = fmt::format("{} reaches beyond this database, to {}", reach.words,
                                           describe(reach.outside)),
                    .help = "other databases of the server share it, and a replay leaves it out; "
                            "where you can, do it outside of migrations"});
        return;
    }
}

}  // namespace

extern Rule const reaching_beyond_database;
constinit Rule const reaching_beyond_database{
    .code = "CM0679",
    .name = "reaching-beyond-database",
    .summary = "A statement whose effect does not end with the database",
    .family = Family::failure,
    .level = Level::note,
    .check = check_reach,
    .gives_way_to = "ban-drop-database password-in-migration"};

}  // namespace cm::lint::rules
