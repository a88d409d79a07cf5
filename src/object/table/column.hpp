// A column: part of a table, written as a clause of CREATE TABLE or ALTER TABLE.
#pragma once
#include <optional>
#include <string>
#include <variant>

#include "base/boxed.hpp"
#include "base/source.hpp"
#include "dsl/datamodel.hpp"
#include "object/object.hpp"
#include "object/table/details.hpp"
#include "sql/expression.hpp"
#include "sql/type.hpp"
#include "sql/writer.hpp"

namespace cm::object {

/// `autoincrement()`: a sequence that belongs to the column. SERIAL makes one, IDENTITY is another
/// way to have one, and what the sequence is called does not count, so none of it takes part in
/// equality.
struct AutoIncrement {
    std::optional<sql::QualifiedName> sequence{};  ///< known if read from a database
    bool is_identity{};
    bool is_shared{};  ///< the default of another column takes numbers from the sequence, too

    friend bool operator==(AutoIncrement const&, AutoIncrement const&) { return true; }
};

using ColumnDefault = std::variant<sql::Expression, AutoIncrement>;

/// What the values of a column are kept as while its type is dropped and made anew.
enum class Interim { none, text, json };

struct Column {
    std::string name{};
    sql::Type type{};
    bool is_nullable{};
    std::optional<ColumnDefault> default_value{};
    bool is_generated{};       ///< GENERATED ALWAYS AS (…): its expression is nobody's default
    std::string generation{};  ///< that expression; does not count for equality
    bool is_virtual{};         ///< generated when it is read (PostgreSQL 18); does not count
    /// The schema file says so: `dbgenerated("…")` of other columns, or `Unsupported("… GENERATED
    /// ALWAYS AS (…) STORED")`. One that does not leaves open whether the database generates it.
    bool declares_generation{};
    bool takes_any_default{};    ///< `dbgenerated()`: whichever default the database has
    bool is_inherited{};         ///< inherited from one table and not declared here; does not count
    std::string client_value{};  ///< `cuid()`, `@updatedAt`: what only Prisma's client fills in,
                                 ///< the database has no default; does not count
    Interim interim{};           ///< of a loose table; does not count
    /// A database says them; where one of two columns has none, they do not count.
    Boxed<ColumnDetails> details{};
    int number{};  ///< attnum in a database, where it stays through a rename; does not count
    Origin origin{};
    Boxed<FormerNames> former_names{};  ///< does not count
    friend bool operator==(Column const& a, Column const& b);
};

/// True if the defaults need no change: they are equal, a column is generated, or `autoincrement()`
/// stands for a sequence that belongs to no column.
bool has_same_default(Column const& a, Column const& b);

/// `"id" SERIAL NOT NULL`, as CREATE TABLE and ADD COLUMN take it.
std::string definition(sql::QualifiedName const& table, Column const& column,
                       sql::Writer const& out);
/// The type, or the domain, as SQL names it.
std::string column_type(Column const& column, sql::Writer const& out);
/// Do both sides say of themselves all there is?
bool are_exact(Column const& a, Column const& b);

/// How values of the old type become values of the new one.
enum class Conversion {
    same,      ///< the type does not change
    safe,      ///< every value fits and keeps its meaning
    risky,     ///< PostgreSQL casts it by itself, but values may not fit or lose something
    by_using,  ///< only an explicit cast does it: USING
    none,      ///< there is no cast: drop and add
};
Conversion conversion(sql::Type const& from, sql::Type const& to);

/// The column of a scalar, enum or unsupported field.
Column lower(dsl::Field const& field, dsl::DataModel const& model, std::string_view default_schema);
sql::Type lower_type(dsl::Field const& field, dsl::DataModel const& model,
                     std::string_view default_schema);
std::optional<ColumnDefault> lower_default(dsl::Field const& field, sql::Type const& type,
                                           dsl::DataModel const& model,
                                           std::string_view default_schema);

}  // namespace cm::object
