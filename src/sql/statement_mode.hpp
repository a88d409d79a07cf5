// What a statement may do about transactions, told from its leading words. Words rather than the
// parse tree, so that syntax newer than the linked parser is judged the same way.
#pragma once
#include <string_view>

#include "sql/split.hpp"

namespace cm::sql {

/// `statement` starts at its first word.
TransactionMode transaction_mode(std::string_view statement);

/// Whether the statement needs more than its text.
Unsupported unsupported(std::string_view statement);

}  // namespace cm::sql
