// What an ALTER TABLE of a parent does to the tables that inherit from it.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

/// PostgreSQL carries a change of a parent over to its children and refuses most of it on a child
/// itself. Children are compared with what the parents' steps make of them, and come after those.
Steps follow_parents(Schema const& from, Schema const& to, Steps steps);

}  // namespace cm::schema
