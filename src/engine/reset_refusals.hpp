// Why there is no reset at all: it would drop what others manage, or leave what the migrations then
// fail on.
#pragma once
#include <string>
#include <vector>

#include "engine/session.hpp"
#include "pg/schema_contents.hpp"
#include "schema/scope.hpp"

namespace cm::engine {

/// The external tables that exist, whatever schema they lie in.
std::vector<sql::QualifiedName> external_tables(pg::Connection& connection,
                                                std::vector<std::string> const& patterns);

/// Throws Failure CM0535 if one of them lies in a schema that is emptied.
void refuse_external(std::vector<sql::QualifiedName> const& tables,
                     std::vector<std::string> const& schemas);

/// Throws Failure CM0535 if one of `objects`, which a reset would drop, fits `externalObjects`.
void refuse_external_objects(std::vector<pg::SchemaObject> const& objects,
                             schema::ExternalObjects const& external);

/// Throws Failure CM0551 if a migration makes something in a schema that is not emptied.
void refuse_made_elsewhere(Session& session, std::vector<std::string> const& schemas);

}  // namespace cm::engine
