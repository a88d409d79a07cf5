// See replay.hpp.
#include "engine/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/file.hpp"
#include "base/log.hpp"
#include "engine/catalog_snapshot.hpp"
#include "engine/kept_states.hpp"
#include "engine/scripts.hpp"
#include "engine/shadow.hpp"
#include "schema/from_database.hpp"
#include "schema/scope.hpp"

namespace cm::engine {
namespace {

std::optional<pg::Url> url_of(std::optional<Target> const& target) {
    return target ? std::optional{target->url} : std::nullopt;
}

std::optional<pg::ShadowDatabase> shadow_of(std::optional<Target> const& target,
                                            std::optional<std::string> const& identity) {
    return target && target->shadow_url
               ? std::optional{shadow_database(*target->shadow_url, identity)}
               : std::nullopt;
}

/// Asked in the session that is open: a further one may be refused, and would prove nothing.
std::optional<std::string> identity_of(Session& session) {
    return session.target.shadow_url ? std::optional{pg::identity(*session.connection)}
                                     : std::nullopt;
}

/// Among the answers of the catalog, what the replay left out.
constexpr std::string_view report_key = "-- skipped by the replay";

bool is_same(history::Migration const& one, history::Migration const& other) {
    return one.name == other.name && one.checksum == other.checksum;
}

}  // namespace

Replay::Replay(Session& session)
    : Replay(session.project, session.sources, session.target, session.datasource, session.progress,
             identity_of(session)) {
    session_ = &session;
    keeps_states_ = !session.is_dry_run;
    schemas_ = managed_schemas(session.project, session.datasource, session.target.url);
}

Replay::Replay(Project const& project, SourceMap& sources, std::optional<Target> target,
               std::optional<dsl::Datasource> datasource, Progress progress,
               std::optional<std::string> target_identity)
    : project_(project),
      sources_(sources),
      target_(std::move(target)),
      datasource_(std::move(datasource)),
      progress_(std::move(progress)),
      target_identity_(std::move(target_identity)) {}

/// Found out when it is first asked for: the shadow database may not be there, and whoever does not
/// replay need not know.
std::optional<StateCache>& Replay::cache() {
    if (auto* const session = std::exchange(session_, nullptr)) {
        auto const& kept = kept_states(*session);
        cache_ = kept.cache;
        settings_ = kept.settings;
    }
    return cache_;
}

void Replay::prepare() {
    if (scratch_) {
        scratch_->clear();
    } else {
        auto const shadow = shadow_of(target_, target_identity_);
        auto const make = [&] {
            return pg::ScratchDatabase::make(url_of(target_), shadow, settings_);
        };
        scratch_.emplace(shadow ? connected_to_shadow(make) : make());
        scratch_->connection().lift_limits();
        schemas_ = managed_schemas(project_, datasource_, scratch_->url());
    }
    scratch_->connection().execute(fmt::format("CREATE SCHEMA IF NOT EXISTS {}",
                                               sql::quote_identifier(scratch_->url().schema)));
    auto const& setup = project_.configuration.scratch_setup;
    replayed_ = {.server = server()};
    if (setup) {
        auto const [name, text] = read_named_script(project_, "scratchSetup", *setup);
        history::replay_script(name, text, scratch_->connection(), sources_, replayed_);
    }
    outside_ = {};
    done_.clear();
    is_stale_ = false;
}

history::ReplayServer Replay::server() const {
    if (scratch_->is_private()) return history::ReplayServer::temporary;
    return no_private_server_ ? history::ReplayServer::real_for_good : history::ReplayServer::real;
}

void Replay::move_to_private_server(history::LeftOut const& why) {
    try {
        scratch_.emplace(pg::ScratchDatabase::make_private(url_of(target_), settings_));
        scratch_->connection().lift_limits();
        cache_.reset();  // the next server may be another one
        moved_because_ = why;
    } catch (Failure const& failed) {
        if (failed.exit_code() == ExitCode::interrupted) throw;
        no_private_server_ = failed.what();
        log::swallowed("moving the replay to a private server", failed);
    }
}

/// It may fail for being there: an extension is missing, or the version is another one. Then the
/// real server tells more.
bool Replay::leave_private_server(Failure const& failed) {
    if (!moved_because_ || failed.exit_code() != ExitCode::failed_migration) return false;
    no_private_server_ = fmt::format("there, {}", failed.what());
    log::swallowed("replaying on a private server", failed);
    moved_because_.reset();
    scratch_.reset();
    return true;
}

void Replay::run(std::vector<history::Migration> const& migrations) {
    while (true) {
        try {
            run_here(migrations);
            return;
        } catch (history::NeedsPrivateServer const& needed) {
            move_to_private_server(needed.why());
            done_.clear();
            is_stale_ = true;
        } catch (Failure const& failed) {
            if (!leave_private_server(failed)) throw;
        }
    }
}

void Replay::run_here(std::vector<history::Migration> const& migrations) {
    auto const is_prefix = done_.size() <= migrations.size() &&
                           std::equal(done_.begin(), done_.end(), migrations.begin(),
                                      [](std::string const& name, history::Migration const& m) {
                                          return name == m.name;
                                      });
    if (!scratch_ || is_stale_ || !is_prefix) {
        prepare();
    }
    for (auto i = done_.size(); i < migrations.size(); ++i) {
        if (progress_.step) {
            progress_.step(moved_because_ ? "Replaying migrations on a private server"
                                          : "Replaying migrations",
                           i, migrations.size());
        }
        if (project_.is_drizzle && target_) {
            keeps_states_ = false;  // the tables of others are no part of what names a state
            auto const next = migrations.begin() + static_cast<std::ptrdiff_t>(i) + 1;
            auto made = make_outside_tables(names_in_text({migrations.begin(), next}), target_->url,
                                            scratch_->connection());
            outside_.objects.merge(made.objects);
        }
        log::InMigration const logged(migrations[i].name);
        log::write(log::Level::debug, "replaying migration");
        history::replay(migrations[i], scratch_->connection(), sources_, replayed_);
        done_.push_back(migrations[i].name);
    }
}

sql::ResultSets Replay::results_after(std::vector<history::Migration> const& migrations,
                                      sql::CatalogReader const& reading) {
    run(migrations);
    auto results = query_snapshot(scratch_->connection(), reading);
    auto const& report = replayed_.report;
    results.insert_or_assign(std::string{report_key}, to_rows(report));
    // A role that is missing today may be there tomorrow, as may a private server.
    if (cache_ && keeps_states_ && !is_uncertain(report) && !lacks_roles(report)) {
        cache_->keep(migrations, results);
    }
    return results;
}

CompleteState const& Replay::complete_state_after(
    std::vector<history::Migration> const& migrations) {
    // `dev` asks twice: for what is applied and for all that there is.
    if (state_ && std::ranges::equal(migrations, wanted_, is_same)) {
        return *state_;
    }
    wanted_ = migrations;
    forget();
    auto const bare = target_ ? target_->url.schema : std::string{"public"};
    auto const reading = [&](sql::QueryFunction const& fetch) {
        return read_complete_state(fetch, schemas_, bare, project_, datasource_);
    };
    auto results = project_.is_drizzle ? std::nullopt : find_kept(cache(), migrations, reading);
    if (results && !results->contains(report_key)) results.reset();
    if (!results) {
        results = results_after(migrations, reading);
    }
    if (auto report = history::read_report(results->find(report_key)->second)) {
        report_ = std::move(*report);
    }
    tell();
    state_ = reading(sql::results_from(*results));
    state_->schema = schema::without_objects(
        std::move(state_->schema),
        [&](object::ObjectRef const& object) { return outside_.objects.contains(object); });
    return *state_;
}

void Replay::know(std::vector<history::Migration> const& migrations, CompleteState state) {
    wanted_ = migrations;
    state_ = std::move(state);
    is_known_ = true;
}

void Replay::forget() {
    state_.reset();
    is_known_ = false;
}

schema::Schema Replay::state_after(std::vector<history::Migration> const& migrations) {
    auto schema = complete_state_after(migrations).schema;
    schema.definitions = {};
    return schema;
}

CompleteState Replay::state_with(std::vector<std::string> const& statements) {
    auto& scratch = connection();
    pg::Transaction const undone{scratch, "BEGIN; " + reading_settings()};
    for (auto const& statement : statements) scratch.execute(statement);
    auto const fetch = [&](std::string_view query) { return scratch.fetch(query); };
    return read_complete_state(fetch, schemas_, target_ ? target_->url.schema : "public", project_,
                               datasource_);
}

void Replay::tell() {
    std::vector<history::LeftOut> news{};
    for (auto const& one : report_.left_out) {
        if (std::find(told_.begin(), told_.end(), one) == told_.end()) news.push_back(one);
    }
    told_.insert(told_.end(), news.begin(), news.end());
    if (!progress_.finding) return;
    for (auto const& finding : replay_findings(news, no_private_server_)) {
        progress_.finding(finding);
    }
}

std::optional<Unverified> Replay::unverified() const {
    return engine::unverified(report_, no_private_server_);
}

std::optional<int> Replay::server_version() {
    if (!scratch_) return {};
    return scratch_->connection().server_version();
}

pg::Connection& Replay::connection() {
    run(wanted_);
    return scratch_->connection();
}

}  // namespace cm::engine
