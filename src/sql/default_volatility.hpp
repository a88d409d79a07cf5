// Whether a new column's DEFAULT gives every row the same value, which PostgreSQL then keeps once
// for all rows, or has to be computed for each (manual, ALTER TABLE, Notes).
#pragma once
#include <string_view>
#include <vector>

#include "sql/name.hpp"
#include "sql/statement_tree.hpp"

namespace cm::sql {

struct Volatility {
    bool is_volatile{};  ///< it calls a function of which that is known
    /// Functions of which nothing is known: of the user or an extension.
    std::vector<QualifiedName> unknown_functions{};
};

Volatility volatility_of(Json const& expression);

/// PostgreSQL's functions, and those of the extensions that come with it, which default values
/// call: the volatile ones, and those that are not. For the test that asks servers.
std::vector<std::string_view> known_volatile_functions();
std::vector<std::string_view> known_steady_functions();

}  // namespace cm::sql
