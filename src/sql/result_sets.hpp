// What a server answered to several queries, as a value: they are sent together, and the answers
// can be kept as text.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/rows.hpp"

namespace cm::sql {

/// Rows by the query that they answer.
using ResultSets = std::map<std::string, Rows, std::less<>>;

/// Something that asks queries and makes something of the rows.
using CatalogReader = std::function<void(QueryFunction const&)>;

/// The queries that it asks; they must not depend on what is answered to the first of them.
std::vector<std::string> queries_of(CatalogReader const& reading);

/// Gives each query its rows, which are gone from `answers` then. To ask for others, or twice, is a
/// bug.
QueryFunction results_from(ResultSets& results);

std::string to_text(ResultSets const& results);
/// None if the text is not what to_text wrote.
std::optional<ResultSets> parse_result_sets(std::string_view text);

}  // namespace cm::sql
