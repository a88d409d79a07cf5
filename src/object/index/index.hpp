// An index, unique or not: manual, 11. A unique constraint is its index.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/boxed.hpp"
#include "dsl/datamodel.hpp"
#include "object/deferrability.hpp"
#include "object/index_storage.hpp"
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

/// One part of an index's key as PostgreSQL prints it.
struct IndexElement {
    std::string column{};      ///< empty: an expression
    std::string expression{};  ///< with the brackets it needs
    std::string
        options{};         ///< ` COLLATE "C" text_ops DESC NULLS LAST`, unless IndexColumn says all
    bool is_plain = true;  ///< IndexColumn says all of it
    friend bool operator==(IndexElement const& a, IndexElement const& b);
};

/// What the schema language cannot say of an index.
struct IndexDetails {
    std::vector<IndexElement> elements{};
    std::vector<std::string> included{};  ///< columns beside the key
    bool nulls_are_not_distinct{};
    bool is_without_overlaps{};     ///< the last column of the key (PostgreSQL 18)
    Deferrability deferrability{};  ///< if it is a constraint
    std::vector<int> statistics{};  ///< targets of the elements; -1 is the default
    IndexStorage storage{};
    bool is_partitioned{};        ///< of a partitioned table; does not count
    sql::QualifiedName parent{};  ///< the index of the parent's that it is a part of
    /// How it comes and goes with its parts (schema/partition_indexes); do not count.
    bool is_alone{};                               ///< made without parts, which are attached to it
    std::vector<sql::QualifiedName> attached{};    ///< keys of partitions that are to be its parts
    std::vector<sql::QualifiedName> made_parts{};  ///< those that PostgreSQL makes with it
    bool has_constraints{};  ///< constraints of partitions are parts of it, though it is none
    friend bool operator==(IndexDetails const& a, IndexDetails const& b);
};

struct Index {
    static constexpr ObjectKind kind = ObjectKind::index;
    static constexpr bool holds_data = false;
    static constexpr std::string_view title = "index";
    static std::string_view const catalog_query;
    sql::QualifiedName name{};  ///< in the schema of its table
    sql::QualifiedName table{};
    bool is_unique{};
    std::string method = "btree";
    std::vector<IndexColumn> columns{};
    bool has_expressions{};                     ///< beside them; read only if it is invalid
    std::vector<std::string> needed_columns{};  ///< if it has expressions: of the table
    std::optional<sql::Expression>
        predicate{};  ///< of a partial index; schema::read_conditions makes it canonical
    bool has_unmodeled_options{};  ///< has what a declaration may not ask for (INCLUDE, or a
                                   ///< condition where the schema file may have none:
                                   ///< schema::Scope): never dropped for want of one, nor renamed;
                                   ///< does not count for equality
    bool is_spared{};  ///< richer by nothing but its condition: can be made anew as it was
    /// A CREATE INDEX CONCURRENTLY has failed: it takes up room and helps nobody. Counts for
    /// equality, unless somebody is building it.
    bool is_invalid{};
    int builder{};             ///< the server's process that is building it; 0 if none is
    std::string definition{};  ///< of an invalid one, to build it again as it was meant
    bool is_constraint{};      ///< made by ADD CONSTRAINT … UNIQUE; counts among details
    /// Neither an expression nor a column twice, and on a table: `pull` could write it, and a
    /// declared index may take its place. Any other stands in no schema file, and stays.
    bool is_expressible = true;
    bool is_of_view{};              ///< of a materialized view, whose name `table` is
    Boxed<IndexDetails> details{};  ///< known if read from a database
    References uses{};              ///< what it relies on, by pg_depend; does not count
    Origin origin{};
    Origin table_origin{};  ///< of its table as it was before the change; the differ fills it in
    /// What only a database can say counts if both say it.
    friend bool operator==(Index const& a, Index const& b);
};

sql::QualifiedName key(Index const& object);
std::string display_name(Index const& object);
ObjectRef self(Index const& object);
References references(Index const& object);
std::optional<ObjectRef> owner(Index const& object);
bool renamed(Index const& from, Index const& to);
ChangeStrategy strategy(Index const& from, Index const& to);
void to_sql(Create<Index> const& step, sql::Writer& out);
void to_sql(Alter<Index> const& step, sql::Writer& out);
void to_sql(Drop<Index> const& step, sql::Writer& out);
void hazards(Create<Index> const& step, Hazards& out);
void hazards(Alter<Index> const& step, Hazards& out);
void hazards(Drop<Index> const& step, Hazards& out);
std::vector<std::string> describe(Alter<Index> const& step);
/// Whether ALTER INDEX leads from the one to the other.
bool can_alter(Index const& from, Index const& to);
/// The index becomes that of a constraint: ADD CONSTRAINT … USING INDEX.
bool becomes_constraint(Index const& from, Index const& to);
/// «unique index on columns (email)»
std::string description(Index const& object);
/// REINDEX CONCURRENTLY that failed leaves copies of indexes, which nobody wants.
bool is_copy(Index const& object);
void read(sql::Row const& row, Index& object);
/// No schema file can say it at all, so that without details there is none.
bool is_detail(Index const& object);
void take_unsaid(Index& declared, Index const& actual);
void drop_details(Index& object);
/// What no migration says (see schema/unmade.hpp), `made` takes from `actual`.
void take_unmade(Index& made, Index const& actual);
/// All indexes of a model but its primary key.
std::vector<Index> lower_indexes(dsl::Model const& declaration, std::string_view default_schema);
/// The index on column B of a join table.
Index lower_index(dsl::JoinTableRelation const& relation, dsl::DataModel const& model,
                  std::string_view default_schema);

}  // namespace cm::object
