// See session.hpp.
#include "engine/session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "engine/bounded_reading.hpp"
#include "engine/picture.hpp"
#include "engine/protection.hpp"
#include "history/directives.hpp"
#include "history/ledger_rights.hpp"
#include "pg/database.hpp"
#include "schema/from_database.hpp"
#include "schema/printed.hpp"
#include "schema/scope.hpp"
#include "schema/unmanaged.hpp"

namespace cm::engine {

namespace {

/// The database is part of what PostgreSQL locks; schema and table tell projects in one database
/// apart.
std::string lock_name(Session const& session) {
    return fmt::format("cm-migrate {}.{}", session.ledger.table.schema, session.ledger.table.name);
}

history::Comparison compare_with(Session& session,
                                 std::optional<std::vector<history::LedgerEntry>> entries) {
    session.has_ledger = entries.has_value();
    session.has_record = entries && !entries->empty();
    return history::compare(session.directory,
                            std::move(entries).value_or(std::vector<history::LedgerEntry>{}));
}

}  // namespace

Session open_session(Project const& project, SourceMap& sources, Target target,
                     std::optional<dsl::Datasource> datasource, Progress progress) {
    history::Directory directory{};
    auto connection = std::make_unique<pg::Connection>(target.url, [&] {
        directory = history::read_directory(opened(project, project.migrations));
        history::check_directives(directory, sources);
    });
    connection->set_read_lock_timeout(project.options.read_lock_timeout);
    connection->on_read_wait(progress.waiting);
    auto ledger = ledger_of(project, target.url);
    return Session{.project = project,
                   .sources = sources,
                   .target = std::move(target),
                   .datasource = std::move(datasource),
                   .connection = std::move(connection),
                   .ledger = std::move(ledger),
                   .directory = std::move(directory),
                   .progress = std::move(progress),
                   .lock = {},
                   .has_ledger = {},
                   .has_record = {},
                   .database_is_new = {}};
}

void take_lock(Session& session, std::function<void(pg::LockHolder const&)> waiting,
               std::chrono::milliseconds patience) {
    session.lock = std::make_unique<pg::AdvisoryLock>(*session.connection, lock_name(session),
                                                      patience, std::move(waiting));
}

void read_directory_again(Session& session) {
    session.directory =
        history::read_directory(opened(session.project, session.project.migrations));
    history::check_directives(session.directory, session.sources);
}

history::Comparison compare(Session& session) {
    std::optional<std::vector<history::LedgerEntry>> entries{};
    read_bounded(*session.connection, migrations_table,
                 [&] { entries = history::read_if_there(session.ledger, *session.connection); });
    return compare_with(session, std::move(entries));
}

Situation look_at_history(Session& session) {
    history::EntriesAndAnswer found{};
    read_bounded(*session.connection, migrations_table, [&] {
        found = history::read_and_ask(session.ledger, *session.connection,
                                      pg::lock_holder_query(lock_name(session)));
    });
    return {.history = compare_with(session, std::move(found.entries)),
            .at_work = pg::lock_holder(found.answer)};
}

bool has_ledger(Session& session) {
    if (!session.has_ledger) {
        session.has_ledger = history::exists(session.ledger, *session.connection);
    }
    return *session.has_ledger;
}

bool has_record(Session& session) {
    if (!session.has_record) compare(session);
    return *session.has_record;
}

void prepare_database(Session& session) {
    if (has_ledger(session)) {
        return;
    }
    auto const statement = history::create_table_statement(session.ledger);
    auto const create = [&] {
        try {
            session.connection->execute(statement);
        } catch (pg::SqlError const& failed) {
            constexpr std::string_view no_such_schema = "3F000";
            if (failed.server().sqlstate != no_such_schema ||
                session.connection->in_transaction()) {
                throw;
            }
            pg::make_schema(*session.connection, session.ledger.table.schema);
            session.connection->execute(statement);
        }
    };
    history::with_rights(session.ledger, *session.connection, history::LedgerUse::create, create);
    session.has_ledger = true;
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

schema::Schema read_schema(sql::Fetch const& fetch, std::vector<std::string> const& schemas,
                           std::string_view bare, Project const& project,
                           std::optional<dsl::Datasource> const& datasource) {
    return schema::scoped(
        schema::unqualified(schema::from_database(fetch, schemas), bare),
        {.ignored_tables = {project.configuration.migrations_table, "_prisma_migrations",
                            protection_table_name(project.configuration.migrations_table),
                            // Of the other common records: a mark outlives a reset.
                            protection_table_name("_migrations"),
                            protection_table_name("_prisma_migrations")},
         .extensions = datasource ? datasource->extensions : std::vector<dsl::PostgresExtension>{},
         .partial_indexes = datasource && datasource->partial_indexes,
         .external = project.configuration.external});
}

schema::Schema read_schema(pg::Connection& connection, std::vector<std::string> const& schemas,
                           std::string_view bare, Project const& project,
                           std::optional<dsl::Datasource> const& datasource) {
    schema::Schema schema{};
    read_together(connection, [&](sql::Fetch const& fetch) {
        schema = read_schema(fetch, schemas, bare, project, datasource);
    });
    return schema;
}

schema::Schema read_live_schema(Session& session, std::vector<std::string>* never_compared) {
    auto const& datasource = session.datasource;
    auto const& bare = session.target.url.schema;
    auto const schemas = managed_schemas(datasource, session.target.url);
    if (never_compared == nullptr) {
        return read_schema(*session.connection, schemas, bare, session.project, datasource);
    }
    schema::Schema schema{};
    std::vector<schema::Unmanaged> unmanaged{};
    read_together(*session.connection, [&](sql::Fetch const& fetch) {
        schema = read_schema(fetch, schemas, bare, session.project, datasource);
        unmanaged = schema::unmanaged_in_database(fetch, schemas);
    });
    auto const& ours = session.project.configuration.migrations_table;
    std::set<std::string> const own{ours, "_prisma_migrations", protection_table_name(ours)};
    std::erase_if(unmanaged, [&](schema::Unmanaged const& it) { return own.contains(it.table); });
    *never_compared = schema::never_compared(unmanaged, datasource && datasource->partial_indexes);
    return schema;
}

}  // namespace cm::engine
