// Expressions that only a server can judge: `dbgenerated("…")` and conditions of indexes are
// compared as PostgreSQL would print them (question.hpp), where the rules of sql/expression.hpp do
// not settle it.
#pragma once
#include <string>
#include <vector>

#include "engine/question.hpp"
#include "schema/schema.hpp"

namespace cm::engine {

/// An expression of which nobody could say whether it means what the database has. It counts as no
/// difference: whoever compares has to say that it was not verified.
struct Unsettled {
    std::string what{};    ///< "the default of the column `at` of the table `Post`"
    std::string reason{};  ///< why it could not be asked
    Origin origin{};
};

/// Warnings CM0545, one for each.
std::vector<Diagnostic> to_diagnostics(std::vector<Unsettled> const& unsettled);

/// A declared schema in the form that compares with a database.
struct Normalized {
    schema::Schema schema{};
    std::vector<Unsettled> unsettled{};
};

/// For each default and each condition of a partial index that differs from the one in `actual`,
/// settles whether it means the same; then it takes the database's form. `bare`: the schema that
/// unqualified names mean.
Normalized normalize(schema::Schema declared, schema::Schema const& actual, std::string const& bare,
                     Server const& server);

}  // namespace cm::engine
