// What to do about a statement that failed: that depends on the error and on what the statement is.
#pragma once
#include <string>
#include <string_view>

#include "pg/connection.hpp"

namespace cm::history {

/// What helps; empty if the message says all there is to say. `statement` may be empty if none is
/// to blame.
std::string advice_for(pg::ServerMessage const& server, std::string_view statement,
                       bool is_migration);

/// The part of it that follows from the error alone: what the SQLSTATE leaves open, the message
/// says.
std::string advice_by_state(pg::ServerMessage const& server, std::string_view statement);

/// True if neither the file nor the data is to blame, but the server, its limits, rights, or
/// another session.
bool lies_outside(pg::ServerMessage const& server);

/// True if PostgreSQL says that what is to be made is there.
bool already_exists(std::string_view sqlstate);

}  // namespace cm::history
