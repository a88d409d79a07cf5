// Which indexes of a table serve what, now and when the file has been carried out.
#pragma once
#include <string>
#include <vector>

#include "lint/catalog.hpp"
#include "lint/report.hpp"

namespace cm::lint {

/// The catalog behind the whole file: what comes later may make an index.
Catalog catalog_behind(Report const& report, Statement const& from);

/// Some index begins with the columns of the key, in any order.
bool is_served(CatalogTable const& table, CatalogForeignKey const& key);

/// Some index begins with these columns, in this order.
bool begins_with(CatalogTable const& table, std::vector<std::string> const& columns);

/// Some unique index is over just these columns, in any order.
bool has_unique_index(CatalogTable const& table, std::vector<std::string> const& columns);

/// `a, b`, quoted where it is needed.
std::string written_list(std::vector<std::string> const& columns);

}  // namespace cm::lint
