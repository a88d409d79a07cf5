// ban-truncate-cascade: TRUNCATE … CASCADE empties tables that nobody named.
#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_truncate_cascade(Statement const& statement, Report& report) {
    if (!statement.is("TruncateStmt") || statement.node().text("behavior") != "DROP_CASCADE") {
        return;
    }
    for (auto const& relation : statement.node().list("relations")) {
        auto const table = relation_name(relation["RangeVar"]);
        if (report.script().is_new(table, statement)) continue;
        report.add({.place = statement.place,
                    .message = "CASCADE empties all tables that refer to these, and those that "
                               "refer to them",
                    .help = "name the tables that are to be emptied, without CASCADE",
                    .lock = "ACCESS EXCLUSIVE",
                    .table = table});
        return;
    }
}

}  // namespace

extern Rule const ban_truncate_cascade;
constinit Rule const ban_truncate_cascade{
    .code = "CM0620",
    .name = "ban-truncate-cascade",
    .summary = "TRUNCATE … CASCADE empties tables that nobody named",
    .family = Family::data,
    .level = Level::error,
    .check = check_truncate_cascade};

}  // namespace cm::lint::rules
