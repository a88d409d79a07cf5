// require-concurrent-partition-detach: DETACH PARTITION without CONCURRENTLY blocks the whole
// table.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_partition_detach(Statement const& statement, Report& report) {
    // DETACH … CONCURRENTLY came with PostgreSQL 14.
    if (report.server_is_before(14)) return;
    auto const alter = alter_table(statement);
    if (!alter || report.script().is_new(alter->table, statement)) return;
    for (auto const& command : alter->commands) {
        if (command.kind != "DetachPartition") continue;
        auto const partition = command.definition()["PartitionCmd"];
        if (partition.boolean("concurrent")) continue;
        report.add(
            {.place = command.place,
             .message = fmt::format("detaching a partition blocks all access to `{}` meanwhile",
                                    shown(alter->table)),
             .help = fmt::format("write `ALTER TABLE {} DETACH PARTITION {} CONCURRENTLY`, outside "
                                 "of BEGIN and COMMIT (PostgreSQL 14 and later)",
                                 written(alter->table), written(relation_name(partition["name"]))),
             .lock = "ACCESS EXCLUSIVE",
             .table = alter->table});
    }
}

}  // namespace

extern Rule const require_concurrent_partition_detach;
constinit Rule const require_concurrent_partition_detach{
    .code = "CM0604",
    .name = "require-concurrent-partition-detach",
    .summary = "DETACH PARTITION without CONCURRENTLY blocks the whole table",
    .family = Family::lock,
    .level = Level::warning,
    .depends_on_database = true,
    .check = check_partition_detach};

}  // namespace cm::lint::rules
