// Rows that count must all be seen, whatever policies a table has.
#pragma once
#include <string>
#include <string_view>

#include "pg/connection.hpp"
#include "sql/name.hpp"

namespace cm::pg {

/// Statements for the start of a script that reads: no rows are hidden, and a lock is not waited
/// for longer than the connection's read_lock_timeout.
std::string whole_reading(Connection const& connection);

/// The rows of one query, none of them hidden by row security: where a policy would hide some, the
/// server refuses (42501). In a transaction or not. Throws SqlError.
sql::Rows fetch_all_rows(Connection& connection, std::string_view query);

/// Does the table have row security? False if there is no such table.
bool has_row_security(Connection& connection, sql::QualifiedName const& table);

}  // namespace cm::pg
