// Advice for errors whose SQLSTATE says little: what helps depends on the message.
#pragma once
#include <string>
#include <string_view>

#include "pg/connection.hpp"

namespace cm::history {

/// What helps; empty if nothing is known. `statement` may be empty.
std::string advice_by_state(pg::ServerMessage const& server, std::string_view statement);

/// True if neither the file nor the data is to blame, but the server, its limits, rights, or
/// another session.
bool lies_outside(pg::ServerMessage const& server);

}  // namespace cm::history
