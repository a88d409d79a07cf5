// transaction-nesting: BEGIN in a transaction, COMMIT without one.
#include "lint/report.hpp"

namespace cm::lint::rules {
namespace {

bool begins_transaction(Statement const& statement) {
    auto const kind = statement.node().text("kind");
    return kind == "TRANS_STMT_BEGIN" || kind == "TRANS_STMT_START";
}

bool is_open_before(Script const& script, Statement const& at) {
    bool is_open = false;
    for (auto const& statement : script.statements()) {
        if (statement.index >= at.index) break;
        if (statement.mode != sql::TransactionMode::control || !statement.is("TransactionStmt")) {
            continue;
        }
        is_open = begins_transaction(statement) || statement.node().boolean("chain");
    }
    return is_open;
}

void check_nesting(Statement const& statement, Report& report) {
    if (statement.mode != sql::TransactionMode::control || !statement.is("TransactionStmt")) return;
    auto const is_open = is_open_before(report.script(), statement);
    if (begins_transaction(statement) != is_open) return;
    report.add({.place = statement.place,
                .message = is_open ? "a transaction is open already, and this begins none"
                                   : "no transaction of this file is open here",
                .help = is_open
                            ? "use a savepoint, or remove this"
                            : "remove this, or write `BEGIN` where the transaction is to begin"});
}

}  // namespace

extern Rule const transaction_nesting;
constinit Rule const transaction_nesting{.code = "CM0638",
                                         .name = "transaction-nesting",
                                         .summary = "BEGIN in a transaction, COMMIT without one",
                                         .family = Family::applier,
                                         .level = Level::warning,
                                         .check = check_nesting};

}  // namespace cm::lint::rules
