// The schema language's meaning: names resolved, attributes bound, relations paired, database names
// given. Made by resolve() from a Document, checked by check(), lowered to database objects by
// schema::from_dsl.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/boxed.hpp"
#include "base/source.hpp"
#include "dsl/ast.hpp"

namespace cm::dsl {

enum class ScalarType {
    string,
    boolean,
    integer,
    big_integer,
    floating,
    decimal,
    date_time,
    json,
    bytes
};

/// A field of an enum type; the index into DataModel::enums.
struct EnumType {
    std::size_t index{};
};

/// A relation field; the index into DataModel::models.
struct ModelType {
    std::size_t index{};
};

/// `Unsupported("…")`: a type that only the database knows.
struct UnsupportedType {
    std::string text{};
};

using FieldType = std::variant<ScalarType, EnumType, ModelType, UnsupportedType>;

/// `@db.VarChar(191)`: name without `db.`, arguments as written.
struct NativeType {
    std::string name{};
    std::vector<std::string> arguments{};
    Span span{};
};

/// `autoincrement()`, `now()`, `uuid(7)`, `dbgenerated("…")`; arguments unescaped.
struct DefaultFunction {
    std::string name{};
    std::vector<std::string> arguments{};
};

struct DefaultString {
    std::string text{};
};

struct DefaultNumber {
    std::string text{};
};

struct DefaultBoolean {
    bool value{};
};

/// The index into Enum::values of the field's enum.
struct DefaultEnumValue {
    std::size_t index{};
};

using DefaultItem = std::variant<DefaultString, DefaultNumber, DefaultBoolean, DefaultEnumValue>;

struct DefaultList {
    std::vector<DefaultItem> items{};
};

using DefaultValue = std::variant<DefaultFunction, DefaultString, DefaultNumber, DefaultBoolean,
                                  DefaultEnumValue, DefaultList>;

struct Default {
    DefaultValue value{};
    Span span{};
};

struct Field {
    std::string name{};
    std::string database_name{};  ///< column; empty for relation fields
    FieldType type{};
    Arity arity = Arity::required;
    Boxed<NativeType> native_type{};
    Boxed<Default> default_value{};
    bool is_updated_at{};
    bool is_ignored{};
    bool is_mapped{};  ///< has @map
    std::optional<std::size_t>
        relation{};  ///< index into DataModel::relations, for relation fields
    Span span{};     ///< the whole line
    Span name_span{};
    Span type_span{};
    Boxed<FormerNames> former_names{};
};

enum class SortOrder { ascending, descending };

struct IndexField {
    std::size_t field{};  ///< index into Model::fields
    SortOrder sort = SortOrder::ascending;
    std::string operator_class{};  ///< PostgreSQL's name (`gin_trgm_ops`, …); empty for the default
    Span span{};
    std::string operator_class_word{};  ///< as in the schema (`JsonbOps`); empty for `raw("…")`
    bool has_arguments{};               ///< `sort:` or `ops:` is written
    bool has_operator_class{};          ///< `ops:` is written
    bool has_sort{};                    ///< `sort:` is written
};

enum class IndexKind { primary_key, unique, normal };

/// `@id`, `@@id`, `@unique`, `@@unique`, `@@index`, and indexes made by `foreignKeyIndexes`.
struct Index {
    IndexKind kind = IndexKind::normal;
    std::vector<IndexField> fields{};
    std::string method = "btree";  ///< btree, hash, gist, gin, spgist, brin
    std::string predicate{};       ///< SQL text of `where`; empty if not partial
    Span predicate_span{};
    std::string database_name{};
    std::string client_name{};  ///< `name:`
    Span span{};
    Span name_span{};  ///< of `map:`, else as `span`
    bool is_mapped{};  ///< has `map:`
};

struct Model {
    std::string name{};
    std::string database_name{};
    std::string database_schema{};  ///< `@@schema`; empty: the connection's schema
    bool is_view{};
    bool is_ignored{};
    bool is_mapped{};
    std::vector<Field> fields{};
    std::vector<Index> indexes{};  ///< the primary key, if any, first
    Span span{};
    Span name_span{};
    Span schema_span{};  ///< of `@@schema`; else as `name_span`
    bool has_schema{};   ///< `@@schema` is written
    Span map_span{};     ///< of `@@map`; else as `name_span`
    Boxed<FormerNames> former_names{};
    bool is_incomplete{};  ///< something in it was wrong, reported and left out; rules must not
                           ///< report it again
};

struct EnumMember {
    std::string name{};
    std::string database_name{};
    Span span{};
    Boxed<FormerNames> former_names{};
};

struct Enum {
    std::string name{};
    std::string database_name{};
    std::string database_schema{};
    std::vector<EnumMember> values{};
    Boxed<FormerNames> former_names{};
    Span span{};
    Span name_span{};
    Span schema_span{};    ///< as in Model
    bool has_schema{};     ///< as in Model
    bool is_incomplete{};  ///< as in Model
    bool is_open{};        ///< its block is not closed: there may be more values
};

enum class ReferentialAction { cascade, restrict, no_action, set_null, set_default };

/// One end of a relation.
struct RelationEnd {
    std::size_t model{};
    std::optional<std::size_t>
        field{};  ///< the relation field; none if that side has not declared one
};

/// A relation that a foreign key stands for: `from` holds it.
struct ForeignKeyRelation {
    std::string name{};  ///< @relation("…"); empty if unnamed
    RelationEnd from{};
    RelationEnd to{};
    std::vector<std::size_t> fields{};      ///< into models[from.model].fields
    std::vector<std::size_t> references{};  ///< into models[to.model].fields
    ReferentialAction on_delete{};          ///< resolved: written or Prisma's default
    ReferentialAction on_update{};
    std::string database_name{};  ///< the constraint's
    bool is_list{};               ///< the other side is a list (one-to-many)
    bool is_mapped{};             ///< has `map:`
    Span span{};                  ///< `@relation(…)`
    Span fields_span{};           ///< of the argument, as are the following; else as `span`
    Span references_span{};
    Span on_delete_span{};
    Span on_update_span{};
    Span name_span{};  ///< of `map:`
};

/// An implicit many-to-many relation: a join table `_AToB` with columns A and B.
struct JoinTableRelation {
    std::string name{};
    RelationEnd a{};  ///< referenced by column A: the model whose name sorts first
    RelationEnd b{};
    std::string table_name{};  ///< `_AToB`
    Span span{};
};

using Relation = std::variant<ForeignKeyRelation, JoinTableRelation>;

/// `env("NAME")` or a literal.
struct StringOrEnvironment {
    std::string text{};  ///< the literal, or the variable's name
    bool is_environment{};
    Span span{};
};

struct PostgresExtension {
    std::string name{};  ///< in the database (`map:` if given)
    std::string schema{};
    std::string version{};
    Span span{};
};

struct Datasource {
    std::string name{};
    std::string provider{};
    std::optional<StringOrEnvironment> url{};
    std::optional<StringOrEnvironment> direct_url{};
    std::optional<StringOrEnvironment> shadow_database_url{};
    bool relation_mode_prisma{};  ///< relationMode = "prisma": no foreign keys in the database
    std::vector<std::string> schemas{};
    std::vector<PostgresExtension> extensions{};
    Span span{};
    Span schemas_span{};
    Span extensions_span{};  ///< of the property's name
    bool has_extensions{};   ///< the property is there
    bool partial_indexes{};  ///< a generator asks for the preview feature `partialIndexes`
};

/// A feature that a generator asks for with `previewFeatures`.
struct PreviewFeature {
    std::string name{};
    Span span{};
};

struct DataModel {
    std::optional<Datasource> datasource{};
    std::vector<PreviewFeature> preview_features{};
    std::vector<Model> models{};
    std::vector<Enum> enums{};
    std::vector<Relation> relations{};
};

}  // namespace cm::dsl
