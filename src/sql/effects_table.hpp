// The table behind effects.hpp: a row for each kind of statement and each function whose effect
// does not end with the database. What is not in it stays inside.
#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "sql/effects.hpp"

namespace cm::sql {

struct StatementRow {
    std::string_view node{};    ///< of PostgreSQL's parse tree
    std::string_view object{};  ///< its kind of object, where the node stands for several
    Outside outside{};
    std::string_view words{};
    bool changes_database{};  ///< besides what it does outside
};

std::span<StatementRow const> statement_rows();

struct FunctionRow {
    std::string_view name{};  ///< `x*`: all that begin with x; `s.*`: all of a schema
    Outside outside{};
};

std::span<FunctionRow const> function_rows();

/// The row for a call; `schema` may be empty. Names as PostgreSQL has them after folding.
FunctionRow const* find_function(std::string_view schema, std::string_view name);

/// What a catalog that all databases share describes, if it is one: a superuser may write to it.
std::optional<Outside> shared_catalog(std::string_view table);

/// Functions that run the SQL that is given to them as text.
bool runs_text(std::string_view function);

/// Functions that make text which nobody can read in the source.
bool hides_text(std::string_view function);

/// Words of a script, in lower case, without which no statement of it is in the table.
bool is_telling(std::string_view word);

}  // namespace cm::sql
