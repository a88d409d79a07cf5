// `pull` of a project whose schema is written in SQL: the database as text, in one file or in a
// folder. What people have written is not lost by it.
#pragma once
#include "engine/pull.hpp"

namespace cm::engine {

/// Reads the database, all of it unless the URL names a schema. Nothing changes where the schema
/// declares what the database has, whoever wrote it. `anew`: what people have written is replaced.
/// Throws Failure CM0530 if there is nothing to write, CM0537 with the files that it would replace
/// though somebody has edited them.
Pulled pull_sql(Session& session, PullMode mode);

/// The same, to be printed: whatever the files are.
Pulled print_sql(Session& session);

/// Adds the files of the folder `objects` beside a schema in the Prisma language: what that cannot
/// say. Throws Failure CM0537 as above.
void add_objects(Pulled& pulled, Session& session, PullMode mode);

/// Where a project is to have a schema in SQL that it has in another language, or not at all: the
/// place that was named, else `schema.sql`.
void write_in_sql(Project& project);

}  // namespace cm::engine
