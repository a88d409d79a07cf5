// ban-uncommitted-transaction: a transaction that is never committed.
#include <algorithm>

#include "lint/report.hpp"

namespace cm::lint::rules {
namespace {

bool opens_transaction(Statement const& statement) {
    auto const kind = statement.is("TransactionStmt") ? statement.node().text("kind") : "";
    return kind == "TRANS_STMT_BEGIN" || kind == "TRANS_STMT_START";
}

void check_commit(Statement const& statement, Report& report) {
    if (!opens_transaction(statement)) return;
    auto const& all = report.script().statements();
    // What ends it, or another BEGIN, of which the last one is to blame.
    auto const is_ended = std::any_of(
        all.begin() + static_cast<std::ptrdiff_t>(statement.index) + 1, all.end(),
        [](Statement const& other) { return other.mode == sql::TransactionMode::control; });
    if (is_ended) return;
    report.add({.place = statement.place,
                .message = "this transaction is never committed, so that nothing of it stays",
                .help = "end the file with `COMMIT;`"});
}

}  // namespace

extern Rule const ban_uncommitted_transaction;
constinit Rule const ban_uncommitted_transaction{.code = "CM0639",
                                                 .name = "ban-uncommitted-transaction",
                                                 .summary = "A transaction that is never committed",
                                                 .family = Family::failure,
                                                 .level = Level::error,
                                                 .check = check_commit};

}  // namespace cm::lint::rules
