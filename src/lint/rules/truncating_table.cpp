// TRUNCATE is DELETE of all rows without saying so.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_truncated_table(Statement const& statement, Report& report) {
    if (!statement.is("TruncateStmt")) return;
    for (auto const& one : statement.node().list("relations")) {
        auto const table = relation_name(one["RangeVar"]);
        if (report.script().is_new(table, statement)) continue;
        report.add(
            {.place = statement.place,
             .message = fmt::format("all rows of `{}` are deleted, and nobody may read it until "
                                    "the transaction ends",
                                    shown(table)),
             .help = "if that is meant, accept it with `-- cm-migrate: allow truncating-table "
                     "REASON` above the statement",
             .lock = "ACCESS EXCLUSIVE",
             .table = table});
    }
}

}  // namespace

extern Rule const truncating_table;
constinit Rule const truncating_table{.code = "CM0672",
                                      .name = "truncating-table",
                                      .summary = "TRUNCATE deletes all rows",
                                      .family = Family::data,
                                      .level = Level::error,
                                      .check = check_truncated_table,
                                      .gives_way_to = "ban-truncate-cascade"};

}  // namespace cm::lint::rules
