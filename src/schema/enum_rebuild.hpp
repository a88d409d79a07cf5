// A pass about two kinds: an enum that loses values, and the columns of its type.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

/// Turns Alter<Enum> that removes values, or adds one that is a column's default, into RebuildEnum
/// with the columns concerned.
Steps rebuild_enums(Schema const& from, Schema const& to, Steps steps);

/// CREATE TYPE …_new, retype the columns, swap the names, drop the old type.
void to_sql(RebuildEnum const& step, sql::Writer& out);
void hazards(RebuildEnum const& step, object::Hazards& out);

}  // namespace cm::schema
