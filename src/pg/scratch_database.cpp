// See scratch_database.hpp. Three homes: a new database on the target's server, one on a temporary
// server, or the shadow database that the user provides.
#include "pg/scratch_database.hpp"

#include <chrono>
#include <random>
#include <thread>

#include "base/diagnostic.hpp"
#include "pg/database.hpp"
#include "pg/temporary_server.hpp"
#include "pg/watcher.hpp"
#include "sql/name.hpp"

namespace cm::pg {
namespace {

constexpr std::string_view prefix = "cm_migrate_scratch_";

/// The server's clock in the name tells later how old the database is.
std::string new_name(Connection& connection) {
    auto const rows = connection.fetch("SELECT to_hex(extract(epoch FROM now())::bigint) AS now");
    std::random_device random{};
    return fmt::format("{}{}{:08x}{:08x}", prefix, rows[0].text("now"), random(), random());
}

/// A session by which the server can be asked whether it has ended.
struct SessionId {
    int pid{};
    std::string started{};
};

SessionId session_id(Connection& connection) {
    auto const rows = connection.fetch(
        "SELECT pid, backend_start::text AS started FROM pg_stat_activity WHERE pid = "
        "pg_backend_pid()");
    return {static_cast<int>(rows[0].integer("pid")), rows[0].text("started")};
}

/// Ends the session that may still be at CREATE DATABASE: until then the database may yet come into
/// being.
void end_session(Connection& connection, SessionId const& session) {
    while (!connection
                .fetch("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                       "WHERE pid = $1::int AND backend_start::text = $2",
                       {std::to_string(session.pid), session.started})
                .empty()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

/// What the watcher does; its own time limit ends it.
void remove_for_certain(Url server, SessionId const& creator, std::string const& name) {
    server.parameters["connect_timeout"] = "3";
    while (true) {
        try {
            Connection connection(server);
            end_session(connection, creator);
            drop_database(connection, name);
            return;
        } catch (std::exception const&) {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
    }
}

/// What the migrations find on a fresh database: the schema of the URL (Prisma makes it, too).
void make_schema(Connection& connection) {
    if (connection.url().schema != "public") {
        connection.execute("CREATE SCHEMA IF NOT EXISTS " +
                           sql::quote_identifier(connection.url().schema));
    }
}

/// Drops all schemas but the system's and makes `public` anew; extensions go with their schemas.
void empty(Connection& connection) {
    InterruptsIgnored const tidying{};
    auto const schemas = connection.fetch(
        "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> "
        "'information_schema'");
    std::string script = "SET client_min_messages = warning;\n";
    for (std::size_t i = 0; i < schemas.size(); ++i) {
        script += fmt::format("DROP SCHEMA {} CASCADE;\n",
                              sql::quote_identifier(schemas[i].text("nspname")));
    }
    script += "CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO public;\n";
    if (connection.server_version() < 150000) {
        script += "GRANT CREATE ON SCHEMA public TO public;\n";
    }
    connection.execute(script + connection.reset_statements());
    make_schema(connection);
}

/// Two URLs may name the same database in many ways: the servers themselves are asked.
std::string identity(Connection& connection) {
    auto const rows = connection.fetch(
        "SELECT current_database() || ' ' || pg_postmaster_start_time()::text || ' ' || "
        "(SELECT oid FROM pg_database WHERE datname = current_database())::text AS identity");
    return rows[0].text("identity");
}

void refuse_target(Connection& shadow, std::optional<Url> const& target) {
    if (!target) {
        return;
    }
    std::string other{};
    try {
        Connection connection(*target);
        other = identity(connection);
    } catch (Failure const& failed) {
        if (failed.exit_code() == ExitCode::interrupted) {
            throw;
        }
        return;  // a target that is not there is not the shadow database
    }
    if (identity(shadow) == other) {
        throw Failure(
            error("CM0412", "the shadow database is the target itself: it would be emptied")
                .help("give `shadowDatabaseUrl` a database of its own, or leave it out"));
    }
}

/// The target itself, because that is where the role surely may go; another one if it is not there
/// yet.
Connection connect(Url const& target) {
    try {
        return Connection(target);
    } catch (Failure const& failed) {
        if (failed.diagnostics().front().code != "CM0404") {
            throw;
        }
        return connect_to_maintenance(target);
    }
}

}  // namespace

/// Members are destroyed from the last to the first; what must go first stands last.
struct ScratchDatabase::State {
    Url url{};
    bool is_shadow = false;
    std::unique_ptr<TemporaryServer> server{};
    std::unique_ptr<Connection> maintenance{};
    std::unique_ptr<Watcher> watcher{};
    std::string name{};
    std::unique_ptr<Connection> connection{};

    State() = default;
    State(State const&) = delete;
    State& operator=(State const&) = delete;

    ~State() {
        InterruptsIgnored const tidying{};
        try {
            if (is_shadow && connection) {
                empty(*connection);
            }
            connection.reset();
            if (watcher) {
                drop();
            }
        } catch (std::exception const&) {
            // A lost connection or server: the watcher tries again by itself.
        }
    }

    void drop() {
        try {
            drop_database(*maintenance, name);
        } catch (SqlError const&) {
            Connection again(maintenance->url());
            drop_database(again, name);
        }
        watcher->farewell();
    }

    /// False if the role may not after all.
    bool create(Url const& target) {
        name = new_name(*maintenance);
        watcher = std::make_unique<Watcher>(
            [server_url = maintenance->url(), creator = session_id(*maintenance), database = name] {
                remove_for_certain(server_url, creator, database);
            });
        try {
            maintenance->execute(fmt::format("CREATE DATABASE {} {}", sql::quote_identifier(name),
                                             creation_clause(*maintenance, database_name(target))));
        } catch (SqlError const& failed) {
            if (failed.server().sqlstate != "42501") {
                throw_failure(failed, "making a scratch database");
            }
            watcher->farewell();
            watcher.reset();
            return false;
        }
        url = with_database(target, name);
        connection = std::make_unique<Connection>(url);
        make_schema(*connection);
        return true;
    }
};

ScratchDatabase::ScratchDatabase(std::unique_ptr<State> state) : state_(std::move(state)) {}

ScratchDatabase::ScratchDatabase(ScratchDatabase&&) noexcept = default;
ScratchDatabase& ScratchDatabase::operator=(ScratchDatabase&&) noexcept = default;
ScratchDatabase::~ScratchDatabase() = default;

ScratchDatabase ScratchDatabase::make(std::optional<Url> const& server,
                                      std::optional<Url> const& shadow_url) {
    auto state = std::make_unique<State>();
    if (shadow_url) {
        auto connection = std::make_unique<Connection>(*shadow_url);
        refuse_target(*connection, server);
        state->url = *shadow_url;
        state->connection = std::move(connection);
        state->is_shadow = true;
        empty(*state->connection);
        return ScratchDatabase(std::move(state));
    }
    if (server) {
        state->maintenance = std::make_unique<Connection>(connect(*server));
        if (may_create_databases(*state->maintenance) && state->create(*server)) {
            return ScratchDatabase(std::move(state));
        }
    }
    return make_private(server);
}

ScratchDatabase ScratchDatabase::make_private(std::optional<Url> const& like) {
    auto state = std::make_unique<State>();
    state->server = std::make_unique<TemporaryServer>();
    auto const name = like ? database_name(*like) : "postgres";
    create_database(state->server->database(name));
    state->url = state->server->database(name);
    if (like) {
        state->url.schema = like->schema;
    }
    state->connection = std::make_unique<Connection>(state->url);
    make_schema(*state->connection);
    return ScratchDatabase(std::move(state));
}

Connection& ScratchDatabase::connection() {
    return *state_->connection;
}

Url const& ScratchDatabase::url() const {
    return state_->url;
}

bool ScratchDatabase::is_private() const {
    return state_->server != nullptr;
}

void ScratchDatabase::clear() {
    empty(*state_->connection);
}

void remove_abandoned_scratch_databases(Connection& connection) {
    // A minute of grace: one that was made just now may not have its session yet.
    constexpr auto query =
        "SELECT datname FROM pg_database d "
        "WHERE datname ~ '^cm_migrate_scratch_[0-9a-f]{24}$' "
        "AND pg_has_role(datdba, 'MEMBER') "
        "AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid) "
        "AND ('x' || lpad(substr(datname, 20, 8), 16, '0'))::bit(64)::bigint < extract(epoch FROM "
        "now()) - 60";
    try {
        auto const rows = connection.fetch(query);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            connection.execute("DROP DATABASE IF EXISTS " +
                               sql::quote_identifier(rows[i].text("datname")));
        }
    } catch (SqlError const&) {
        // Somebody else removes them at the same time, or it is not ours to remove.
    }
}

}  // namespace cm::pg
