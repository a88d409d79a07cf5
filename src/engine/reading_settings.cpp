// See reading_settings.hpp.
#include "engine/reading_settings.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace cm::engine {
namespace {

struct Setting {
    std::string_view name{}, value{};
};

constexpr std::array settings{
    Setting{"search_path", ""},
    Setting{"DateStyle", "ISO"},
    Setting{"IntervalStyle", "postgres"},
    Setting{"TimeZone", "UTC"},
    Setting{"extra_float_digits", "3"},
    Setting{"quote_all_identifiers", "off"},
    Setting{"standard_conforming_strings", "on"},
    Setting{"bytea_output", "hex"},
    Setting{"xmloption", "content"},
};

}  // namespace

std::string reading_settings() {
    std::string script{};
    for (auto const& [name, value] : settings) {
        script += fmt::format("SET LOCAL {} = '{}'; ", name, value);
    }
    return script;
}

std::string reading_settings_query() {
    std::string query = "SELECT";
    for (auto const& [name, value] : settings) {
        query += fmt::format("{} pg_catalog.set_config('{}', '{}', true)",
                             query.ends_with(')') ? "," : "", name, value);
    }
    return query;
}

}  // namespace cm::engine
