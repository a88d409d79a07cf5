// See scratch_database.hpp. Three homes: a new database on the target's server, one on a temporary
// server, or the shadow database that the user provides.
#include "pg/scratch_database.hpp"

#include <chrono>
#include <random>
#include <thread>

#include "base/diagnostic.hpp"
#include "base/elapsed.hpp"
#include "base/log.hpp"
#include "base/sqlstate.hpp"
#include "pg/advisory_lock.hpp"
#include "pg/cleanup_process.hpp"
#include "pg/database.hpp"
#include "pg/empty_database.hpp"
#include "pg/scratch_database_abandoned.sql.hpp"
#include "pg/session_settings.hpp"
#include "pg/temporary_server.hpp"
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

/// A session by which the server can be asked whether it has ended. A login may have switched to
/// another role, which may neither see nor end the login's sessions: such questions are asked as
/// the login itself.
struct SessionId {
    int pid{};
    std::string started{};
    std::string role{};  ///< that the session works as; empty if it is the login itself
    std::string database{};
    SessionSettings settings{};
};

SessionId session_id(Connection& connection) {
    auto const results = connection.fetch_all(
        "SELECT CASE WHEN current_user <> session_user THEN current_user END AS role, "
        "pg_catalog.current_database() AS database, " +
        session_settings_column() +
        "; "
        "SET ROLE NONE; SELECT pid, backend_start::text AS started FROM "
        "pg_catalog.pg_stat_activity WHERE pid = pg_catalog.pg_backend_pid(); RESET ROLE");
    auto const row = results.back()[0];
    auto const about = results.front()[0];
    return {static_cast<int>(row.integer("pid")), row.text("started"), about.text("role"),
            about.text("database"), read_session_settings(about)};
}

