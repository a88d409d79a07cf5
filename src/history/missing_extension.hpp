// Errors that an extension would mend: a type, function or operator class that one of the
// well-known ones brings.
#pragma once
#include <string>
#include <string_view>

#include "pg/connection.hpp"

namespace cm::history {

/// The extension that brings what the server says is missing; empty if none is known. `version` is
/// the server's: `gen_random_uuid()` came into PostgreSQL itself with 13.
std::string_view extension_for(pg::ServerMessage const& server, int version);

/// What to do about it, after a look at what the database has and the server offers.
std::string advice_on_extension(std::string_view extension, pg::Connection& connection);

}  // namespace cm::history
