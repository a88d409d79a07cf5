// Release notes of PostgreSQL 18: NOT VALID foreign keys on partitioned tables.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_not_valid_on_partitioned(Statement const& statement, Report& report) {
    if (report.server_is_at_least(18)) return;
    for (auto const& constraint : added_constraints(statement)) {
        if (constraint.kind != "FOREIGN" || constraint.is_checked) continue;
        auto const* const table = report.catalog().find(constraint.table);
        if (table == nullptr || !table->is_partitioned) continue;
        report.add(
            {.place = constraint.place,
             .message = fmt::format("`{}` is partitioned: before PostgreSQL 18 its foreign keys "
                                    "cannot be NOT VALID",
                                    shown(constraint.table)),
             .help = "add it NOT VALID to each partition and validate it there; then the one of "
                     "the parent adopts them",
             .table = constraint.table});
    }
}

}  // namespace

extern Rule const not_valid_on_partitioned_table;
constinit Rule const not_valid_on_partitioned_table{
    .code = "CM0665",
    .name = "not-valid-on-partitioned-table",
    .summary = "A foreign key that is NOT VALID fails on a partitioned table before PostgreSQL 18",
    .family = Family::failure,
    .level = Level::error,
    .depends_on_database = true,
    .check = check_not_valid_on_partitioned};

}  // namespace cm::lint::rules
