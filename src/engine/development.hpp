// What `dev` and `push` do between questions to the user: find drift, plan the next migration,
// write and apply it.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "engine/normalize.hpp"
#include "engine/probe.hpp"
#include "engine/replay.hpp"
#include "engine/session.hpp"
#include "schema/rename_flags.hpp"
#include "schema/step.hpp"
#include "schema/to_sql.hpp"

namespace cm::engine {

/// A change of the database, ready to be shown, written or run.
struct Change {
    schema::Steps plan{};
    schema::Script script{};
    std::string text{};  ///< of migration.sql; empty if there is nothing to do
    std::vector<Unsettled>
        unsettled{};  ///< what was taken for equal though nobody could say so: to be named
    std::vector<Finding> blocked{};          ///< of the change of a live database: what forbids it
    std::set<std::string> never_compared{};  ///< kinds, where two databases are compared
    std::vector<std::string> kept{};  ///< though not declared, in words: see schema/undeclared
    std::vector<std::string> left{};  ///< to other projects, though declared, in words
    std::vector<schema::RenameCandidate> candidates{};  ///< what is not renamed, but could be
    std::string bare{};                                 ///< the schema that unqualified names mean

    bool empty() const { return plan.empty(); }
};

/// The declared schema, less what is `external`, as a database should have it, in the form that
/// compares with `found` once what is renamed has its new name there (see schema::adapted and
/// normalize; the server is asked about expressions, if there is one). `renames`: beside those that
/// the declaration says itself.
Normalized declared_schema(dsl::DataModel const& model, std::string_view default_schema,
                           schema::ExternalObjects const& external, schema::Schema const& found,
                           Server const& server,
                           std::vector<schema::RenameFlag> const& renames = {});

/// The scratch database of a replay: it has all that migrations make. The replay must outlive it.
Server server_of(Replay& replay);

/// `renames`: what has led to `from`.
Change change_between(schema::Schema const& from, schema::Schema const& to,
                      std::string const& unqualified_schema, schema::Steps renames = {});

/// The live database differs from what its applied migrations lead to.
struct Drift {
    Change made{};  ///< what somebody did to the database
    Change undo{};  ///< what takes it back
};

/// To be called where a difference was found. Throws Failure CM0543 (ExitCode::not_verified) if the
/// replay left out what may have made it.
void refuse_doubt(Replay const& replay);

/// Replays the applied migrations and compares; none if there is no drift. Throws Failure CM0543.
/// `unsettled`: what was taken for equal though nobody could say so. `never_compared`: see
/// MadeComparison.
std::optional<Drift> find_drift(Session& session, Replay& replay,
                                history::Comparison const& comparison,
                                std::vector<Unsettled>* unsettled = nullptr,
                                std::vector<std::string>* never_compared = nullptr);

/// A database that has tables, but no record of the migrations that are there to be applied.
struct UnknownHistory {
    std::string migrations_table{};      ///< the table that is missing, or empty
    bool has_migrations_table{};         ///< it is there
    std::size_t tables{};                ///< how many there are
    std::string example{};               ///< one of them
    bool has_prisma_migrations_table{};  ///< `_prisma_migrations` is there
};

std::optional<UnknownHistory> find_unknown_history(Session& session);

/// What Prisma has recorded in this database; none at all if it has no record here. Throws Failure
/// CM0558 if somebody keeps its table locked.
std::vector<history::MigrationRecord> prisma_entries(Session& session);

/// Prisma's record is there, and says something.
bool has_prisma_entries(Session& session);

/// `text` as the next migration of the folder; nothing is written. `timestamp` is "20251122093000".
history::Migration propose_migration(Session const& session, std::string const& name,
                                     std::string_view timestamp, std::string const& text);

/// Runs a proposed migration in the scratch database, after those of the folder. Throws Failure
/// CM0566 if it fails there: once written, it would stop every later `dev`.
void prove_migration(Session& session, Replay& replay, history::Migration const& proposed);

/// The migrations of the folder with a proposed one where it will be read: names without a
/// timestamp may come after it.
std::vector<history::Migration> with_proposed(history::Directory const& directory,
                                              history::Migration const& proposed);

/// Writes the folder and adds it to the session's directory.
void write_migration(Session& session, history::Migration const& proposed);

/// The row that says so, as part of a transaction of the caller's, which has prepared the database.
void insert_applied(Session& session, history::Migration const& migration);

/// Records a migration as applied without running it.
void record_applied(Session& session, history::Migration const& migration);

}  // namespace cm::engine
