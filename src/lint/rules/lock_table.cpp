// lock-table: LOCK TABLE against clients.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_lock_table(Statement const& statement, Report& report) {
    if (!statement.is("LockStmt")) return;
    for (auto const& effect : statement.effects.effects) {
        if (effect.subject != sql::Subject::named || !sql::blocks_writes(effect.lock) ||
            report.script().is_new(effect.relation, statement)) {
            continue;
        }
        report.add(
            {.place = statement.place,
             .message = fmt::format("{} of `{}` wait until the transaction ends",
                                    sql::blocks_reads(effect.lock) ? "reads and writes" : "writes",
                                    shown(effect.relation)),
             .help = "keep the transaction short; `SHARE UPDATE EXCLUSIVE` keeps other "
                     "migrations away and lets clients work",
             .lock = sql::describe(effect.lock),
             .table = effect.relation});
        return;
    }
}

}  // namespace

extern Rule const lock_table;
constinit Rule const lock_table{.code = "CM0648",
                                .name = "lock-table",
                                .summary = "LOCK TABLE against clients",
                                .family = Family::lock,
                                .level = Level::warning,
                                .depends_on_database = true,
                                .check = check_lock_table};

}  // namespace cm::lint::rules
