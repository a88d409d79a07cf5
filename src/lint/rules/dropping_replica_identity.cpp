// dropping-replica-identity: dropping the index that replication tells rows apart by.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_identity_index(Statement const& statement, Report& report) {
    if (!statement.is("DropStmt") || statement.node().text("removeType") != "OBJECT_INDEX") return;
    for (auto const& object : statement.node().list("objects")) {
        auto const index = object_name(object["List"].list("items"));
        auto const* const table = report.catalog().table_of_index(index);
        if (table == nullptr || table->identity_index != index.name) continue;
        report.add(
            {.place = statement.place,
             .message = fmt::format("`{}` is the replica identity of `{}`: without it UPDATE "
                                    "and DELETE fail as long as the table is published",
                                    shown(index), shown(table->name)),
             .help = fmt::format("first `ALTER TABLE {} REPLICA IDENTITY USING INDEX …` with "
                                 "another one",
                                 written(table->name)),
             .lock = "ACCESS EXCLUSIVE",
             .table = table->name});
    }
}

}  // namespace

extern Rule const dropping_replica_identity;
constinit Rule const dropping_replica_identity{
    .code = "CM0655",
    .name = "dropping-replica-identity",
    .summary = "Dropping the index that replication tells rows apart by",
    .family = Family::schema,
    .level = Level::error,
    .depends_on_database = true,
    .check = check_identity_index};

}  // namespace cm::lint::rules
