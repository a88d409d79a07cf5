// What migrations make that lies in no schema of the project: emptying schemas leaves it, and the
// same migration would then fail on it.
#pragma once
#include <string>
#include <vector>

#include "history/directory.hpp"
#include "sql/name.hpp"

namespace cm::engine {

enum class BesideSchemas { schema, extension, publication, event_trigger, server, wrapper };

struct MadeBesideSchemas {
    BesideSchemas kind{};
    std::string name{};
    std::string migration{};  ///< the first that makes it
    bool operator==(MadeBesideSchemas const&) const = default;
};

/// Statements that make such things and fail if they are there (no IF NOT EXISTS).
std::vector<MadeBesideSchemas> made_beside_schemas(
    std::vector<history::Migration> const& migrations);

/// A table, type, view or sequence that a migration makes under a name with a schema.
struct MadeInSchema {
    sql::QualifiedName name{};
    std::string migration{};  ///< the first that makes it
    bool operator==(MadeInSchema const&) const = default;
};

/// Statements that make such things and fail if they are there (no IF NOT EXISTS, no OR REPLACE).
std::vector<MadeInSchema> made_in_schemas(std::vector<history::Migration> const& migrations);

/// `PUBLICATION`, as CREATE and DROP say it.
std::string_view sql_word(BesideSchemas kind);

}  // namespace cm::engine
