// Definitions as a database holds them, and what relies on what there.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "schema/schema.hpp"
#include "sql/rows.hpp"

namespace cm::schema {

/// Reads the definitions of the given schemas into `schema`, which holds the other objects already,
/// and into all of them what they rely on by the catalog.
void read_definitions(Schema& schema, sql::QueryFunction const& fetch,
                      std::vector<std::string> const& schemas);

/// Of what `from` holds and no declaration names: what can stay while its tables become those of
/// `to` is put into `to`, so that it is made again where it is in the way; what stands on something
/// that goes is taken out of `from`, since it goes, too, or forbids the change. `removed`: what
/// goes beside tables, columns and types.
void keep_definitions(Schema& from, Schema& to, std::set<object::ObjectRef> removed = {});

}  // namespace cm::schema
