// What an ALTER TABLE of a parent does to the tables that inherit from it.
#pragma once
#include <functional>

#include "schema/step.hpp"

namespace cm::schema {

/// PostgreSQL carries a change of a parent over to its children and refuses most of it on a child
/// itself. Children are compared with what the parents' steps make of them, and come after those.
Steps follow_parents(Schema const& from, Schema const& to, Steps steps);

/// The change of a parent that is carried over; null if there is none.
using ChangeOfParent = std::function<Alter<object::Table> const*(sql::QualifiedName const&)>;

/// `child` as the changes of its parents leave it. `wanted`: what it is to become.
object::Table with_changes_of_parents(object::Table child, object::Table const& wanted,
                                      Schema const& from, ChangeOfParent const& change_of);

}  // namespace cm::schema
