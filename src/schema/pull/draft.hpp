// A database as models and enums of the schema language, before it becomes text: every name given,
// every attribute written out. Where a schema file exists, its names are taken.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "dsl/datamodel.hpp"
#include "dsl/naming.hpp"
#include "schema/pull/column_text.hpp"
#include "schema/schema.hpp"

namespace cm::schema {

struct FieldDraft {
    std::string name{};
    ColumnText text{};
    std::string type{};                     ///< with `?` or `[]`
    std::vector<std::string> attributes{};  ///< `@id`, `@default(now())`, … in their order
    std::string column{};                   ///< empty for relation fields
    std::optional<std::size_t> existing{};  ///< index into the existing model's fields
};

/// A key or index: an attribute of a field or of the model.
struct KeyDraft {
    std::string name{};    ///< in the database
    std::string text{};    ///< `@unique(map: "x")`, `@@index([a, b])`
    std::string column{};  ///< of the field that it stands on; empty: on the model
};

/// The foreign key, or the table that stands for a many-to-many relation.
struct RelationSource {
    std::optional<object::TableMember> key{};
    sql::QualifiedName join_table{};
    bool operator==(RelationSource const&) const = default;
};

struct RelationFieldDraft {
    FieldDraft field{};
    RelationSource source{};
    bool holds_key{};  ///< this side has `fields` and `references`
};

struct ModelDraft {
    sql::QualifiedName table{};
    std::string name{};
    bool is_view{};
    bool is_ignored{};
    std::vector<FieldDraft> columns{};
    std::vector<RelationFieldDraft> relations{};
    std::vector<KeyDraft> keys{};
    std::vector<std::string> attributes{};  ///< `@@map("x")`, `@@ignore`, `@@schema("x")`
    std::vector<std::string> notes{};       ///< what to say above it
    std::optional<std::size_t> existing{};  ///< index into the existing models
};

struct EnumValueDraft {
    std::string value{};  ///< in the database
    std::string name{};
};

struct EnumDraft {
    sql::QualifiedName type{};
    std::string name{};
    std::vector<EnumValueDraft> values{};
    std::vector<std::string> attributes{};
    std::vector<std::string> notes{};
    std::optional<std::size_t> existing{};  ///< index into the existing enums
};

struct Draft {
    std::vector<ModelDraft> models{};  ///< by schema and table
    std::vector<EnumDraft> enums{};
};

struct DraftOptions {
    std::string default_schema = "public";
    bool writes_schemas = false;   ///< the datasource lists schemas: models say `@@schema`
    bool partial_indexes = false;  ///< the preview feature is on
    std::string native_prefix = "db";
    dsl::Naming naming{};
};

/// `views`: the views that are to be written, as tables. `known`: what the schema file says
/// already.
Draft draft(Schema const& actual, std::vector<object::Table> const& views,
            dsl::DataModel const& existing, DraftOptions const& options);

/// The rule behind `_AToB`: the table stands for an implicit many-to-many relation, and the
/// relation would give back exactly this table.
bool is_join_table(Schema const& schema, object::Table const& table);

}  // namespace cm::schema
