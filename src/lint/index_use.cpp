// Columns of indexes, compared with those of keys and of what is left of them.
#include "lint/index_use.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "lint/syntax.hpp"

namespace cm::lint {

bool serves(CatalogIndex const& index, CatalogForeignKey const& key) {
    auto const& columns = key.columns;
    return !index.is_partial && index.columns.size() >= columns.size() &&
           std::is_permutation(columns.begin(), columns.end(), index.columns.begin());
}

bool is_served(CatalogTable const& table, CatalogForeignKey const& key) {
    return std::any_of(table.indexes.begin(), table.indexes.end(),
                       [&](CatalogIndex const& index) { return serves(index, key); });
}

bool begins_with(CatalogTable const& table, std::vector<std::string> const& columns) {
    return std::any_of(table.indexes.begin(), table.indexes.end(), [&](CatalogIndex const& index) {
        return index.columns.size() >= columns.size() &&
               std::equal(columns.begin(), columns.end(), index.columns.begin());
    });
}

bool is_unique_over(CatalogTable const& table, std::vector<std::string> const& columns) {
    auto const is_one_of = [&](std::string const& column) {
        return std::find(columns.begin(), columns.end(), column) != columns.end();
    };
    return std::any_of(table.indexes.begin(), table.indexes.end(), [&](CatalogIndex const& index) {
        return index.is_unique && !index.is_partial &&
               std::all_of(index.columns.begin(), index.columns.end(), is_one_of);
    });
}

std::string shown_list(std::vector<std::string> const& columns) {
    return fmt::format("{}", fmt::join(columns, ", "));
}

std::string written_list(std::vector<std::string> const& columns) {
    std::string text{};
    for (auto const& column : columns) text += (text.empty() ? "" : ", ") + written(column);
    return text;
}

}  // namespace cm::lint
