// What the schema language has for other databases only: who brings a schema from MySQL, SQL Server
// or MongoDB is told so, and what PostgreSQL has instead, rather than that the word is unknown.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace cm::dsl {

/// Help for an attribute (`@@fulltext`), an argument (`length`) or a function of `@default`
/// (`auto`) that belongs to another database; nothing for any other word.
std::optional<std::string> help_from_other_database(std::string_view word);

/// The same for the part of a native type behind the dot: `LongText`.
std::optional<std::string> native_type_from_other_database(std::string_view name);

}  // namespace cm::dsl
