// What the catalogue says at one moment, in one round trip.
#pragma once
#include "pg/connection.hpp"
#include "sql/answers.hpp"

namespace cm::engine {

/// Asks all the queries of `reading` in one read-only transaction, under the settings of
/// reading_settings.hpp. Throws SqlError.
sql::Answers ask_together(pg::Connection& connection, sql::Reading const& reading);

/// Lets it read what the catalogue says at one moment.
void read_together(pg::Connection& connection, sql::Reading const& reading);

}  // namespace cm::engine
