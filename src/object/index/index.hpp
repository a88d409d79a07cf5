// An index, unique or not: manual, 11. A unique constraint is its index.
#pragma once
#include <vector>

#include "dsl/datamodel.hpp"
#include "object/object.hpp"
#include "sql/expression.hpp"
#include "sql/operator_class.hpp"

namespace cm::object {

struct IndexColumn {
    std::string name{};
    bool is_descending{};
    std::string operator_class{};               ///< empty: the default of type and method
    std::string default_operator_class{};       ///< what that is, if read from a database
    std::string operator_class_home{};          ///< its schema, where it is known and is none of
                                                ///< PostgreSQL's own; does not count
    sql::OperatorClassParameters parameters{};  ///< of the operator class
    bool says_ascending{};  ///< `sort: Asc` is written, and so is ASC; does not count for equality
    /// A class that is the default may be said or left out.
    friend bool operator==(IndexColumn const& a, IndexColumn const& b);
};

struct Index {
    static constexpr ObjectKind kind = ObjectKind::index;
    static constexpr bool holds_data = false;
    static constexpr std::string_view title = "index";
    static std::string_view const catalogue_query;
    sql::QualifiedName name{};  ///< in the schema of its table
    sql::QualifiedName table{};
    bool is_unique{};
    std::string method = "btree";
    std::vector<IndexColumn> columns{};
    bool has_expressions{};                     ///< beside them; read only if it is invalid
    std::vector<std::string> needed_columns{};  ///< if it has expressions: of the table
    std::optional<sql::Expression>
        predicate{};   ///< of a partial index; schema::read_conditions makes it canonical
    bool is_richer{};  ///< has what a declaration may not ask for (INCLUDE, or a condition where
                       ///< the schema file may have none: schema::Scope): never dropped for want of
                       ///< one, nor renamed; does not count for equality
    bool is_spared{};  ///< richer by nothing but its condition: can be made anew as it was
    /// A CREATE INDEX CONCURRENTLY has failed: it takes up room and helps nobody. Counts for
    /// equality, unless somebody is building it.
    bool is_invalid{};
    int builder{};             ///< the server's process that is building it; 0 if none is
    std::string definition{};  ///< of an invalid one, to build it again as it was meant
    bool is_constraint{};      ///< made by ADD CONSTRAINT … UNIQUE; does not count for equality
    Origin origin{};
    Origin table_origin{};  ///< of its table as it was before the change; the differ fills it in
    friend bool operator==(Index const& a, Index const& b);
};

sql::QualifiedName key(Index const& object);
std::string display_name(Index const& object);
ObjectRef self(Index const& object);
References references(Index const& object);
std::optional<ObjectRef> owner(Index const& object);
bool renamed(Index const& from, Index const& to);
Remedy remedy(Index const& from, Index const& to);
void to_sql(Create<Index> const& step, sql::Writer& out);
void to_sql(Alter<Index> const& step, sql::Writer& out);
void to_sql(Drop<Index> const& step, sql::Writer& out);
void hazards(Create<Index> const& step, Hazards& out);
void hazards(Alter<Index> const& step, Hazards& out);
void hazards(Drop<Index> const& step, Hazards& out);
std::vector<std::string> describe(Alter<Index> const& step);
/// «unique index on columns (email)»
std::string description(Index const& object);
/// REINDEX CONCURRENTLY that failed leaves copies of indexes, which nobody wants.
bool is_copy(Index const& object);
void read(sql::Row const& row, Index& object);
/// All indexes of a model but its primary key.
std::vector<Index> lower_indexes(dsl::Model const& declaration, std::string_view default_schema);
/// The index on column B of a join table.
Index lower_index(dsl::JoinTableRelation const& relation, dsl::DataModel const& model,
                  std::string_view default_schema);

}  // namespace cm::object
