// How wide text is on a terminal: tabs, wide (East Asian, emoji) and combining characters.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cm {

/// One line as it is shown. `columns[i]` is the column at which byte i starts, with one more entry
/// for the end.
struct DisplayLine {
    std::string text{};
    std::vector<std::uint32_t> columns{};

    std::uint32_t width() const { return columns.back(); }
};

/// What a terminal would act upon instead of showing it: control characters (C0, DEL, C1), and
/// overrides of the direction of writing.
bool is_acted_upon(char32_t code);

/// Expands tabs to stops of four and replaces what a terminal would act upon (control characters,
/// broken UTF-8).
DisplayLine display(std::string_view line);

/// Text of any number of lines, in which what a terminal would act upon, or would not show, is
/// written out: `\x1b`, `\u009b`, `\u202e`. Line ends and tabs stay.
std::string visible(std::string_view text);

/// JSON in which it is escaped, as JSON itself asks for below U+0020 only. Broken bytes stay.
std::string visible_json(std::string_view json);

/// Columns [begin, end) of a shown text.
std::string cut_columns(std::string_view shown, std::uint32_t begin, std::uint32_t end);

}  // namespace cm
