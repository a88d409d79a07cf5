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
/// schema in their name, and so does any other type of the user's that has the name of one of
/// PostgreSQL's own (sql/system_types); all others, those of extensions and the user's domains
/// included, have it as their `home`, where it is known.
struct Type {
    QualifiedName name{};
    std::vector<std::string>
        modifiers{};  ///< `varchar(191)` → {"191"}, `geometry(Point,4326)` → {"Point", "4326"}
    bool is_array{};
    Spelling spelling{};  ///< without `[]`; empty: to_sql finds the words
    std::string home{};   ///< the schema of a type that is no enum of ours and none of PostgreSQL's
                          ///< own; empty: unknown. Of the user's types those that lie in
                          ///< different schemas differ; one of an extension is the same wherever
                          ///< the extension lies
    bool is_of_extension{};
    std::string domain{};  ///< of a column in a database: the domain over this type that it has
    std::string
        domain_schema{};  ///< where the domain has the name of one of PostgreSQL's own types
};

/// A column with a domain has the type below it; one that is declared with the domain's name has
/// that, too.
bool operator==(Type const& a, Type const& b);

/// True for two types of the user's that have one name and are known to lie in different schemas.
bool lie_apart(Type const& a, Type const& b);

/// Fills in what PostgreSQL adds by itself: `char` is `char(1)`, `numeric(10)` is `numeric(10,0)`.
void make_canonical(Type& type);
Type canonical(Type type);

/// Reads a type as people write it (`double precision`, `"Role"[]`, `varchar(20)`); none if
/// PostgreSQL's parser refuses it.
std::optional<Type> parse_type(std::string_view text);

/// How the type is written in migrations, in Prisma's spelling: `TIMESTAMP(3)`, `INTEGER[]`; a
/// user's type as given by `quoted_name`.
std::string to_sql(Type const& type, std::string_view quoted_name);

/// The same for a type that must carry its home, since nothing else leads there.
std::string to_sql_elsewhere(Type const& type);

/// The name of a type, or of an operator class, without a schema: quoted where it would mean
/// something else.
std::string bare_name(std::string_view name);

/// PostgreSQL's types fall into classes that say which conversions are safe.
enum class TypeClass { integer, number, text, boolean, date_time, json, binary, uuid, bit, other };
TypeClass type_class(Type const& type);
/// False for enums, and for types of extensions and of the user unless they are in Prisma's list.
bool is_built_in(Type const& type);

}  // namespace cm::sql
