// refresh-without-concurrently: REFRESH MATERIALIZED VIEW without CONCURRENTLY blocks reads.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_refresh(Statement const& statement, Report& report) {
    if (!statement.is("RefreshMatViewStmt")) return;
    auto const node = statement.node();
    auto const view = relation_name(node["relation"]);
    if (node.boolean("concurrent") || node.boolean("skipData") ||
        report.script().is_new(view, statement)) {
        return;
    }
    report.add({.place = statement.place,
                .message = fmt::format("nobody may read `{}` until it is filled anew", shown(view)),
                .help = fmt::format("write `REFRESH MATERIALIZED VIEW CONCURRENTLY {}`; it takes a "
                                    "unique index over columns without a condition",
                                    written(view)),
                .lock = "ACCESS EXCLUSIVE",
                .table = view});
}

}  // namespace

extern Rule const refresh_without_concurrently;
constinit Rule const refresh_without_concurrently{
    .code = "CM0647",
    .name = "refresh-without-concurrently",
    .summary = "REFRESH MATERIALIZED VIEW without CONCURRENTLY blocks reads",
    .family = Family::lock,
    .level = Level::warning,
    .depends_on_database = true,
    .check = check_refresh};

}  // namespace cm::lint::rules
