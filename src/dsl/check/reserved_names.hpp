// The words that cannot be the name of a model or an enum.
#pragma once
#include <string_view>

namespace cm::dsl {

/// True for words of JavaScript, of Prisma's clients and of the schema language.
bool is_reserved_block_name(std::string_view name);

}  // namespace cm::dsl
