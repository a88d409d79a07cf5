// ban-drop-database: DROP DATABASE deletes everything.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_dropped_database(Statement const& statement, Report& report) {
    if (!statement.is("DropdbStmt")) return;
    report.add(
        {.place = statement.place,
         .message = fmt::format("the database `{}` is deleted with all that is in it",
                                shown(statement.node().text("dbname"))),
         .help = "a migration changes the database that it runs in; drop databases by hand"});
}

}  // namespace

extern Rule const ban_drop_database;
constinit Rule const ban_drop_database{.code = "CM0618",
                                       .name = "ban-drop-database",
                                       .summary = "DROP DATABASE deletes everything",
                                       .family = Family::data,
                                       .level = Level::error,
                                       .check = check_dropped_database};

}  // namespace cm::lint::rules
