// A sequence is dropped with the last value that it has given out.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_dropped_sequence(Statement const& statement, Report& report) {
    for (auto const& one : statement.effects.defines) {
        if (one.action != sql::DefinedAction::drops || one.kind != sql::DefinedKind::sequence ||
            report.script().is_new(one.name, statement)) {
            continue;
        }
        report.add({.place = statement.place,
                    .message = fmt::format("`{}` is dropped with its last value, and programs that "
                                           "still ask it for numbers fail",
                                           shown(one.name)),
                    .help = "first deploy programs that do not use it; then accept this with `-- "
                            "cm-migrate: allow dropping-sequence REASON` above the statement",
                    .lock = "ACCESS EXCLUSIVE",
                    .table = one.name});
    }
}

}  // namespace

extern Rule const dropping_sequence;
constinit Rule const dropping_sequence{
    .code = "CM0684",
    .name = "dropping-sequence",
    .summary = "Dropping a sequence loses its last value and breaks programs that are running",
    .family = Family::data,
    .level = Level::warning,
    .check = check_dropped_sequence,
    .formerly = "0325"};

}  // namespace cm::lint::rules
