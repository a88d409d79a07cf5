// See loaded_source.hpp.
#include "engine/sql_source/loaded_source.hpp"

#include <fmt/format.h>

#include "base/log.hpp"
#include "engine/scripts.hpp"
#include "engine/shadow.hpp"
#include "engine/sql_source/load_source.hpp"
#include "history/replay.hpp"
#include "pg/database.hpp"

namespace cm::engine {
namespace {

constexpr std::string_view administrator = "cm_migrate_administrator";
constexpr std::string_view bootstrap = "cm_migrate_bootstrap";

/// What the role of the target may do, and to whom a function that it calls could do harm.
struct Rights {
    std::string role{};
    int server_version{};
    bool is_powerful{};  ///< more than the objects of its own database
    pg::SessionSettings settings{};
};

Rights rights_on(pg::Connection& connection) {
    auto const rows = connection.fetch(
        "SELECT rolname, (rolsuper OR rolcreaterole OR rolreplication)::text AS is_powerful, " +
        pg::session_settings_column() + " FROM pg_catalog.pg_roles WHERE rolname = current_user");
    return {.role = rows[0].text("rolname"),
            .server_version = connection.server_version(),
            .is_powerful = rows[0].text("is_powerful") == "true",
            .settings = pg::read_session_settings(rows[0])};
}

/// The target need not exist yet.
Rights rights_on(pg::Url const& url) {
    if (pg::database_exists(url)) {
        pg::Connection connection(url);
        return rights_on(connection);
    }
    auto connection = pg::connect_to_maintenance(url);
    return rights_on(connection);
}

/// Limits for text that we did not write; nobody will miss the database if the server crashes.
void prepare(pg::Connection& connection) {
    connection.lift_limits();
    connection.execute(
        "SET statement_timeout = '5min'; SET lock_timeout = '30s'; SET synchronous_commit = off;");
}

[[noreturn]] void refuse_powerful(std::string const& role, std::string_view reason) {
    throw Failure(
        error("CM0342",
              "the schema defines functions, and the role `{}` may do more than it should "
              "be trusted with",
              role)
            .note("PostgreSQL calls functions while a schema is loaded (a bound, an expression of "
                  "an index), with all rights of the role")
            .note("a private server could not be used: {}", reason)
            .help("use a role that is no superuser and has no CREATEROLE, but has CREATEDB")
            .help("or install the server programs of the same PostgreSQL version")
            .help("or pass `--trust-source`, if nobody else can have written the schema"));
}

}  // namespace

LoadedSource::LoadedSource(LoadedSource&&) noexcept = default;
LoadedSource::~LoadedSource() = default;

void LoadedSource::move_to_private_server(SourceHome const& home,
                                          std::optional<pg::SessionSettings> const& settings,
                                          std::string const& role) {
    auto const like = home.target ? std::optional{home.target->url} : std::nullopt;
    scratch_.emplace(pg::ScratchDatabase::make_private(like));
    auto url = scratch_->url();
    auto& first = scratch_->connection();
    first.execute(fmt::format("CREATE ROLE {} SUPERUSER LOGIN", administrator));
    url.parameters["user"] = administrator;
    superuser_ = std::make_unique<pg::Connection>(url);
    auto const name = sql::quote_identifier(role);
    if (role == scratch_->url().parameters.at("user")) {
        superuser_->execute(fmt::format("ALTER ROLE {} RENAME TO {}", name, bootstrap));
    }
    superuser_->execute(fmt::format("CREATE ROLE {0} LOGIN; ALTER DATABASE {1} OWNER TO {0}", name,
                                    sql::quote_identifier(pg::database_name(url))));
    for (std::string const& schema : {std::string{"public"}, url.schema}) {
        // From PostgreSQL 15 on it belongs to the owner of the database, whoever that is, and what
        // that role is granted on it is said.
        if (schema == "public" && pg::major_version(superuser_->server_version()) >= 15) continue;
        superuser_->execute(
            fmt::format("ALTER SCHEMA {} OWNER TO {}", sql::quote_identifier(schema), name));
    }
    url.parameters["user"] = role;
    loader_ = std::make_unique<pg::Connection>(url);
    if (!settings) return;
    auto const options = pg::start_options_for(*settings, *loader_);
    if (options.empty()) return;
    url.parameters["options"] = options;
    loader_ = std::make_unique<pg::Connection>(url);
}

LoadedSource::LoadedSource(SourceText const& text, SourceHome const& home, Project const& project,
                           SourceMap& sources) {
    auto const rights = home.target ? std::optional{rights_on(home.target->url)} : std::nullopt;
    auto const settings = rights ? std::optional{rights->settings} : std::nullopt;
    auto const must_be_alone =
        !rights || (rights->is_powerful && makes_routines(text) && !home.is_trusted);
    if (must_be_alone) {
        auto const role = rights ? rights->role : std::string{"postgres"};
        try {
            move_to_private_server(home, settings, role);
        } catch (Failure const& failed) {
            if (!rights || failed.exit_code() == ExitCode::interrupted) throw;
            refuse_powerful(role, failed.what());
        }
        auto const loaded_by = pg::major_version(loader_->server_version());
        if (rights && loaded_by != pg::major_version(rights->server_version)) {
            refuse_powerful(role, fmt::format("it is PostgreSQL {}, the target {}", loaded_by,
                                              pg::major_version(rights->server_version)));
        }
    } else {
        auto const shadow =
            home.target->shadow_url
                ? std::optional{shadow_database(*home.target->shadow_url, home.target_identity)}
                : std::nullopt;
        auto const make = [&] {
            return pg::ScratchDatabase::make(home.target->url, shadow, settings);
        };
        scratch_.emplace(shadow ? connected_to_shadow(make) : make());
        if (scratch_->is_private()) {  // the role may not create databases
            scratch_.reset();
            move_to_private_server(home, settings, rights->role);
        }
    }
    auto& connection = this->connection();
    prepare(connection);
    if (superuser_) prepare(*superuser_);
    if (auto const& setup = project.configuration.scratch_setup) {
        auto const [name, script] = read_named_script(project, "scratchSetup", *setup);
        history::ReplayState state{.server = superuser_ ? history::ReplayServer::temporary
                                                        : history::ReplayServer::real_for_good};
        history::replay_script(name, script, superuser_ ? *superuser_ : connection, sources, state);
    }
    if (project.is_drizzle && home.target)
        outside_ = make_outside_tables(names_in_text(text), home.target->url, connection);
    load_source(text, {connection, superuser_.get(), outside_.schemas}, sources);
}

pg::Connection& LoadedSource::connection() {
    return loader_ ? *loader_ : scratch_->connection();
}

}  // namespace cm::engine
