// Column types under one canonical name each, so that `int`, `integer` and `int4` are equal.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/name.hpp"

namespace cm::sql {

/// How a type was written where its canonical form would say more or less (`char`, `interval(3)`):
/// for output only, it never takes part in equality.
struct Spelling {
    std::string text{};

    friend bool operator==(Spelling const&, Spelling const&) { return true; }
};

/// A column type under PostgreSQL's internal name (`int4`, `bpchar`, `citext`). Enums carry their
/// schema; all other types, those of extensions and the user's domains included, do not.
struct Type {
    QualifiedName name{};
    std::vector<std::string>
        modifiers{};  ///< `varchar(191)` → {"191"}, `geometry(Point,4326)` → {"Point", "4326"}
    bool is_array{};
    Spelling spelling{};   ///< without `[]`; empty: to_sql finds the words
    std::string domain{};  ///< of a column in a database: the domain over this type that it has
};

/// A column with a domain has the type below it; one that is declared with the domain's name has
/// that, too.
bool operator==(Type const& a, Type const& b);

/// Fills in what PostgreSQL adds by itself: `char` is `char(1)`, `numeric(10)` is `numeric(10,0)`.
Type canonical(Type type);

/// Reads a type as people write it (`double precision`, `"Role"[]`, `varchar(20)`); none if
/// PostgreSQL's parser refuses it.
std::optional<Type> parse_type(std::string_view text);

/// How the type is written in migrations, in Prisma's spelling: `TIMESTAMP(3)`, `INTEGER[]`; a
/// user's type as given by `quoted_name`.
std::string to_sql(Type const& type, std::string_view quoted_name);

/// PostgreSQL's types fall into classes that say which conversions are safe.
enum class TypeClass { integer, number, text, boolean, date_time, json, binary, uuid, bit, other };
TypeClass type_class(Type const& type);
/// False for enums, and for types of extensions and of the user unless they are in Prisma's list.
bool is_built_in(Type const& type);

}  // namespace cm::sql
