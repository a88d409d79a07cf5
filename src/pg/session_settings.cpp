// What decides how text is read, what a cast gives and what a function of the user's asks for; not
// what decides on speed, limits and messages.
#include "pg/session_settings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.hpp"
#include "pg/session_settings.sql.hpp"

namespace cm::pg {
namespace {

/// Blanks and backslashes are escaped by a backslash.
std::string escape_option(std::string_view value) {
    std::string escaped{};
    for (auto const c : value) {
        if (c == '\\' || c == ' ' || (c >= '\t' && c <= '\r')) {
            escaped += '\\';
        }
        escaped += c;
    }
    return escaped;
}

}  // namespace

std::string session_settings_column() {
    return fmt::format(
        "(SELECT pg_catalog.array_agg(part ORDER BY name, place) FROM ({}) AS chosen, LATERAL "
        "(VALUES (1, name), (2, value), (3, of_database::text)) AS parts(place, part)) AS settings",
        sql_text::pg_session_settings);
}

SessionSettings read_session_settings(sql::Row const& row) {
    auto const parts = row.text_array("settings");
    SessionSettings settings{};
    for (std::size_t i = 0; i + 2 < parts.size(); i += 3) {
        settings.push_back({parts[i], parts[i + 1], parts[i + 2] == "true"});
    }
    return settings;
}

SessionSettings read_session_settings(Connection& connection) {
    return read_session_settings(connection.fetch("SELECT " + session_settings_column())[0]);
}

std::string start_options_for(SessionSettings const& wanted, Connection& connection) {
    auto const present = read_session_settings(connection);
    std::string options{};
    for (auto const& setting : wanted) {
        auto const is_there =
            std::any_of(present.begin(), present.end(), [&](SessionSetting const& other) {
                return other.name == setting.name && other.value == setting.value;
            });
        if (is_there) continue;
        try {
            connection.fetch("SELECT pg_catalog.set_config($1, $2, false)",
                             {setting.name, setting.value});
            options += start_option(setting.name, setting.value);
        } catch (SqlError const& refused) {
            // Not for this role, or there is no such locale or configuration here.
            if (refused.connection_lost()) throw;
            log::swallowed("taking over a setting of the database", refused);
        }
    }
    return options;
}

std::string start_option(std::string_view name, std::string_view value) {
    return fmt::format(" -c {}={}", name, escape_option(value));
}

std::string no_time_limits(int server_version) {
    constexpr int with_idle_session_timeout = 140000;
    constexpr int with_transaction_timeout = 170000;
    std::string statements =
        "; SET statement_timeout = 0; SET lock_timeout = 0; "
        "SET idle_in_transaction_session_timeout = 0";
    if (server_version >= with_idle_session_timeout) statements += "; SET idle_session_timeout = 0";
    if (server_version >= with_transaction_timeout) statements += "; SET transaction_timeout = 0";
    return statements;
}

}  // namespace cm::pg
