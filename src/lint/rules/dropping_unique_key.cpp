// INSERT … ON CONFLICT infers a unique index from its columns (manual, INSERT).
#include <fmt/format.h>

#include <algorithm>

#include "lint/index_use.hpp"
#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

/// The unique indexes that the statement drops.
std::vector<std::pair<CatalogTable const*, CatalogIndex const*>> dropped_unique_indexes(
    Statement const& statement, Catalog const& catalog) {
    std::vector<std::pair<CatalogTable const*, CatalogIndex const*>> all{};
    auto const add = [&](CatalogTable const* table, std::string_view name) {
        if (table == nullptr) return;
        for (auto const& index : table->indexes) {
            if (index.name.name == name && index.is_unique) all.emplace_back(table, &index);
        }
    };
    if (statement.is("DropStmt") && statement.node().text("removeType") == "OBJECT_INDEX") {
        for (auto const& object : statement.node().list("objects")) {
            auto const name = object_name(object["List"].list("items"));
            add(catalog.table_of_index(name), name.name);
        }
    }
    if (auto const alter = alter_table(statement)) {
        for (auto const& command : alter->commands) {
            if (command.kind == "DropConstraint") add(catalog.find(alter->table), command.name);
        }
    }
    return all;
}

void check_dropped_unique_key(Statement const& statement, Report& report) {
    for (auto const& [table, index] : dropped_unique_indexes(statement, report.catalog())) {
        auto const& behind = report.catalog_behind(statement);
        auto const* const after = behind.find(table->name);
        if (after == nullptr || is_unique_over(*after, index->columns)) continue;
        auto const is_gone = [&](std::string const& column) {
            return after->column(column) == nullptr;  // which another rule has found
        };
        if (std::any_of(index->columns.begin(), index->columns.end(), is_gone)) continue;
        report.add(
            {.place = statement.place,
             .message = fmt::format("`ON CONFLICT ({})` of running programs fails, and "
                                    "duplicates are no longer refused",
                                    shown_list(index->columns)),
             .help = fmt::format("first deploy programs that do without it; if another one is "
                                 "to take its place, create it in this file: `CREATE UNIQUE "
                                 "INDEX CONCURRENTLY ON {} ({})`",
                                 written(table->name), written_list(index->columns)),
             .table = table->name});
    }
}

}  // namespace

extern Rule const dropping_unique_key;
constinit Rule const dropping_unique_key{
    .code = "CM0661",
    .name = "dropping-unique-key",
    .summary = "ON CONFLICT of running programs fails without the unique index that it names",
    .family = Family::schema,
    .level = Level::note,
    .depends_on_database = true,
    .check = check_dropped_unique_key};

}  // namespace cm::lint::rules
