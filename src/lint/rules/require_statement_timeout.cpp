// require-statement-timeout: running time is not limited.
#include "lint/timeouts.hpp"

namespace cm::lint::rules {
namespace {

void check_statement_timeout(Statement const& statement, Report& report) {
    if (first_waiting_statement(report.script()) != &statement ||
        is_set_before(report.script(), statement, "statement_timeout")) {
        return;
    }
    report.add({.place = statement.place,
                .message = "nothing limits how long statements of this file may run",
                .help = "begin the file with `SET statement_timeout = '5s';`"});
}

}  // namespace

extern Rule const require_statement_timeout;
constinit Rule const require_statement_timeout{.code = "CM0637",
                                               .name = "require-statement-timeout",
                                               .summary = "Running time is not limited",
                                               .family = Family::applier,
                                               .level = Level::warning,
                                               .check = check_statement_timeout};

}  // namespace cm::lint::rules
