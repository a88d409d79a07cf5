// What a statement does to the relations of its database (tables, indexes, views, sequences): what
// it locks and how, what it reads through or writes anew while it holds the lock, and what it
// creates, drops and renames. Told from PostgreSQL's own parse tree by the table in
// relation_effects_table.hpp; tests/relation_effects_test.cpp holds each row against servers.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sql/lock_mode.hpp"
#include "sql/name.hpp"
#include "sql/statement_tree.hpp"
#include "sql/type.hpp"
#include "sql/type_change.hpp"

namespace cm::sql {

/// The relation that an effect is on, seen from the one that the statement names. All but `named`
/// can be told only by a schema.
enum class Subject : std::uint8_t {
    named,
    table_of_index,     ///< the named relation is an index: its table
    descendants,        ///< partitions and tables that inherit, at any depth
    parent,             ///< the table that the named one is a partition of
    default_partition,  ///< of the named table, or of the one that it is a partition of
    referenced,         ///< the tables that foreign keys of the named one refer to
    referencing,        ///< the tables whose foreign keys refer to the named one
    referencing_chain,  ///< these, and those that refer to them in turn (ON DELETE CASCADE)
    underlying,         ///< what the named view reads
    dependent_views,    ///< that read the named relation, and those that read them in turn
    indexes,            ///< of the named table
    users_of_type,      ///< the named one is a domain: the tables with columns of it
    every_table,        ///< of the named schema, or of the database if there is no name
};

/// Does the statement read all rows, so that it takes as long as the table is large? (A rewrite
/// and the building of an index read them, too.)
enum class Scan : std::uint8_t {
    no,
    yes,
    unless_proven,  ///< no, if a valid CHECK or NOT NULL constraint proves what is looked for
};

/// Does the statement write all rows anew, and all indexes?
enum class Rewrite : std::uint8_t {
    no,
    yes,
    depends_on_type,      ///< see `type_change_cost`, with the column's type before
    depends_on_domain,    ///< yes, if `type` is a domain with a constraint
    depends_on_function,  ///< yes, if one of `functions` is volatile
    depends_on_state,     ///< no, if the table is already as it is told to be
};

/// Does the statement build an index, which reads all rows and sorts them?
enum class IndexBuild : std::uint8_t {
    no,
    yes,
    unless_there,  ///< no, if the relation has one that will do
};

/// One relation and what one part of the statement does to it. A statement that names several
/// relations, or an ALTER TABLE with several commands, has several.
struct RelationEffect {
    QualifiedName relation{};  ///< as written: the schema is empty if the statement gives none
    Subject subject{};
    LockMode lock{};
    Scan scan{};
    Rewrite rewrite{};
    IndexBuild index_build{};
    /// The lock is held for moments only; the long part goes on under a weaker one (CONCURRENTLY).
    bool is_brief{};
    /// What does it, in the manual's words and without names: "ALTER TABLE … SET NOT NULL".
    std::string_view action{};
    /// The command of an ALTER TABLE, 0-based; 0 for other statements.
    std::size_t command{};
    std::string column{};                    ///< that the command is about
    Type type{};                             ///< the column's new type
    std::vector<QualifiedName> functions{};  ///< not PostgreSQL's own, of a new column's default
    bool operator==(RelationEffect const&) const = default;
};

enum class DefinedKind : std::uint8_t {
    schema,
    extension,
    type,  ///< a domain, too
    enum_value,
    sequence,
    table,  ///< a foreign table, too
    column,
    index,
    constraint,
    view,
    materialized_view,
    routine,
    trigger,
    rule,
    policy,
    other,
};

enum class DefinedAction : std::uint8_t { creates, replaces, drops, renames, moves };

/// An object that the statement creates, drops, renames, or moves to another schema.
struct DefinedObject {
    DefinedAction action{};
    DefinedKind kind{};
    /// Empty if PostgreSQL chooses it. Of what has no schema of its own (column, constraint,
    /// trigger, rule, policy, enum value) the schema is empty.
    QualifiedName name{};
    /// Of an index, column, constraint, trigger, rule or policy; of an enum value its type. Empty
    /// where the statement does not say it (DROP INDEX).
    QualifiedName table{};
    QualifiedName new_name{};  ///< after RENAME or SET SCHEMA, as far as it changes
    bool is_conditional{};     ///< IF EXISTS, IF NOT EXISTS
    bool cascades{};           ///< CASCADE: what relies on it goes as well
    bool operator==(DefinedObject const&) const = default;
};

struct RelationEffects {
    std::vector<RelationEffect> effects{};
    std::vector<DefinedObject> defines{};
    bool operator==(RelationEffects const&) const = default;
};

/// `server` is the major version, 12 to 18. Nothing for statements that concern no relation, and
/// for bodies of functions and DO blocks. Temporary tables are told like others.
RelationEffects relation_effects(StatementTree const& tree, int server);

/// The strongest lock on the relation that the statement names.
LockMode strongest_lock(RelationEffects const& effects, QualifiedName const& relation);

/// True if the effect can last as long as the table is large, while its lock is held: it scans,
/// rewrites or builds an index, or may do so.
bool may_be_slow(RelationEffect const& effect);

}  // namespace cm::sql
