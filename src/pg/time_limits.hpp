// Limits on time that a server, a database or a role sets for ordinary work.
#pragma once
#include <string>

namespace cm::pg {

/// SQL that lifts them for the session; begins with `;`, so that it can stand behind other SQL.
std::string no_time_limits(int server_version);

}  // namespace cm::pg
