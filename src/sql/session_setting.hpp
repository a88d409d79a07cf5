// What a statement does to the settings of its session, as far as it can be read from the
// statement.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/token.hpp"

namespace cm::sql {

/// `SET name = value` and its like.
struct SettingChange {
    std::string name{};                  ///< in lower case; "all" for RESET ALL and DISCARD ALL
    std::optional<std::string> value{};  ///< none: back to what the session began with
    bool is_local{};                     ///< until the transaction ends
    bool operator==(SettingChange const&) const = default;
};

/// SET, SET NAMES, SET ROLE, SET SESSION AUTHORIZATION, RESET, DISCARD ALL, and calls of set_config
/// with constants.
std::vector<SettingChange> setting_changes(std::string_view statement,
                                           Strings strings = Strings::standard);

/// What PostgreSQL takes for false: `off`, `f`, `no`, `0` …
bool is_false(std::string_view value);

/// `UTF8`, `utf-8`, `unicode`.
bool is_utf8(std::string_view encoding);

}  // namespace cm::sql
