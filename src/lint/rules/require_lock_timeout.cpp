// require-lock-timeout: waiting for locks is not limited.
#include "lint/timeouts.hpp"

namespace cm::lint::rules {
namespace {

void check_lock_timeout(Statement const& statement, Report& report) {
    if (first_waiting_statement(report.script()) != &statement ||
        is_set_before(report.script(), statement, "lock_timeout")) {
        return;
    }
    report.add({.place = statement.place,
                .message = "nothing limits how long statements of this file may wait for locks, "
                           "with other clients waiting behind them",
                .help = "begin the file with `SET lock_timeout = '1s';`"});
}

}  // namespace

extern Rule const require_lock_timeout;
constinit Rule const require_lock_timeout{.code = "CM0636",
                                          .name = "require-lock-timeout",
                                          .summary = "Waiting for locks is not limited",
                                          .family = Family::applier,
                                          .level = Level::warning,
                                          .check = check_lock_timeout};

}  // namespace cm::lint::rules
