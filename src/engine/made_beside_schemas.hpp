// What migrations make that lies in no schema of the project: emptying schemas leaves it, and the
// same migration would then fail on it.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "history/directory.hpp"
#include "sql/name.hpp"

namespace cm::engine {

enum class BesideSchemas {
    schema,
    extension,
    publication,
    event_trigger,
    server,
    wrapper,
    language,
    access_method,
    cast,
    transform,
    user_mapping
};

struct MadeBesideSchemas {
    BesideSchemas kind{};
    std::string name{};  ///< of a cast or transform the type, of a user mapping the role, as SQL
    std::string migration{};  ///< the first that makes it
    std::string other{};      ///< what such a one leads to: a type as SQL, a language, a server
    bool operator==(MadeBesideSchemas const&) const = default;
};

/// Statements that make such things and fail if they are there (no IF NOT EXISTS, no OR REPLACE).
std::vector<MadeBesideSchemas> made_beside_schemas(
    std::vector<history::Migration> const& migrations);

/// The same, less what a later one of the migrations drops.
std::vector<MadeBesideSchemas> left_beside_schemas(
    std::vector<history::Migration> const& migrations);

/// A table, type, view or sequence that a migration makes under a name with a schema.
struct MadeInSchema {
    sql::QualifiedName name{};
    std::string migration{};  ///< the first that makes it
    bool operator==(MadeInSchema const&) const = default;
};

/// Statements that make such things and fail if they are there (no IF NOT EXISTS, no OR REPLACE).
std::vector<MadeInSchema> made_in_schemas(std::vector<history::Migration> const& migrations);

/// Calls `use` with each statement of each migration.
void for_each_statement(
    std::vector<history::Migration> const& migrations,
    std::function<void(history::Migration const&, std::string_view)> const& use);

/// `PUBLICATION`, as CREATE and DROP say it.
std::string_view sql_word(BesideSchemas kind);

/// `"pub"`, `(text AS mood)`, as CREATE and DROP name it.
std::string sql_name(MadeBesideSchemas const& made);

}  // namespace cm::engine
