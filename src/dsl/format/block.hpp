// One block of the schema: its members in columns, its attributes at the end.
#pragma once
#include <optional>
#include <string>

#include "dsl/format/line.hpp"

namespace cm::dsl {

/// True for `keyword Name {`; what stands behind the brace is not read.
bool is_block_header(Line const& line);

/// True for `word {`, where the word may be anything.
bool is_foreign_header(Line const& line);

/// The block with this header, and its `}`, before which the cursor goes on; none if nothing closes
/// the block, and then the cursor stays.
std::optional<std::string> take_block(LineCursor& cursor, Line const& header);

}  // namespace cm::dsl
