// ban-concurrent-index-creation-in-transaction: CONCURRENTLY fails between BEGIN and COMMIT.
#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_concurrently_in_transaction(Statement const& statement, Report& report) {
    if (!may_run_concurrently(statement) || statement.mode != sql::TransactionMode::alone ||
        !statement.in_explicit_transaction) {
        return;
    }
    report.add({.place = statement.place,
                .message = "PostgreSQL refuses CONCURRENTLY in a transaction",
                .help = "put the statement outside of BEGIN and COMMIT"});
}

}  // namespace

extern Rule const ban_concurrent_index_creation_in_transaction;
constinit Rule const ban_concurrent_index_creation_in_transaction{
    .code = "CM0605",
    .name = "ban-concurrent-index-creation-in-transaction",
    .summary = "CONCURRENTLY fails between BEGIN and COMMIT",
    .family = Family::failure,
    .level = Level::error,
    .check = check_concurrently_in_transaction};

}  // namespace cm::lint::rules
