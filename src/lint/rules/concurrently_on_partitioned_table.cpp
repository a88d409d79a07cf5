// No version up to 18 has CONCURRENTLY for partitioned tables (manual, CREATE INDEX).
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_concurrently_on_partitioned(Statement const& statement, Report& report) {
    auto const is_created = statement.is("IndexStmt");
    if (!(is_created || statement.is("DropStmt")) || !statement.node().boolean("concurrent"))
        return;
    CatalogTable const* table = nullptr;
    if (is_created) {
        table = report.catalog().find(relation_name(statement.node()["relation"]));
    } else {
        auto const objects = statement.node().list("objects");
        table = report.catalog().table_of_index(object_name(objects.front()["List"].list("items")));
    }
    if (table == nullptr || !table->is_partitioned) return;
    report.add(
        {.place = statement.place,
         .message = fmt::format("`{}` is partitioned: PostgreSQL refuses CONCURRENTLY",
                                shown(table->name)),
         .help = is_created
                     ? fmt::format("`CREATE INDEX … ON ONLY {} (…)`, then CONCURRENTLY on each "
                                   "partition, then `ALTER INDEX … ATTACH PARTITION …` for each",
                                   written(table->name))
                     : "without CONCURRENTLY, when few clients are at work: partitions have no "
                       "other way",
         .table = table->name});
}

}  // namespace

extern Rule const concurrently_on_partitioned_table;
constinit Rule const concurrently_on_partitioned_table{
    .code = "CM0664",
    .name = "concurrently-on-partitioned-table",
    .summary = "CONCURRENTLY fails on an index of a partitioned table",
    .family = Family::failure,
    .level = Level::error,
    .depends_on_database = true,
    .check = check_concurrently_on_partitioned};

}  // namespace cm::lint::rules
