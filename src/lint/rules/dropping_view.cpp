// A view is what programs read, like a table, but holds nothing that would be lost.
#include <fmt/format.h>

#include <algorithm>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

/// A view or table of that name is created later in the file.
bool is_created_again(Script const& script, Statement const& drop, sql::QualifiedName const& view) {
    auto const& all = script.statements();
    return std::any_of(all.begin(), all.end(), [&](Statement const& other) {
        if (other.index <= drop.index) return false;
        auto const& defined = other.effects.defines;
        return std::any_of(defined.begin(), defined.end(), [&](sql::DefinedObject const& one) {
            auto const has_rows = one.kind == sql::DefinedKind::view ||
                                  one.kind == sql::DefinedKind::materialized_view ||
                                  one.kind == sql::DefinedKind::table;
            auto const& name =
                one.action == sql::DefinedAction::renames ? one.new_name.name : one.name.name;
            return has_rows && one.action != sql::DefinedAction::drops && name == view.name;
        });
    });
}

void check_dropped_view(Statement const& statement, Report& report) {
    for (auto const& one : statement.effects.defines) {
        auto const is_view =
            one.kind == sql::DefinedKind::view || one.kind == sql::DefinedKind::materialized_view;
        if (one.action != sql::DefinedAction::drops || !is_view ||
            report.script().is_new(one.name, statement) ||
            is_created_again(report.script(), statement, one.name)) {
            continue;
        }
        report.add({.place = statement.place,
                    .message = fmt::format("programs that still read `{}` fail from this moment on",
                                           shown(one.name)),
                    .help = "first deploy programs that do not use it; then accept this with `-- "
                            "cm-migrate: allow dropping-view REASON` above the statement",
                    .lock = "ACCESS EXCLUSIVE",
                    .table = one.name});
    }
}

}  // namespace

extern Rule const dropping_view;
constinit Rule const dropping_view{.code = "CM0677",
                                   .name = "dropping-view",
                                   .summary = "Dropping a view breaks programs that are running",
                                   .family = Family::compatibility,
                                   .level = Level::error,
                                   .check = check_dropped_view};

}  // namespace cm::lint::rules
