// What is there in no schema of the project and stands in the way of its migrations, for a reset:
// extensions, event triggers, languages, casts. They belong to the database, so whether a migration
// has made them is told from the record, not from the folder alone.
#pragma once
#include <string>
#include <vector>

#include "engine/made_beside_schemas.hpp"
#include "engine/session.hpp"
#include "pg/schema_contents.hpp"

namespace cm::engine {

/// Something that a migration of the folder makes, and that is there.
struct BesideObject {
    MadeBesideSchemas made{};
    std::string identity{};  ///< as PostgreSQL names it
    /// A migration that is recorded to have been run has made it, and none has dropped it since.
    bool is_ours{};
};

/// `object` is that one.
bool operator==(BesideObject const& it, pg::OutsideObject const& object);

/// Throws Failure CM0551 if a schema is among them that is not managed.
std::vector<BesideObject> beside_objects(Session& session, std::vector<std::string> const& schemas);

std::vector<std::string> names_of(std::vector<BesideObject> const& objects, BesideSchemas kind);

/// "extension `citext`".
std::string describe(BesideObject const& object);

}  // namespace cm::engine
