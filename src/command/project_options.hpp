// Options and opening lines that most commands share.
#pragma once
#include <optional>

#include "command/command.hpp"
#include "engine/project.hpp"
#include "engine/session.hpp"
#include "engine/target.hpp"

namespace cm::command {

/// --schema, --config, --env-file.
void add_schema_options(CLI::App& app, engine::ProjectOptions& options);
/// --wait.
void add_wait(CLI::App& app, engine::ProjectOptions& options);
/// And --url, --local, --wait.
void add_project_options(CLI::App& app, engine::ProjectOptions& options);

/// For whoever opens a project without a word: its options decide on connections and on what
/// messages advise.
void heed(Context& context, engine::ProjectOptions const& options);

/// Opens the project and says where it came from.
engine::Project open_project(Context& context, engine::ProjectOptions const& options);

/// Connects.
engine::Session open_session(Context& context, engine::Project const& project,
                             engine::Target const& target,
                             std::optional<dsl::Datasource> const& datasource);

/// Says which database is meant.
void announce(Context& context, engine::Project const& project, engine::Target const& target,
              std::optional<dsl::Datasource> const& datasource);

/// What to do where the server has no database of that name.
enum class MissingDatabase { refuse, create };

/// Says which database is meant, and connects to it.
engine::Session connect(Context& context, engine::Project const& project,
                        engine::WithoutUrl without_url,
                        MissingDatabase missing = MissingDatabase::refuse);

/// The same for a command that works on migrations. Throws Failure CM0050 where there is neither a
/// schema nor a migrations folder: the wrong folder. What is wrong with the connection is said
/// first.
engine::Session connect_in_project(Context& context, engine::Project const& project,
                                   engine::WithoutUrl without_url,
                                   MissingDatabase missing = MissingDatabase::refuse);

/// Throws Failure CM0050 where there is neither a schema nor a migrations folder.
void require_project(engine::Project const& project);

/// How the database of a target is named in questions: «database "x" at "localhost:5432"».
std::string describe(engine::Target const& target);

engine::Progress progress(Context& context);

/// "2 migrations found in prisma/migrations", and warnings about what is odd in the folder.
void announce_migrations(Context& context, engine::Session const& session);

/// That another cm-migrate is at work, and what it runs.
void tell_of_work(Context& context, pg::LockHolder const& holder);

/// What another cm-migrate runs, if it runs something, and that this may outlive its process.
void tell_what_it_runs(Terminal& terminal, pg::LockHolder const& holder);

/// Called while another cm-migrate holds the lock.
std::function<void(pg::LockHolder const&)> waiting_for_lock(Context& context);

}  // namespace cm::command
