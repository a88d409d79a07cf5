// Which objects are ours: one pass directly after a schema has been read from a database.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "schema/external.hpp"
#include "schema/schema.hpp"

namespace cm::schema {

/// Without those objects, and what hangs on them.
Schema without_objects(Schema schema, std::function<bool(object::ObjectRef const&)> const& is_gone);

/// Leaves out what is external: the tables with all that hangs on them, the enums that are named
/// and those that only external tables use. A foreign key of ours that points to an external table
/// stays ours.
Schema without_external(Schema schema, ExternalObjects const& external);

/// What is never managed, whatever the schema file says.
struct Scope {
    std::vector<std::string> ignored_tables{};  ///< the migrations table, Prisma's own
    /// Those that the schema file lists; others are nobody's business.
    std::vector<dsl::PostgresExtension> extensions{};
    bool all_extensions = false;   ///< SQL files beside the schema file may have others
    bool partial_indexes = false;  ///< the schema file may have some: others are dropped
    ExternalObjects external{};
};

/// Leaves out ignored tables with all that hangs on them.
Schema scoped(Schema schema, Scope const& scope);

/// The tables that extensions have made. That they are declared means no more than that they are
/// used: CREATE EXTENSION alone makes and changes them.
std::set<sql::QualifiedName> extension_members(Schema const& schema);

/// Leaves out the tables with all that hangs on them.
Schema without_tables(Schema schema, std::set<sql::QualifiedName> const& names);

/// Where the database differs from the declared model only by what the schema file cannot say, or
/// by what an earlier version of Prisma made, the model takes the database's form: the conditions
/// of indexes without the preview feature `partialIndexes`; the defaults of columns with
/// `dbgenerated()`; join tables with a unique index instead of a primary key (Prisma ≤ 5).
Schema adapted(Schema declared, Schema const& actual, bool partial_indexes);

/// What is ours of a database that is read whole: the schema `bare`, those that one of `known` has,
/// and of what lies in no schema (extensions, event triggers, publications …) what one of them has.
/// The rest is somebody else's.
Schema without_strangers(Schema schema, std::vector<Schema const*> const& known,
                         std::string_view bare);

/// Without the indexes that are invalid or not built yet.
Schema without_invalid_indexes(Schema schema);

}  // namespace cm::schema
