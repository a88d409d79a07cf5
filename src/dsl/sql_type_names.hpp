// Names of PostgreSQL's types, for those who write them where the schema language has its own.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace cm::dsl {

/// `varchar` → "String @db.VarChar(n)". `argument` takes the place of `n`. None if PostgreSQL has
/// no such type, or the schema language has nothing for it.
std::optional<std::string> field_type_for(std::string_view sql_type, std::string_view argument);

}  // namespace cm::dsl
