// What the catalog says at one moment, in one round trip.
#pragma once
#include <string>

#include "pg/connection.hpp"
#include "sql/result_sets.hpp"

namespace cm::engine {

/// Asks all the queries of `reading` in one read-only transaction, under
/// reading_settings(). Throws SqlError.
sql::ResultSets query_snapshot(pg::Connection& connection, sql::CatalogReader const& reading);

/// Lets it read what the catalog says at one moment.
void read_snapshot(pg::Connection& connection, sql::CatalogReader const& reading);

/// The settings under which a catalog is read, whatever the server, the database or the role have:
/// those of pg_dump, so that what is printed means the same everywhere. `SET LOCAL …; SET LOCAL
/// …;`, for the start of a transaction. An empty search_path lets PostgreSQL print every name with
/// its schema.
std::string reading_settings();

/// The same as one query, for where statements go one by one.
std::string reading_settings_query();

}  // namespace cm::engine
