// What the server said, with PostgreSQL's own fields.
#pragma once
#include "pg/connection.hpp"

struct pg_result;

namespace cm::pg {

/// Of a failed result or a notice. Bytes that are no UTF-8 are replaced.
ServerMessage server_message(pg_result const* result);

}  // namespace cm::pg
