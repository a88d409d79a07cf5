// A right that is missing (42501): the GRANT that gives it, to be pasted by somebody who may.
#pragma once
#include <string>
#include <string_view>

#include "pg/connection.hpp"

namespace cm::history {

/// What to do; empty if the server's message does not tell what is missing. `role` is the one that
/// lacks the right. The transaction that failed has been rolled back.
std::string advice_on_right(pg::ServerMessage const& server, std::string_view statement,
                            std::string const& role, pg::Connection& connection);

}  // namespace cm::history
