// Where in a script an error is to be shown. PostgreSQL's position may belong to a text that is not
// the script: an expression of an index or a constraint that ALTER TABLE parses again.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "pg/connection.hpp"

namespace cm::history {

/// True if the position, `offset` bytes into the statement that failed, is a place in it and not in
/// a text that PostgreSQL has parsed besides.
bool points_into(std::string_view statement, std::size_t offset, pg::ServerMessage const& server);

/// The message without what of a script follows an unclosed quote or comment: it would be all the
/// rest, statements of ours included.
std::string first_line(std::string message);

}  // namespace cm::history
