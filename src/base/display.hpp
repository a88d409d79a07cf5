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

/// Expands tabs to stops of four and replaces what a terminal would act upon (control characters,
/// broken UTF-8).
DisplayLine display(std::string_view line);

/// Columns [begin, end) of a shown text.
std::string cut_columns(std::string_view shown, std::uint32_t begin, std::uint32_t end);

}  // namespace cm
