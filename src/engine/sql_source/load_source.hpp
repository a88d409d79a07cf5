// Runs the statements of a schema that is written in SQL in an empty scratch database.
#pragma once
#include <set>
#include <string>

#include "engine/sql_source/source_text.hpp"
#include "pg/connection.hpp"

namespace cm::engine {

/// Where a source is loaded.
struct LoadPlace {
    pg::Connection& connection;
    /// Of a server that nobody else uses: runs what defines something that the other one may not,
    /// and makes roles that are missing. None on a server that others use.
    pg::Connection* superuser{};
    std::set<std::string> present_schemas{};  ///< that a statement may create once more
};

/// The order is that of `text`; what fails because something does not exist yet is tried again when
/// that may be there. Each statement commits by itself. Throws Failure CM0341 with everything that
/// PostgreSQL refuses; what only follows from another error is not listed.
void load_source(SourceText const& text, LoadPlace const& place, SourceMap const& sources);

}  // namespace cm::engine
