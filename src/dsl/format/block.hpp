// One block of the schema: its members in columns, its attributes at the end.
#pragma once
#include <span>
#include <string>

#include "dsl/format/line.hpp"

namespace cm::dsl {

/// True for `keyword Name {` with nothing but a comment behind it.
bool is_block_header(Line const& line);

/// The block from its header to `}`.
std::string block_text(Line const& header, std::span<Line const> members);

}  // namespace cm::dsl
