// What sql/statement_mode says of a statement, against the transactions of the file.
#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_alone_in_transaction(Statement const& statement, Report& report) {
    if (statement.mode != sql::TransactionMode::alone || !statement.in_explicit_transaction) return;
    // The ones with CONCURRENTLY have a rule of their own.
    if (may_run_concurrently(statement)) return;
    report.add({.place = statement.place,
                .message = "PostgreSQL refuses this statement in a transaction",
                .help = "put the statement outside of BEGIN and COMMIT"});
}

}  // namespace

extern Rule const fails_in_transaction;
constinit Rule const fails_in_transaction{
    .code = "CM0666",
    .name = "fails-in-transaction",
    .summary = "A statement that PostgreSQL refuses between BEGIN and COMMIT",
    .family = Family::failure,
    .level = Level::error,
    .check = check_alone_in_transaction};

}  // namespace cm::lint::rules
