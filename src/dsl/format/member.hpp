// The lines inside a block as rows: what is a column, and in which order attributes stand.
#pragma once
#include <optional>
#include <string_view>

#include "dsl/format/line.hpp"
#include "dsl/format/table.hpp"

namespace cm::dsl {

/// A line `@@name(…)`, with its place among the block's attributes.
struct BlockAttributeLine {
    std::vector<Comment> comments{};  ///< right above it
    Row row{};
    std::size_t rank{};
};

/// The row of a line in a block of this keyword; none if the line cannot be read.
std::optional<Row> member_row(std::string_view keyword, Line const& line);

/// The line as an attribute of the whole block; none if it is something else.
std::optional<BlockAttributeLine> block_attribute(Line const& line);

}  // namespace cm::dsl
