// not-understood: a statement that the parser does not understand.
#include "lint/report.hpp"

namespace cm::lint::rules {
namespace {

void check_understood(Statement const& statement, Report& report) {
    if (statement.tree || statement.text.starts_with('\\')) return;
    report.add({.place = statement.place,
                .message = "this statement is not understood, and no rule has looked at it",
                .help = "it is wrong, or newer than the PostgreSQL whose syntax is known here"});
}

}  // namespace

extern Rule const not_understood;
constinit Rule const not_understood{.code = "CM0641",
                                    .name = "not-understood",
                                    .summary = "A statement that the parser does not understand",
                                    .family = Family::failure,
                                    .level = Level::note,
                                    .depends_on_database = true,
                                    .check = check_understood};

}  // namespace cm::lint::rules
