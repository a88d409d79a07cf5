// English plurals by the regular rules, for messages and for names of tables.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace cm {

/// `box` → `boxes`, `category` → `categories`, `text search parser` → `text search parsers`;
/// plurals stay.
std::string regular_plural(std::string_view word);

/// The noun for so many: `table`, `tables`.
std::string noun_for(std::uint64_t count, std::string_view noun);

/// "1 table", "2 tables".
std::string counted(std::uint64_t count, std::string_view noun);

}  // namespace cm
