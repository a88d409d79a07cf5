// Column types under one canonical name each, so that `int`, `integer` and `int4` are equal.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/name.hpp"

namespace cm::sql {

/// A column type. Built-in types and those of extensions have no schema and PostgreSQL's internal name
/// (`int4`, `bpchar`, `citext`); enums and other types of the user carry their schema.
struct Type {
    QualifiedName name{};
    std::vector<std::string> modifiers{};  ///< `varchar(191)` → {"191"}, `geometry(Point,4326)` → {"Point", "4326"}
    bool is_array{};
    bool operator==(Type const&) const = default;
};

/// Fills in what PostgreSQL adds by itself: `char` is `char(1)`, `numeric(10)` is `numeric(10,0)`.
Type canonical(Type type);

/// Reads a type as people write it (`double precision`, `"Role"[]`, `varchar(20)`); none if PostgreSQL's parser
/// refuses it.
std::optional<Type> parse_type(std::string_view text);

/// How the type is written in migrations, in Prisma's spelling: `TIMESTAMP(3)`, `INTEGER[]`; a user's type as given
/// by `quoted_name`.
std::string to_sql(Type const& type, std::string_view quoted_name);

/// PostgreSQL's types fall into classes that say which conversions are safe.
enum class TypeClass { integer, number, text, boolean, date_time, json, binary, uuid, bit, other };
TypeClass type_class(Type const& type);

}  // namespace cm::sql
