// See table.hpp.
#include "dsl/format/table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cm::dsl {

std::string row_text(Row const& row, std::vector<std::size_t> const& widths) {
    std::string text{};
    for (std::size_t i = 0; i < row.columns.size(); ++i) {
        text += row.columns[i];
        if (i + 1 == row.columns.size()) break;
        // Prisma counts bytes here, not characters.
        auto const width = i < widths.size() ? widths[i] : 0;
        text.append(std::max(width, row.columns[i].size()) - row.columns[i].size() + 1, ' ');
    }
    if (!row.comment.empty()) text += fmt::format(" {}", row.comment);
    return text;
}

void Table::add(Row row) {
    entries_.push_back({std::move(row), {}});
}

void Table::add(std::string line) {
    entries_.push_back({{}, std::move(line)});
}

void Table::flush(std::string& text, std::string_view indentation) {
    std::vector<std::size_t> widths{};
    for (auto const& entry : entries_) {
        auto const& columns = entry.row.columns;
        if (widths.size() < columns.size()) widths.resize(columns.size());
        for (std::size_t i = 0; i < columns.size(); ++i) {
            widths[i] = std::max(widths[i], columns[i].size());
        }
    }
    for (auto const& entry : entries_) {
        text += entry.row.columns.empty()
                    ? entry.line
                    : fmt::format("{}{}\n", indentation, row_text(entry.row, widths));
    }
    entries_.clear();
}

}  // namespace cm::dsl
