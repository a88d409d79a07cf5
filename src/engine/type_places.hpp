// Where the types and operator classes lie that a schema file names without a schema.
#pragma once
#include <string_view>

#include "engine/normalize.hpp"
#include "schema/schema.hpp"

namespace cm::engine {

/// As the database has them: in the columns and indexes of `actual`, or else wherever the server
/// finds the one type of that name. What lies in `bare` stays as it is written.
schema::Schema with_type_places(schema::Schema declared, schema::Schema const& actual,
                                std::string_view bare, Server const& server);

}  // namespace cm::engine
