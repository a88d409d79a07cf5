// See sql_mark.hpp.
#include "schema/pull/sql_mark.hpp"

#include <fmt/format.h>

#include "base/sha256.hpp"

namespace cm::schema {
namespace {

constexpr std::string_view mark_words = "-- Written by cm-migrate pull: ";

/// Version control may change what ends a line.
std::string with_short_line_ends(std::string_view text) {
    std::string result{};
    for (auto const letter : text) {
        if (letter == '\n' && result.ends_with('\r')) result.pop_back();
        result += letter;
    }
    return result;
}

std::string mark_of(std::string_view text) {
    constexpr std::size_t enough = 16;
    return fmt::format("{}{}", mark_words, sha256(with_short_line_ends(text)).substr(0, enough));
}

}  // namespace

std::string marked(std::string_view text) {
    return fmt::format("{}\n{}", mark_of(text), text);
}

bool is_as_marked(std::string_view text) {
    auto const end = text.find('\n');
    if (end == std::string_view::npos) return false;
    auto line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line.starts_with(mark_words) && line == mark_of(text.substr(end + 1));
}

}  // namespace cm::schema
