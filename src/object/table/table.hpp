// A table with its columns and primary key. Foreign keys and indexes are objects of their own, so
// that cycles between tables vanish.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/boxed.hpp"
#include "dsl/datamodel.hpp"
#include "object/object.hpp"
#include "object/table/column.hpp"
#include "object/table/primary_key.hpp"

namespace cm::object {

/// What a single column relies on, by pg_depend.
struct ColumnUse {
    std::string column{};     ///< empty: the table is OF that type
    bool is_of_expression{};  ///< its default or what it is generated from, not its type
    ObjectRef on{};
    bool operator==(ColumnUse const&) const = default;
};

struct Table {
    static constexpr ObjectKind kind = ObjectKind::table;
    static constexpr bool holds_data = true;
    static constexpr std::string_view title = "table";
    static constexpr std::string_view place = "tables";  ///< of `pull`, see DefinitionKind
    static std::string_view const catalog_query;
    sql::QualifiedName name{};
    std::vector<Column> columns{};
    std::optional<PrimaryKey> primary_key{};
    std::int64_t oid{};  ///< in a database, where it stays through a rename; does not count
    Origin origin{};
    Boxed<FormerNames> former_names{};  ///< does not count
    bool is_extension_member{};         ///< made by CREATE EXTENSION, which alone may change it
    /// The role that owns it, quoted, if that is not the one that reads; does not count.
    std::string owner{};
    /// From which it inherits, in a database; a schema file cannot say so, and it does not count.
    std::vector<sql::QualifiedName> parents{};
    /// Those that inherit from it, at whatever remove: in a database; does not count.
    std::vector<sql::QualifiedName> heirs{};
    References uses{};  ///< what its columns rely on, by pg_depend; does not count
    std::vector<ColumnUse> column_uses{};  ///< the same, column by column; does not count
    /// Between two stages of a change (schema/stages); does not count.
    bool is_loose{};
    Boxed<TableDetails> details{};  ///< as a column's
    /// The order of columns does not count: PostgreSQL can only append.
    friend bool operator==(Table const& a, Table const& b);
};

/// A column that must be dropped and added anew keeps nothing, unless object/table/kept_values can
/// do something about it; the differ says so by this change.
struct ReplaceColumn {
    Column from{}, to{};
    bool operator==(ReplaceColumn const&) const = default;
};

using TableChange =
    std::variant<Create<Column>, Alter<Column>, Drop<Column>, ReplaceColumn, Create<PrimaryKey>,
                 Alter<PrimaryKey>, Drop<PrimaryKey>, Alter<TableDetails>>;

/// ALTER TABLE: what differs between the parts.
template <>
struct Alter<Table> {
    Table from{}, to{};
    std::vector<TableChange> changes() const;
    bool operator==(Alter const&) const = default;
};

/// The columns of its table that a column is generated from.
std::vector<std::string> used_columns(Column const& generated, Table const& table);

/// A column cannot become one that is generated.
bool must_be_generated(Column const& from, Column const& to);

/// Does ALTER COLUMN … TYPE have to be said: of the type, its domain, collation or modifiers?
bool is_retyped(Alter<Column> const& change);
/// Neither is generated, or both are in the same way.
bool is_generated_alike(Column const& a, Column const& b);
bool sets_expression(Alter<Column> const& change);
/// PostgreSQL makes what stands on the column anew, as it does for another expression, too.
bool is_rewritten(Alter<Column> const& change);

/// Silence keeps what is there (schema/with_unsaid.hpp).
void take_unsaid(Table& declared, Table const& actual);
void drop_details(Table& object);
/// What no migration says (see schema/unmade.hpp), `made` takes from `actual`.
void take_unmade(Table& made, Table const& actual);

Column const* find_column(Table const& table, std::string_view name);
Column* find_column(Table& table, std::string_view name);

sql::QualifiedName key(Table const& object);
std::string display_name(Table const& object);
ObjectRef self(Table const& object);
References references(Table const& object);
std::optional<ObjectRef> owner(Table const& object);
bool renamed(Table const& from, Table const& to);
ChangeStrategy strategy(Table const& from, Table const& to);
void to_sql(Create<Table> const& step, sql::Writer& out);
void to_sql(Alter<Table> const& step, sql::Writer& out);
void to_sql(Drop<Table> const& step, sql::Writer& out);
void hazards(Create<Table> const& step, Hazards& out);
void hazards(Alter<Table> const& step, Hazards& out);
void hazards(Drop<Table> const& step, Hazards& out);
std::vector<std::string> describe(Alter<Table> const& step);
/// A row holds one table with its columns as parallel arrays.
void read(sql::Row const& row, Table& object);
Table lower(dsl::Model const& declaration, dsl::DataModel const& model,
            std::string_view default_schema);
/// The join table of an implicit many-to-many relation.
Table lower(dsl::JoinTableRelation const& relation, dsl::DataModel const& model,
            std::string_view default_schema);
/// The schema a model's table is in.
std::string schema_of(dsl::Model const& model, std::string_view default_schema);

}  // namespace cm::object
