// The settings under which a catalogue is read, whatever the server, the database or the role have:
// those of pg_dump, so that what is printed means the same everywhere.
#pragma once
#include <string>

namespace cm::engine {

/// `SET LOCAL …; SET LOCAL …;`, for the start of a transaction. An empty search_path lets
/// PostgreSQL print every name with its schema.
std::string reading_settings();

/// The same as one query, for where statements go one by one.
std::string reading_settings_query();

}  // namespace cm::engine
