// require-timeout-settings: neither waiting nor running is limited.
#include "lint/timeouts.hpp"

namespace cm::lint::rules {
namespace {

void check_timeout_settings(Statement const& statement, Report& report) {
    auto const& script = report.script();
    if (first_waiting_statement(script) != &statement) return;
    auto const has_lock_timeout = is_set_before(script, statement, "lock_timeout");
    if (has_lock_timeout && is_set_before(script, statement, "statement_timeout")) return;
    report.add({.place = statement.place,
                .message = has_lock_timeout
                               ? "nothing limits how long statements of this file may run"
                               : "nothing limits how long statements of this file may wait for "
                                 "locks, with other clients waiting behind them",
                .help = "begin the file with `SET lock_timeout = '1s'; SET statement_timeout = "
                        "'5s';`"});
}

}  // namespace

extern Rule const require_timeout_settings;
constinit Rule const require_timeout_settings{
    .code = "CM0635",
    .name = "require-timeout-settings",
    .summary = "Neither waiting nor running is limited",
    .family = Family::applier,
    .level = Level::warning,
    .check = check_timeout_settings,
    .gives_way_to = "require-lock-timeout require-statement-timeout"};

}  // namespace cm::lint::rules
