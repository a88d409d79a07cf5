// Settings by which the same script means something else in another database: `ALTER DATABASE …
// SET timezone`, of a role in it, or of the server. A replay has to run under those of its target.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "pg/connection.hpp"

namespace cm::pg {

struct SessionSetting {
    std::string name{};
    std::string value{};
    bool is_of_database{};  ///< of this database alone, so that others on the server lack it
    bool operator==(SessionSetting const&) const = default;
};

using SessionSettings = std::vector<SessionSetting>;

/// Column of a query that reads them, for read_session_settings. What a session has SET since its
/// start does not count.
std::string session_settings_column();
SessionSettings read_session_settings(sql::Row const& row);
SessionSettings read_session_settings(Connection& connection);

/// Start options that give a new session beside this one the settings, as
/// far as this server and role allow it; empty if it has them anyway.
std::string start_options_for(SessionSettings const& wanted, Connection& connection);

/// ` -c name=value`, with blanks and backslashes escaped as the parameter wants it.
std::string start_option(std::string_view name, std::string_view value);

/// SQL that lifts the limits on time that a server, a database or a role sets for ordinary work,
/// for the session; begins with `;`, so that it can stand behind other SQL.
std::string no_time_limits(int server_version);

}  // namespace cm::pg
