// Which indexes of a table serve what, now and when the file has been carried out.
#pragma once
#include <string>
#include <vector>

#include "lint/catalog.hpp"
#include "lint/report.hpp"

namespace cm::lint {

/// The index begins with the columns of the key, in any order.
bool serves(CatalogIndex const& index, CatalogForeignKey const& key);
/// Some index of the table does.
bool is_served(CatalogTable const& table, CatalogForeignKey const& key);

/// Some index begins with these columns, in this order.
bool begins_with(CatalogTable const& table, std::vector<std::string> const& columns);

/// Some unique index is over these columns or fewer of them: no two rows are alike in all of them.
bool is_unique_over(CatalogTable const& table, std::vector<std::string> const& columns);

/// `a, b`, as messages have it.
std::string shown_list(std::vector<std::string> const& columns);

/// `a, b`, quoted where it is needed.
std::string written_list(std::vector<std::string> const& columns);

}  // namespace cm::lint
