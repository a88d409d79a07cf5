// What lies in schemas, whatever kind of object it is, for those who empty them: told by
// PostgreSQL's own record of what depends on what, so that no kind is forgotten.
#pragma once
#include <string>
#include <vector>

#include "pg/connection.hpp"

namespace cm::pg {

/// Something in a schema that can be dropped by itself.
struct SchemaObject {
    std::string schema{};
    std::string type{};      ///< in PostgreSQL's words: `table`, `text search parser`
    std::string name{};      ///< bare; empty for functions and others that have more than a name
    std::string identity{};  ///< quoted, as a statement names it: `app.f(integer)`
    bool is_table{};
    int locks{};  ///< roughly what dropping it takes
    /// That it belongs to: of a sequence that a column owns, of statistics; empty for others.
    std::string table_schema{}, table_name{};
    bool operator==(SchemaObject const&) const = default;
};

/// All of it in an order to be dropped in; what belongs to extensions is left out.
std::vector<SchemaObject> schema_contents(Connection& connection,
                                          std::vector<std::string> const& schemas);

/// The word of DROP and ALTER for what pg_identify_object calls so: `TABLE`, `ROUTINE`.
std::string drop_word(std::string_view type);

/// `DROP … IF EXISTS … CASCADE`.
std::string drop_statement(SchemaObject const& object);

/// Statements that drop the foreign keys of the tables there: without them no table takes others
/// along.
std::vector<std::string> foreign_key_drops(Connection& connection,
                                           std::vector<std::string> const& schemas);

/// Something that would go with the contents of schemas, though it does not lie there; or that lies
/// there, but is part of a table that does not.
struct OutsideObject {
    std::string type{};
    std::string identity{};
    std::string schema{};   ///< empty if it lies in none: a cast, an event trigger
    std::string part_of{};  ///< a table of that schema, of which it is a partition, a child, or
                            ///< that it has statistics about
    bool operator==(OutsideObject const&) const = default;
};

/// What is dropped with all that depends on it.
struct DropRoots {
    std::vector<std::string> schemas{};  ///< that is, their contents
    std::vector<std::string> extensions{};
    std::vector<std::string> servers{};
    std::vector<std::string> wrappers{};
    std::vector<std::string> languages{};
    std::vector<std::string> access_methods{};
    std::vector<std::string> relations{};  ///< quoted, with their schemas, as are the others
    std::vector<std::string> types{};
    std::vector<std::string> routines{};  ///< with their arguments
};

std::vector<OutsideObject> outside_dependents(Connection& connection, DropRoots const& roots);

/// How many locks one transaction may take without leaving others none: a quarter of the server's
/// table.
int locks_to_spare(Connection& connection);

struct DropStatement {
    std::string text{};
    int locks{};
    bool operator==(DropStatement const&) const = default;
};

/// Scripts to be run one after the other, each in a transaction that takes no more locks than that
/// (but for a single statement that takes more).
std::vector<std::string> in_batches(std::vector<DropStatement> const& statements,
                                    int locks_at_once);

}  // namespace cm::pg
