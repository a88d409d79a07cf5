// require-concurrent-index-creation: CREATE INDEX without CONCURRENTLY blocks writes.
#include <fmt/format.h>

#include "lint/advice.hpp"
#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_index_creation(Statement const& statement, Report& report) {
    if (!statement.is("IndexStmt")) return;
    auto const node = statement.node();
    auto const table = relation_name(node["relation"]);
    // ON ONLY makes an index of a partitioned table that is empty until its parts are attached.
    auto const is_of_parent_alone = !node["relation"].boolean("inh");
    if (node.boolean("concurrent") || is_of_parent_alone ||
        report.script().is_new(table, statement)) {
        return;
    }
    auto const* const known = report.catalog().find(table);
    if (known != nullptr && known->is_partitioned) {
        report.add(
            {.place = statement.place,
             .message = fmt::format(
                 "writes to `{}` and its partitions wait until all their indexes are built",
                 shown(table)),
             .help = fmt::format("`CREATE INDEX … ON ONLY {}`, then on each partition `CREATE "
                                 "INDEX CONCURRENTLY` and `ALTER INDEX … ATTACH PARTITION`",
                                 written(table)),
             .lock = "SHARE",
             .table = table});
        return;
    }
    auto const better = with_word_after(statement.text, "INDEX", "CONCURRENTLY");
    report.add({.place = statement.place,
                .message = fmt::format("building this index blocks writes to `{}` until it is done",
                                       shown(table)),
                .help = better.empty()
                            ? "write `CREATE INDEX CONCURRENTLY`, outside of BEGIN and COMMIT"
                            : fmt::format("write `{}`, outside of BEGIN and COMMIT", better),
                .lock = "SHARE",
                .table = table});
}

}  // namespace

extern Rule const require_concurrent_index_creation;
constinit Rule const require_concurrent_index_creation{
    .code = "CM0601",
    .name = "require-concurrent-index-creation",
    .summary = "CREATE INDEX without CONCURRENTLY blocks writes",
    .family = Family::lock,
    .level = Level::error,
    .depends_on_database = true,
    .check = check_index_creation};

}  // namespace cm::lint::rules
