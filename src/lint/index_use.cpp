// Columns of indexes, compared with those of keys and of what is left of them.
#include "lint/index_use.hpp"

#include <algorithm>

#include "lint/syntax.hpp"

namespace cm::lint {

Catalog catalog_behind(Report const& report, Statement const& from) {
    auto catalog = report.catalog();
    for (auto const& statement : report.script().statements()) {
        if (statement.index >= from.index) catalog.follow(statement);
    }
    return catalog;
}

bool is_served(CatalogTable const& table, CatalogForeignKey const& key) {
    auto const& columns = key.columns;
    return std::any_of(table.indexes.begin(), table.indexes.end(), [&](CatalogIndex const& index) {
        return !index.is_partial && index.columns.size() >= columns.size() &&
               std::is_permutation(columns.begin(), columns.end(), index.columns.begin());
    });
}

bool begins_with(CatalogTable const& table, std::vector<std::string> const& columns) {
    return std::any_of(table.indexes.begin(), table.indexes.end(), [&](CatalogIndex const& index) {
        return index.columns.size() >= columns.size() &&
               std::equal(columns.begin(), columns.end(), index.columns.begin());
    });
}

bool has_unique_index(CatalogTable const& table, std::vector<std::string> const& columns) {
    return std::any_of(table.indexes.begin(), table.indexes.end(), [&](CatalogIndex const& index) {
        return index.is_unique && !index.is_partial && index.columns.size() == columns.size() &&
               std::is_permutation(columns.begin(), columns.end(), index.columns.begin());
    });
}

std::string written_list(std::vector<std::string> const& columns) {
    std::string text{};
    for (auto const& column : columns) text += (text.empty() ? "" : ", ") + written(column);
    return text;
}

}  // namespace cm::lint
