// See session.hpp.
#include "engine/session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/sqlstate.hpp"
#include "engine/bounded_reading.hpp"
#include "engine/catalog_snapshot.hpp"
#include "engine/neighbours.hpp"
#include "engine/own_schemas.hpp"
#include "engine/protection.hpp"
#include "engine/state_table.hpp"
#include "history/directives.hpp"
#include "history/migrations_table_rights.hpp"
#include "pg/database.hpp"
#include "schema/definitions.hpp"
#include "schema/from_database.hpp"
#include "schema/printed.hpp"
#include "schema/scope.hpp"
#include "schema/unmanaged.hpp"

namespace cm::engine {

namespace {

/// The database is part of what PostgreSQL locks; schema and table tell projects in one database
/// apart.
std::string lock_name(Session const& session) {
    return fmt::format("cm-migrate {}.{}", session.migrations_table.table.schema,
                       session.migrations_table.table.name);
}

/// By its form: the table that cm-migrate has made where `migrationsTable` did not name another
/// yet. A table of the application that only has its name stays one.
bool is_former_migrations_table(object::Table const& table) {
    constexpr std::array<std::string_view, 8> columns{
        "id",   "checksum",       "finished_at", "migration_name",
        "logs", "rolled_back_at", "started_at",  "applied_steps_count"};
    return table.name.name == "_migrations" &&
           std::all_of(columns.begin(), columns.end(), [&](std::string_view column) {
               return object::find_column(table, column) != nullptr;
           });
}

history::Comparison compare_with(Session& session,
                                 std::optional<std::vector<history::MigrationRecord>> entries) {
    session.has_migrations_table = entries.has_value();
    session.has_record = entries && !entries->empty();
    return history::compare(session.directory,
                            std::move(entries).value_or(std::vector<history::MigrationRecord>{}));
}

}  // namespace

std::vector<std::string> own_tables(Project const& project) {
    auto const& ours = project.configuration.migrations_table;
    std::vector<std::string> own{ours, "_prisma_migrations"};
    for (auto& beside : side_table_names(ours)) own.push_back(std::move(beside));
    return own;
}

Session open_session(Project const& project, SourceMap& sources, Target target,
                     std::optional<dsl::Datasource> datasource, Progress progress) {
    history::Directory directory{};
    auto connection = std::make_unique<pg::Connection>(target.url, [&] {
        directory = history::read_directory(path_to_open(project, project.migrations));
        history::check_directives(directory, sources);
    });
    connection->set_read_lock_timeout(project.options.read_lock_timeout);
    connection->on_read_wait(progress.waiting);
    auto migrations_table = migrations_table_of(project, target.url);
    auto own_project = std::make_shared<Project>(project);
    return Session{.project = *own_project,
                   .sources = sources,
                   .target = std::move(target),
                   .datasource = std::move(datasource),
                   .connection = std::move(connection),
                   .migrations_table = std::move(migrations_table),
                   .directory = std::move(directory),
                   .progress = std::move(progress),
                   .lock = {},
                   .has_migrations_table = {},
                   .has_record = {},
                   .has_state_table = {},
                   .database_is_new = {},
                   .own_project = own_project};
}

void take_lock(Session& session, std::function<void(pg::LockHolder const&)> waiting,
               std::chrono::milliseconds patience) {
    session.lock = std::make_unique<pg::AdvisoryLock>(*session.connection, lock_name(session),
                                                      patience, std::move(waiting));
}

void read_directory_again(Session& session) {
    session.directory =
        history::read_directory(path_to_open(session.project, session.project.migrations));
    history::check_directives(session.directory, session.sources);
}

history::Comparison compare(Session& session) {
    std::optional<std::vector<history::MigrationRecord>> entries{};
    read_bounded(*session.connection, the_migrations_table, [&] {
        entries = history::read_if_there(session.migrations_table, *session.connection);
    });
    return compare_with(session, std::move(entries));
}

Situation look_at_history(Session& session) {
    history::EntriesAndAnswers found{};
    read_bounded(*session.connection, the_migrations_table, [&] {
        found = history::read_and_ask(
            session.migrations_table, *session.connection,
            {pg::lock_holder_query(lock_name(session)), state_table_query(session.migrations_table),
             std::string{neighbours_query()}});
    });
    session.has_state_table = has_state_table(found.answers[1]);
    know_neighbours(session, found.answers.back());
    return {.history = compare_with(session, std::move(found.entries)),
            .at_work = pg::lock_holder(found.answers.front())};
}

std::optional<pg::LockHolder> find_at_work(Session& session) {
    return pg::lock_holder(session.connection->fetch(pg::lock_holder_query(lock_name(session))));
}

bool has_migrations_table(Session& session) {
    if (!session.has_migrations_table) {
        session.has_migrations_table =
            history::exists(session.migrations_table, *session.connection);
    }
    return *session.has_migrations_table;
}

bool has_record(Session& session) {
    if (!session.has_record) compare(session);
    return *session.has_record;
}

void prepare_database(Session& session) {
    if (has_migrations_table(session)) {
        return;
    }
    auto const statement = history::create_table_statement(session.migrations_table);
    auto const create = [&] {
        try {
            session.connection->execute(statement);
        } catch (pg::SqlError const& failed) {
            if (failed.server().sqlstate != sqlstate::invalid_schema_name ||
                session.connection->in_transaction()) {
                throw;
            }
            pg::make_schema(*session.connection, session.migrations_table.table.schema);
            session.connection->execute(statement);
        }
    };
    history::with_rights(session.migrations_table, *session.connection,
                         history::MigrationsTableUse::create, create);
    session.has_migrations_table = true;
}

std::vector<history::Migration> migrations_named(history::Directory const& directory,
                                                 std::vector<std::string> const& names) {
    std::set<std::string_view> const wanted(names.begin(), names.end());
    std::vector<history::Migration> found{};
    std::copy_if(directory.migrations.begin(), directory.migrations.end(),
                 std::back_inserter(found),
                 [&](history::Migration const& m) { return wanted.contains(m.name); });
    return found;
}

namespace {

/// Less what is not ours.
schema::Schema own_objects(schema::Schema all, Project const& project,
                           std::optional<dsl::Datasource> const& datasource) {
    auto ignored = own_tables(project);
    if (std::any_of(all.tables.begin(), all.tables.end(),
                    [](auto const& entry) { return is_former_migrations_table(entry.second); })) {
        ignored.emplace_back("_migrations");
    }
    return schema::scoped(
        std::move(all),
        {.ignored_tables = std::move(ignored),
         .extensions = datasource ? datasource->extensions : std::vector<dsl::PostgresExtension>{},
         .all_extensions = project.is_mixed,
         .partial_indexes = datasource && datasource->partial_indexes,
         .external = project.configuration.external});
}

}  // namespace

schema::Schema read_schema(sql::QueryFunction const& fetch, std::vector<std::string> const& schemas,
                           std::string_view bare, Project const& project,
                           std::optional<dsl::Datasource> const& datasource) {
    auto all =
        without_side_tables(schema::unqualified(schema::from_database(fetch, schemas), bare));
    return own_objects(std::move(all), project, datasource);
}

schema::Schema read_schema(pg::Connection& connection, std::vector<std::string> const& schemas,
                           std::string_view bare, Project const& project,
                           std::optional<dsl::Datasource> const& datasource) {
    schema::Schema schema{};
    read_snapshot(connection, [&](sql::QueryFunction const& fetch) {
        schema = read_schema(fetch, schemas, bare, project, datasource);
    });
    return schema;
}

schema::Schema read_whole_database(pg::Connection& connection, Project const& project) {
    schema::Schema schema{};
    read_snapshot(connection, [&](sql::QueryFunction const& fetch) {
        schema = schema::whole_database(fetch, schema::every_schema);
    });
    return schema::scoped(
        without_side_tables(schema::unqualified(std::move(schema), "public")),
        {.ignored_tables = own_tables(project), .external = project.configuration.external});
}

schema::Schema read_live_schema(Session& session) {
    know_neighbours(session);
    auto const& url = session.target.url;
    auto const schemas = own_schemas(session);
    return read_schema(*session.connection, schemas, url.schema, session.project,
                       session.datasource);
}

CompleteState read_complete_state(sql::QueryFunction const& fetch,
                                  std::vector<std::string> const& schemas, std::string_view bare,
                                  Project const& project,
                                  std::optional<dsl::Datasource> const& datasource) {
    auto all = schemas == schema::every_schema ? schema::whole_database(fetch, schemas)
                                               : schema::from_database(fetch, schemas);
    if (!all.is_whole) schema::read_definitions(all, fetch, schemas);
    all = schema::unqualified(std::move(all), bare);
    auto const role = fetch("SELECT pg_catalog.quote_ident(current_user) AS role");
    CompleteState state{role.empty() ? std::string{} : role[0].text("role"),
                        own_objects(without_side_tables(std::move(all)), project, datasource),
                        schema::unmanaged_in_database(fetch, schemas)};
    auto const own = own_tables(project);
    auto const& external = project.configuration.external;
    std::erase_if(state.unmanaged, [&](schema::Unmanaged const& it) {
        return std::find(own.begin(), own.end(), it.table) != own.end() ||
               (!it.table.empty() && schema::is_external_table({it.schema, it.table}, external));
    });
    return state;
}

CompleteState read_complete_state(sql::QueryFunction const& fetch, Session const& session) {
    auto const& url = session.target.url;
    return read_complete_state(fetch, managed_schemas(session.project, session.datasource, url),
                               url.schema, session.project, session.datasource);
}

CompleteState read_complete_state(pg::Connection& connection, Session const& session) {
    CompleteState state{};
    read_snapshot(connection, [&](sql::QueryFunction const& fetch) {
        state = read_complete_state(fetch, session);
    });
    return state;
}

CompleteState read_live_state(Session& session) {
    know_neighbours(session);
    return read_complete_state(*session.connection, session);
}

}  // namespace cm::engine
