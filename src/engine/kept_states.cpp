// See kept_states.hpp.
#include "engine/kept_states.hpp"

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/log.hpp"
#include "engine/shadow.hpp"

namespace cm::engine {
namespace {

struct Conditions {
    /// What else than migrations decides on their outcome. None if a scratch database would be made
    /// elsewhere, on a server that is not there yet.
    std::optional<std::string> text{};
    pg::SessionSettings settings{};  ///< of sessions with this database
};

Conditions conditions_on(pg::Connection& server, bool is_shadow) {
    auto const rows = server.fetch(
        "SELECT (rolcreatedb OR rolsuper)::text AS may, pg_catalog.concat_ws(E'\\n', "
        "pg_catalog.version(), rolname, rolconfig, "
        "pg_catalog.pg_encoding_to_char(d.encoding), d.datcollate, d.datctype, "
        "(SELECT pg_catalog.string_agg(name || ' ' || default_version, ' ' ORDER BY name) "
        "FROM pg_catalog.pg_available_extensions)) AS conditions, " +
        pg::session_settings_column() +
        " FROM pg_catalog.pg_roles, pg_catalog.pg_database d "
        "WHERE rolname = current_user AND d.datname = pg_catalog.current_database()");
    if (rows.empty()) return {};
    Conditions conditions{{}, pg::read_session_settings(rows[0])};
    if (rows[0].text("may") != "true" && !is_shadow) return conditions;
    auto const& parameters = server.url().parameters;
    auto const options = parameters.find("options");
    conditions.text =
        fmt::format("{}{}\n{}\n{}", is_shadow ? "shadow " : "", rows[0].text("conditions"),
                    server.url().schema, options == parameters.end() ? "" : options->second);
    return conditions;
}

std::string text_of(pg::SessionSettings const& settings) {
    std::string text{};
    for (auto const& setting : settings)
        text += fmt::format("\n{}={}", setting.name, setting.value);
    return text;
}

/// `settings`: of the target's sessions; set here.
std::optional<StateCache> cache_of(Session& session, pg::SessionSettings& settings) {
    auto const conditions = [&] {
        if (!session.target.shadow_url) {
            auto found = conditions_on(*session.connection, false);
            settings = std::move(found.settings);
            return found.text;
        }
        settings = pg::read_session_settings(*session.connection);
        auto url = *session.target.shadow_url;
        url.schema = session.target.url.schema;
        return connected_to_shadow([&] {
            pg::Connection shadow{std::move(url)};
            return conditions_on(shadow, true).text;
        });
    }();
    if (!conditions) {
        return {};
    }
    auto const& setup = session.project.configuration.scratch_setup;
    auto const prepared =
        setup ? read_file_if_exists(path_to_open(session.project, session.project.root / *setup))
              : std::nullopt;
    return StateCache{session.project.root / ".cm-migrate/states",
                      *conditions + text_of(settings) + '\n' + prepared.value_or("")};
}

}  // namespace

KeptStates const& kept_states(Session& session) {
    if (!session.kept_states) {
        auto kept = std::make_shared<KeptStates>();
        kept->cache = cache_of(session, kept->settings);
        session.kept_states = std::move(kept);
    }
    return *session.kept_states;
}

std::optional<sql::ResultSets> find_kept(std::optional<StateCache> const& cache,
                                         std::vector<history::Migration> const& migrations,
                                         sql::CatalogReader const& reading) {
    if (!cache) {
        log::write(log::Level::debug, "cache miss",
                   {{"reason", "no state is kept where the next replay may have another server"}});
        return {};
    }
    auto results = cache->find(migrations);
    if (!results) return {};
    for (auto const& query : sql::queries_of(reading)) {
        if (results->contains(query)) continue;  // other schemas, or an earlier build
        log::write(log::Level::debug, "cache miss", {{"reason", "it does not answer all queries"}});
        return {};
    }
    return results;
}

}  // namespace cm::engine
