// The statements that make a database from nothing, for people: in an order that works, but what
// belongs together stands together where it can.
#pragma once
#include <string>
#include <vector>

#include "schema/pull/sql_homes.hpp"

namespace cm::schema {

/// One object made, or a part of it, with what it is written with.
struct PulledStep {
    object::ObjectRef home{};
    std::vector<sql::WrittenStatement> statements{};
};

/// What a new database has is not made again: `public`, plpgsql. Names in `bare` are written
/// without their schema; with "" all have theirs.
std::vector<PulledStep> steps_from_nothing(Schema const& schema, Homes const& homes,
                                           std::string const& bare);

}  // namespace cm::schema
