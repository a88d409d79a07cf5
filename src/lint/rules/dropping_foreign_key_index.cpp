// The schema tells which index a foreign key is searched by (manual, 5.5.5).
#include <fmt/format.h>

#include <algorithm>

#include "lint/index_use.hpp"
#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_dropped_key_index(Statement const& statement, Report& report) {
    if (!statement.is("DropStmt") || statement.node().text("removeType") != "OBJECT_INDEX") return;
    for (auto const& object : statement.node().list("objects")) {
        auto const name = object_name(object["List"].list("items"));
        auto const* const table = report.catalog().table_of_index(name);
        if (table == nullptr) continue;
        auto const index =
            std::find_if(table->indexes.begin(), table->indexes.end(),
                         [&](CatalogIndex const& it) { return it.name.name == name.name; });
        auto const& behind = report.catalog_behind(statement);
        auto const* const after = behind.find(table->name);
        if (after == nullptr || index == table->indexes.end()) continue;
        for (auto const& key : after->foreign_keys) {
            if (!serves(*index, key) || is_served(*after, key)) continue;
            report.add({.place = statement.place,
                        .message = fmt::format(
                            "no index begins with `{}` any more: deleting a row of `{}` reads all "
                            "of `{}`",
                            shown_list(key.columns), shown(key.referenced), shown(table->name)),
                        .help = fmt::format("first `CREATE INDEX CONCURRENTLY ON {} ({})`",
                                            written(table->name), written_list(key.columns)),
                        .table = table->name});
        }
    }
}

}  // namespace

extern Rule const dropping_foreign_key_index;
constinit Rule const dropping_foreign_key_index{
    .code = "CM0660",
    .name = "dropping-foreign-key-index",
    .summary = "Dropping the index that a foreign key is searched by makes deletes slow",
    .family = Family::schema,
    .level = Level::warning,
    .depends_on_database = true,
    .check = check_dropped_key_index};

}  // namespace cm::lint::rules
