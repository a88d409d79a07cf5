// What the server said, with PostgreSQL's own fields.
#pragma once
#include <string>
#include <string_view>

#include "pg/connection.hpp"

struct pg_result;

namespace cm::pg {

/// Of a failed result or a notice. Bytes that are no UTF-8 are replaced.
ServerMessage server_message(pg_result const* result);

/// The name behind the first `words`, which end in the quote that opens it: `role "`. Empty if the
/// message has no such words.
std::string quoted_behind(std::string_view message, std::string_view words);

}  // namespace cm::pg
