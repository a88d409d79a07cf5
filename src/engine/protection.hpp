// A mark on a database that is not to be experimented with: a row beside the migrations table.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/session.hpp"
#include "pg/schema_contents.hpp"
#include "schema/to_sql.hpp"

namespace cm::engine {

/// The table that holds the mark, in the schema of the migrations table.
std::string protection_table_name(std::string_view migrations_table);

/// The tables that may lie beside a migrations table of that name: the mark of `protect`, and the
/// recorded state.
std::vector<std::string> side_table_names(std::string_view migrations_table);

/// Leaves out the tables that lie beside any migrations table: the marks of `protect`, which
/// outlive a reset, and recorded states.
schema::Schema without_side_tables(schema::Schema schema);

/// A mark protects the whole database, whichever schema and migrations table it lies beside.
struct Mark {
    sql::QualifiedName table{};
    bool is_own{};                      ///< beside the migrations table that was asked for
    std::optional<std::string> name{};  ///< none if this role must not read it
};

/// The tables that hold marks, told by their shape, in any schema; that of the migrations table
/// first. They are not read: none of the marks has a name.
std::vector<Mark> protection_tables(history::MigrationsTable const& migrations_table,
                                    pg::Connection& connection);

/// The mark of the database; none if there is none.
std::optional<Mark> protection(history::MigrationsTable const& migrations_table,
                               pg::Connection& connection);

/// A mark of `protect` outlives what it protects: that of the migrations table, and those of the
/// other common records, which are never compared either. Erases those tables from what is to be
/// dropped.
void keep_marks(Session& session, std::vector<pg::SchemaObject>& objects);

/// "the mark is the table …": of one that is not the migrations table's own.
std::string whose(Mark const& mark);

void protect(Session& session, std::string const& name);
/// Takes the migrations table's own mark away, none of another schema's or migrations table's.
/// False if there was none.
bool unprotect(Session& session);

/// Throws Failure CM0527 if the database is protected. `what` is the command that is refused.
void refuse_protected(history::MigrationsTable const& migrations_table, pg::Connection& connection,
                      std::string_view what);

/// Does a statement drop something, or can it lose data? Rows that exist do not count.
bool takes_away(schema::Script const& script);

}  // namespace cm::engine
