// unindexed-foreign-key: a foreign key without an index makes deletes slow.
#include <fmt/format.h>

#include <algorithm>

#include "lint/index_use.hpp"
#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

bool adds_foreign_key(Statement const& statement) {
    if (!statement.is("CreateStmt") && !statement.is("AlterTableStmt")) return false;
    return statement.text.find("REFERENCES") != std::string_view::npos ||
           statement.text.find("references") != std::string_view::npos;
}

void check_foreign_key_index(Statement const& statement, Report& report) {
    if (!adds_foreign_key(statement)) return;
    auto const table = relation_name(statement.node()["relation"]);
    auto const* const before = report.catalog().find(table);
    if (before == nullptr && !statement.is("CreateStmt")) return;
    auto const old_keys =
        before == nullptr ? std::vector<CatalogForeignKey>{} : before->foreign_keys;
    auto const* const after = report.catalog_behind(statement).find(table);
    if (after == nullptr) return;
    auto only_this = report.catalog().only(table);
    only_this.follow(statement);
    auto const* const now = only_this.find(table);
    if (now == nullptr) return;
    for (auto const& key : now->foreign_keys) {
        auto const is_old = std::find(old_keys.begin(), old_keys.end(), key) != old_keys.end();
        if (is_old || is_served(*after, key) || key.columns.empty()) continue;
        report.add({.place = statement.place,
                    .message = fmt::format(
                        "no index begins with `{}`: deleting a row of `{}` reads all of `{}`",
                        shown_list(key.columns), shown(key.referenced.name), shown(table)),
                    .help = fmt::format("`CREATE INDEX CONCURRENTLY ON {} ({})`", written(table),
                                        written_list(key.columns)),
                    .table = table});
    }
}

}  // namespace

extern Rule const unindexed_foreign_key;
constinit Rule const unindexed_foreign_key{
    .code = "CM0653",
    .name = "unindexed-foreign-key",
    .summary = "A foreign key without an index makes deletes slow",
    .family = Family::schema,
    .level = Level::note,
    .depends_on_database = true,
    .check = check_foreign_key_index};

}  // namespace cm::lint::rules
