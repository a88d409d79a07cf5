// A mark on a database that is not to be experimented with: a row beside the ledger.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "engine/session.hpp"
#include "schema/to_sql.hpp"

namespace cm::engine {

/// The table that holds the mark, in the schema of the migrations table.
std::string protection_table_name(std::string_view migrations_table);

/// The name that the database was marked with; none if it is not.
std::optional<std::string> protection(history::Ledger const& ledger, pg::Connection& connection);

void protect(Session& session, std::string const& name);
/// False if it was not protected.
bool unprotect(Session& session);

/// Throws Failure CM0527 if the database is protected. `what` is the command that is refused.
void refuse_protected(history::Ledger const& ledger, pg::Connection& connection,
                      std::string_view what);

/// Does a statement drop something, or can it lose data? Rows that exist do not count.
bool takes_away(schema::Script const& script);

}  // namespace cm::engine
