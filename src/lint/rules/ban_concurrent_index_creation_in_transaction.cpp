// ban-concurrent-index-creation-in-transaction: CONCURRENTLY fails between BEGIN and COMMIT.
#include "lint/report.hpp"

namespace cm::lint::rules {
namespace {

void check_concurrently_in_transaction(Statement const& statement, Report& report) {
    auto const is_about_indexes =
        statement.is("IndexStmt") || statement.is("ReindexStmt") || statement.is("DropStmt");
    if (!is_about_indexes || statement.mode != sql::TransactionMode::alone ||
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