/// Ends the session that may still be at CREATE DATABASE: until then the database may yet come into
/// being.
void end_session(Connection& connection, SessionId const& session) {
    auto const script = fmt::format(
        "SET ROLE NONE; SELECT pg_catalog.pg_terminate_backend(pid) FROM "
        "pg_catalog.pg_stat_activity WHERE pid = {} AND backend_start::text = {}; "
        "RESET ROLE",
        session.pid, sql::quote_literal(session.started));
    while (!connection.fetch_all(script).front().empty()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

/// What the watcher does; its own time limit ends it.
void force_remove(Url server, SessionId const& creator, std::string const& name) {
    server.parameters["connect_timeout"] = "3";
    while (true) {
        try {
            Connection connection(server);
            connection.lift_limits();
            end_session(connection, creator);
            drop_database(connection, name);
            return;
        } catch (std::exception const& failed) {
            log::swallowed("dropping the scratch database", failed);
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

void empty(Connection& connection) {
    empty_database(connection);
    make_schema(connection);
}

/// True if there may be a way to the server though not into that database: it is not there yet, or
/// lets no further session in.
bool is_about_the_database(Failure const& failed) {
    auto const& code = failed.diagnostics().front().code;
    return code == "CM0404" || code == "CM0405";
}

/// The target itself, because that is where the role surely may go, or another database; none if
/// there is no way into any.
std::unique_ptr<Connection> connect(Url const& target) {
    try {
        return std::make_unique<Connection>(target);
    } catch (Failure const& failed) {
        if (!is_about_the_database(failed)) throw;
    }
    try {
        return std::make_unique<Connection>(connect_to_maintenance(target));
    } catch (Failure const& failed) {
        if (!is_about_the_database(failed)) throw;
        return nullptr;
    }
}

}  // namespace

/// Members are destroyed from the last to the first; what must go first stands last.
struct ScratchDatabase::State {
    Url url{};
    bool is_shadow = false;
    std::unique_ptr<TemporaryServer> server{};
    std::unique_ptr<Connection> maintenance{};
    std::unique_ptr<CleanupProcess> cleanup_process{};
    std::string name{};
    std::unique_ptr<Connection> connection{};
    std::unique_ptr<AdvisoryLock> lock{};  ///< on a shadow database

    State() = default;
    State(State const&) = delete;
    State& operator=(State const&) = delete;

    ~State() {
        InterruptsIgnored const tidying{};
        try {
            if (is_shadow && connection) {
                empty(*connection);
            }
            lock.reset();
            connection.reset();
            if (cleanup_process) {
                drop();
            }
        } catch (std::exception const& failed) {
            // A lost connection or server: the watcher tries again by itself.
            log::swallowed("dropping the scratch database", failed);
        }
    }

    void drop() {
        try {
            drop_database(*maintenance, name);
        } catch (SqlError const& failed) {
            log::swallowed("dropping the scratch database", failed);
            Connection again(maintenance->url());
            again.lift_limits();
            drop_database(again, name);
        }
        cleanup_process->disarm();
        log::write(log::Level::info, "scratch database dropped", {{"name", name}});
    }

    /// False if the role may not after all.
    bool create(Url const& target) {
        name = new_name(*maintenance);
        auto const creator = session_id(*maintenance);
        cleanup_process = std::make_unique<CleanupProcess>(
            [server_url = maintenance->url(), creator, database = name] {
                force_remove(server_url, creator, database);
            });
        try {
            maintenance->execute(fmt::format("CREATE DATABASE {} {}", sql::quote_identifier(name),
                                             creation_clause(*maintenance, database_name(target))));
        } catch (SqlError const& failed) {
            auto const& state = failed.server().sqlstate;
            // Not allowed, or a server, a database or a role that only reads.
            if (state != sqlstate::insufficient_privilege &&
                state != sqlstate::read_only_sql_transaction) {
                throw_failure(failed, "creating a scratch database");
            }
            log::write(log::Level::info, "scratch database not allowed on the server",
                       {{"sqlstate", state}, {"error", failed.what()}});
            cleanup_process->disarm();
            cleanup_process.reset();
            return false;
        }
        log::write(log::Level::info, "scratch database created", {{"name", name}});
        url = with_database(target, name);
        if (!creator.role.empty()) {
            // It may be the target alone that makes the login switch: `ALTER DATABASE … SET role`.
            url.parameters["options"] =
                effective_parameter(url, "options") + start_option("role", creator.role);
        }
        connection = std::make_unique<Connection>(url);
        if (creator.database == database_name(target)) {
            // Those of the role and of the server this database has anyway.
            auto settings = creator.settings;
            std::erase_if(settings, [](SessionSetting const& s) { return !s.is_of_database; });
            if (!settings.empty()) take_over(settings);
        }
        make_schema(*connection);
        return true;
    }

    /// In a session that has them from its start, so that they outlast RESET ALL.
    void take_over(SessionSettings const& settings) {
        auto const options = start_options_for(settings, *connection);
        if (options.empty()) return;
        url.parameters["options"] = effective_parameter(url, "options") + options;
        connection = std::make_unique<Connection>(url);
    }
};

ScratchDatabase::ScratchDatabase(std::unique_ptr<State> state) : state_(std::move(state)) {}

ScratchDatabase::ScratchDatabase(ScratchDatabase&&) noexcept = default;
ScratchDatabase& ScratchDatabase::operator=(ScratchDatabase&&) noexcept = default;
ScratchDatabase::~ScratchDatabase() = default;

std::string identity(Connection& connection) {
    // In numbers: as text the moment would depend on the session's time zone.
    auto const rows = connection.fetch(
        "SELECT pg_catalog.concat_ws(' ', d.oid, (pg_catalog.date_part('epoch', "
        "pg_catalog.pg_postmaster_start_time()) * 1000)::bigint, d.datname) AS identity "
        "FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()");
    return rows[0].text("identity");
}

ScratchDatabase ScratchDatabase::make_in(ShadowDatabase const& shadow,
                                         std::optional<Url> const& like,
                                         std::optional<SessionSettings> const& settings) {
    auto state = std::make_unique<State>();
    state->url = shadow.url;
    if (like) {
        state->url.schema = like->schema;
        state->url.schema_is_named = like->schema_is_named;
    }
    state->connection = std::make_unique<Connection>(state->url);
    if (settings) state->take_over(*settings);
    auto connection = std::move(state->connection);
    connection->lift_limits();
    // Whoever else replays in it would find his tables gone.
    auto lock = std::make_unique<AdvisoryLock>(*connection, "cm-migrate shadow database",
                                               std::chrono::seconds(60), nullptr);
    if (shadow.check) {
        shadow.check(*connection);
    }
    mark_as_shadow(*connection);
    log::write(log::Level::info, "shadow database in use", {{"name", database_name(state->url)}});
    state->connection = std::move(connection);
    state->lock = std::move(lock);
    state->is_shadow = true;
    empty(*state->connection);
    return ScratchDatabase(std::move(state));
}

ScratchDatabase ScratchDatabase::make(std::optional<Url> const& server,
                                      std::optional<ShadowDatabase> const& shadow,
                                      std::optional<SessionSettings> const& settings) {
    if (shadow) {
        return make_in(*shadow, server, settings);
    }
    auto known = settings;
    auto state = std::make_unique<State>();
    if (server) {
        state->maintenance = connect(*server);
        if (state->maintenance) state->maintenance->lift_limits();
        if (state->maintenance && may_create_databases(*state->maintenance) &&
            state->create(*server)) {
            return ScratchDatabase(std::move(state));
        }
        if (state->maintenance && !known) known = read_session_settings(*state->maintenance);
    }
    return make_private(server, known);
}

ScratchDatabase ScratchDatabase::make_private(std::optional<Url> const& like,
                                              std::optional<SessionSettings> const& settings) {
    auto state = std::make_unique<State>();
    Stopwatch const time{};
    state->server = std::make_unique<TemporaryServer>();
    log::write(log::Level::info, "private server started", {{"elapsedMs", time.exactly()}});
    auto const name = like ? database_name(*like) : "postgres";
    create_database(state->server->database(name));
    state->url = state->server->database(name);
    if (like) {
        state->url.schema = like->schema;
        state->url.schema_is_named = like->schema_is_named;
    }
    state->connection = std::make_unique<Connection>(state->url);
    if (settings) state->take_over(*settings);
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
    try {
        auto const rows = connection.fetch(sql_text::pg_scratch_database_abandoned);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            connection.execute("DROP DATABASE IF EXISTS " +
                               sql::quote_identifier(rows[i].text("datname")));
            log::write(log::Level::info, "abandoned scratch database dropped",
                       {{"name", rows[i].text("datname")}});
        }
    } catch (SqlError const& failed) {
        log::swallowed("dropping abandoned scratch databases", failed);
        // Somebody else removes them at the same time, or it is not ours to remove.
    }
}

}  // namespace cm::pg
