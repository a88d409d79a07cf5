// A server that follows another one and takes no changes.
#pragma once
#include "pg/connection.hpp"

namespace cm::pg {

/// Asked after a failure with read_only_sql_transaction: throws Failure CM0548 with
/// ExitCode::misconfigured if the server is a standby. Nothing it was told can have been carried
/// out then.
void refuse_standby(Connection& connection);

}  // namespace cm::pg
