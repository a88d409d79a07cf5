// Identifiers and literals: the only place that knows how PostgreSQL quotes.
#pragma once
#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace cm::sql {

/// A schema-qualified name. An empty schema means an object of PostgreSQL itself or of an
/// extension.
struct QualifiedName {
    std::string schema{};
    std::string name{};
    auto operator<=>(QualifiedName const&) const = default;
};

/// `"name"`, always quoted as Prisma does; inner quotes doubled.
std::string quote_identifier(std::string_view name);

/// `'text'`, inner quotes doubled; a backslash is a character like any other
/// (standard_conforming_strings, on since PostgreSQL 9.1).
std::string quote_literal(std::string_view text);

/// A literal that means the same whatever standard_conforming_strings is: `E'…'` where there is a
/// backslash. For questions to servers that may have it off; migrations are written as Prisma's
/// are.
std::string quote_portable_literal(std::string_view text);

/// `"schema"."name"`, or the name alone if the schema is empty.
std::string quote(QualifiedName const& name);

/// `"a", "b"`.
std::string quote_list(std::vector<std::string> const& names, std::string_view separator = ", ");

}  // namespace cm::sql
