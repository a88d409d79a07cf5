// Settings by which the same script means something else in another database: `ALTER DATABASE …
// SET timezone`, of a role in it, or of the server. A replay has to run under those of its target.
#pragma once
#include <string>
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

/// Start options (see start_option.hpp) that give a new session beside this one the settings, as
/// far as this server and role allow it; empty if it has them anyway.
std::string start_options_for(SessionSettings const& wanted, Connection& connection);

}  // namespace cm::pg
