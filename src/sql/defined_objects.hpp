// What a statement creates, drops, renames and moves: its part of relation_effects.hpp.
#pragma once
#include <vector>

#include "sql/relation_effects.hpp"

namespace cm::sql {

/// In the statement's order.
std::vector<DefinedObject> defined_objects(StatementTree const& tree);

}  // namespace cm::sql
