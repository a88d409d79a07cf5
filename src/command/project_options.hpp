// Options and opening lines that most commands share.
#pragma once
#include <optional>

#include "command/command.hpp"
#include "engine/project.hpp"
#include "engine/session.hpp"
#include "engine/target.hpp"

namespace cm::command {

/// --schema, --config.
void add_schema_options(CLI::App& app, engine::ProjectOptions& options);
/// And --url, --local.
void add_project_options(CLI::App& app, engine::ProjectOptions& options);

/// Opens the project and says where it came from.
engine::Project open_project(Context& context, engine::ProjectOptions const& options);

/// Says which database is meant.
void announce(Context& context, engine::Target const& target,
              std::optional<dsl::Datasource> const& datasource);

/// Says which database is meant, and connects to it.
engine::Session connect(Context& context, engine::Project const& project,
                        engine::WithoutUrl without_url);

/// How the database of a target is named in questions: «database "x" at "localhost:5432"».
std::string describe(engine::Target const& target);

engine::Progress progress(Context& context);

/// "2 migrations found in prisma/migrations", and warnings about what is odd in the folder.
void announce_migrations(Context& context, engine::Session const& session);

/// Called while another cm-migrate holds the lock.
std::function<void(pg::LockHolder const&)> waiting_for_lock(Context& context);

}  // namespace cm::command
