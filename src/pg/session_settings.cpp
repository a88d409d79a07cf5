// What decides how text is read, what a cast gives and what a function of the user's asks for; not
// what decides on speed, limits and messages.
#include "pg/session_settings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "pg/start_option.hpp"

namespace cm::pg {
namespace {

/// search_path and standard_conforming_strings every session of ours has by itself. What the server
/// does not know (`app.tenant`) is not in pg_settings; of those for a role in a database, a role, a
/// database and all, the first counts.
constexpr std::string_view chosen =
    "SELECT name, coalesce(reset_val, '') AS value, "
    "source IN ('database', 'database user') AS of_database "
    "FROM pg_catalog.pg_settings WHERE lower(name) IN ('timezone', 'datestyle', 'intervalstyle', "
    "'timezone_abbreviations', 'transform_null_equals', 'array_nulls', 'backslash_quote', "
    "'xmloption', 'xmlbinary', 'bytea_output', 'extra_float_digits', 'lc_monetary', 'lc_numeric', "
    "'lc_time', 'default_text_search_config', 'check_function_bodies', 'row_security', "
    "'session_replication_role', 'quote_all_identifiers', 'default_transaction_isolation') "
    "UNION ALL (SELECT DISTINCT ON (1) pg_catalog.split_part(entry, '=', 1), "
    "substr(entry, pg_catalog.strpos(entry, '=') + 1), s.setdatabase <> 0 "
    "FROM pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) AS entry "
    "WHERE s.setdatabase IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = "
    "pg_catalog.current_database())) AND s.setrole IN (0, (SELECT oid FROM pg_catalog.pg_roles "
    "WHERE rolname = session_user)) AND entry ~ '^[^=]*[.]' "
    "ORDER BY 1, s.setrole <> 0 DESC, s.setdatabase <> 0 DESC)";

}  // namespace

std::string session_settings_column() {
    return fmt::format(
        "(SELECT pg_catalog.array_agg(part ORDER BY name, place) FROM ({}) AS chosen, LATERAL "
        "(VALUES (1, name), (2, value), (3, of_database::text)) AS parts(place, part)) AS settings",
        chosen);
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
        }
    }
    return options;
}

}  // namespace cm::pg
