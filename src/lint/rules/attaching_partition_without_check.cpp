// attaching-partition-without-check: ATTACH PARTITION reads all rows unless a CHECK constraint
// proves its bounds.
#include <fmt/format.h>

#include <algorithm>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

/// Whether a valid CHECK constraint of it is known, which may prove that its rows fit.
bool has_valid_check(sql::QualifiedName const& table, Statement const& before,
                     Report const& report) {
    if (auto const* const known = report.catalog().find(table)) {
        if (known->has_checks) return true;
    }
    for (auto const& statement : report.script().statements()) {
        if (statement.index >= before.index) break;
        auto const alter = alter_table(statement);
        if (!alter || alter->table.name != table.name) continue;
        auto const validates =
            std::any_of(alter->commands.begin(), alter->commands.end(),
                        [](AlterCommand const& it) { return it.kind == "ValidateConstraint"; });
        auto const added = added_constraints(statement);
        if (validates || std::any_of(added.begin(), added.end(), [](AddedConstraint const& it) {
                return it.kind == "CHECK" && it.is_checked;
            })) {
            return true;
        }
    }
    return false;
}

void check_attached(Statement const& statement, Report& report) {
    auto const alter = alter_table(statement);
    if (!alter) return;
    for (auto const& command : alter->commands) {
        if (command.kind != "AttachPartition") continue;
        auto const partition = relation_name(command.definition()["PartitionCmd"]["name"]);
        if (report.script().is_new(partition, statement) ||
            has_valid_check(partition, statement, report)) {
            continue;
        }
        report.add(
            {.place = command.place,
             .message =
                 fmt::format("all rows of `{}` are read while nobody may use it", shown(partition)),
             .help = fmt::format(
                 "first `ALTER TABLE {0} ADD CONSTRAINT … CHECK (…) NOT VALID` with the bounds of "
                 "the partition, then validate it: then ATTACH need not look",
                 written(partition)),
             .lock = "ACCESS EXCLUSIVE",
             .table = partition});
    }
}

}  // namespace

extern Rule const attaching_partition_without_check;
constinit Rule const attaching_partition_without_check{
    .code = "CM0649",
    .name = "attaching-partition-without-check",
    .summary = "ATTACH PARTITION reads all rows unless a CHECK constraint proves its bounds",
    .family = Family::lock,
    .level = Level::warning,
    .depends_on_database = true,
    .check = check_attached};

}  // namespace cm::lint::rules
