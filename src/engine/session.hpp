// A project connected to its database, with its migrations read: what every command that talks to a
// server starts with.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/project.hpp"
#include "engine/target.hpp"
#include "history/compare.hpp"
#include "history/directory.hpp"
#include "history/migrations_table.hpp"
#include "pg/advisory_lock.hpp"
#include "pg/connection.hpp"
#include "schema/schema.hpp"
#include "schema/unmanaged.hpp"

namespace cm::engine {

/// What a command is told while work goes on; either may be left out.
struct Progress {
    /// Now and then how far long work has come; whether that is worth a line is for the terminal to
    /// say.
    std::function<void(std::string_view what, std::size_t done, std::size_t total)> step{};
    /// What the user should know though the work goes on.
    std::function<void(Diagnostic const&)> finding{};
    /// One line on what is being waited for.
    std::function<void(std::string_view)> waiting{};
};

/// What a lock that is not free is on, in words.
inline constexpr std::string_view the_migrations_table = "the migrations table";

struct CompleteState;
struct KeptStates;
struct Neighbours;

/// A session that works on one database.
struct Session {
    Project const& project;
    SourceMap& sources;
    Target target{};
    std::optional<dsl::Datasource> datasource{};
    std::unique_ptr<pg::Connection> connection{};
    history::MigrationsTable migrations_table{};
    history::Directory directory{};
    Progress progress{};
    std::unique_ptr<pg::AdvisoryLock> lock{};         ///< see take_lock
    std::optional<bool> has_migrations_table{};       ///< as far as it is known
    std::optional<bool> has_record{};                 ///< the same: of whether anything is recorded
    std::optional<bool> has_state_table{};            ///< the same: see state_table
    bool database_is_new{};                           ///< this command has created it
    bool is_dry_run = false;                          ///< nothing is to be changed, files included
    std::shared_ptr<CompleteState const> declared{};  ///< see declared_state
    std::shared_ptr<KeptStates const> kept_states{};  ///< see kept_states
    bool settles_indexes = false;  ///< see index_builds: for a command that changes the database
    std::shared_ptr<Project> own_project{};          ///< `project`: learns of its neighbours
    std::shared_ptr<Neighbours const> neighbours{};  ///< see know_neighbours
};

/// Connects and reads the migrations folder. Throws Failure.
Session open_session(Project const& project, SourceMap& sources, Target target,
                     std::optional<dsl::Datasource> datasource, Progress progress);

/// One cm-migrate at a time on this history, until the session ends; `waiting` is called if that
/// takes a while.
void take_lock(Session& session, std::function<void(pg::LockHolder const&)> waiting,
               std::chrono::milliseconds patience = std::chrono::seconds{60});

/// Reads the migrations folder again: another cm-migrate may have written to it before the lock was
/// free.
void read_directory_again(Session& session);

/// Directory × migrations table, as they are now. Throws Failure CM0558 if somebody keeps the table
/// locked.
history::Comparison compare(Session& session);

/// The same, and whether another cm-migrate is at work on this history: one that holds the lock, or
/// a session that has outlived its process.
struct Situation {
    history::Comparison history{};
    std::optional<pg::LockHolder> at_work{};
};

Situation look_at_history(Session& session);

/// Another cm-migrate that is at work on this history.
std::optional<pg::LockHolder> find_at_work(Session& session);

/// Is there a table for the record? Asks only if nobody has looked yet.
bool has_migrations_table(Session& session);

/// Is anything recorded there? A table that was emptied is no record, one whose migrations were all
/// rolled back is one. Asks only if nobody has looked yet.
bool has_record(Session& session);

/// The names of the tables that are cm-migrate's and Prisma's own.
std::vector<std::string> own_tables(Project const& project);

/// Makes the URL's schema and the migrations table if they are missing.
void prepare_database(Session& session);

/// The migrations of the folder with these names, in the folder's order.
std::vector<history::Migration> migrations_named(history::Directory const& directory,
                                                 std::vector<std::string> const& names);

/// All that the database holds, in all schemas but the server's and those of extensions, less
/// cm-migrate's own tables and what is external.
schema::Schema read_whole_database(pg::Connection& connection, Project const& project);

/// The objects of the database as they are, less what is not ours: of extensions only those stay
/// that the datasource lists. `bare`: the schema that unqualified names mean.
schema::Schema read_schema(sql::QueryFunction const& fetch, std::vector<std::string> const& schemas,
                           std::string_view bare, Project const& project,
                           std::optional<dsl::Datasource> const& datasource);
schema::Schema read_schema(pg::Connection& connection, std::vector<std::string> const& schemas,
                           std::string_view bare, Project const& project,
                           std::optional<dsl::Datasource> const& datasource = {});
schema::Schema read_live_schema(Session& session);

/// A database as what migrations make is looked for in it: with all that the schema language cannot
/// say.
struct CompleteState {
    std::string role{};                          ///< that read it, as SQL names it
    schema::Schema schema{};                     ///< of read_schema, with the definitions
    std::vector<schema::Unmanaged> unmanaged{};  ///< less cm-migrate's own
};

/// In one round trip.
CompleteState read_complete_state(sql::QueryFunction const& fetch,
                                  std::vector<std::string> const& schemas, std::string_view bare,
                                  Project const& project,
                                  std::optional<dsl::Datasource> const& datasource);
CompleteState read_live_state(Session& session);
/// Of another database, as that of the session is read.
CompleteState read_complete_state(sql::QueryFunction const& fetch, Session const& session);
CompleteState read_complete_state(pg::Connection& connection, Session const& session);

}  // namespace cm::engine
