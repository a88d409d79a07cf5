// A server that follows another one and takes no changes.
#pragma once
#include <string_view>

#include "pg/connection.hpp"

namespace cm::pg {

/// SQLSTATE of a statement that would change what may only be read.
inline constexpr std::string_view read_only_state = "25006";

/// Asked after such a failure: throws Failure CM0548 with ExitCode::misconfigured if the server is
/// a standby. Nothing it was told can have been carried out then.
void refuse_standby(Connection& connection);

}  // namespace cm::pg
