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

/// What of the schema a new database has: `public`, plpgsql.
Schema new_database(Schema const& schema);

/// What of the schema the Prisma language can say.
Schema said_by_models(Schema const& schema);

/// What leads from `from`, which lacks some of the objects, to `schema`. Names in `bare` are
/// written without their schema; with "" all have theirs.
std::vector<PulledStep> steps_from(Schema const& from, Schema const& schema,
                                   std::string const& bare);

}  // namespace cm::schema
