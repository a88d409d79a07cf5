// Emptying a database, which happens on explicit request only.
#pragma once
#include "base/source.hpp"
#include "engine/apply_pending.hpp"
#include "engine/project.hpp"
#include "engine/target.hpp"

namespace cm::engine {

enum class ResetWay { dropped_database, dropped_objects };

/// Drops the database and makes it anew; where the role may not do that, or external tables lie in
/// other schemas, drops what is in the managed schemas. Throws Failure CM0535 if external tables
/// lie in these.
ResetWay reset_database(Project const& project, Target const& target,
                        std::vector<std::string> schemas, SourceMap& sources,
                        ApplyEvents const& events);

}  // namespace cm::engine
