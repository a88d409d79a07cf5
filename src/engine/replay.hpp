// The state that migrations lead to, computed by running them in a scratch database: never guessed
// from a live one. What was computed once is kept (state_cache.hpp).
#pragma once
#include "engine/replay_findings.hpp"
#include "engine/session.hpp"
#include "engine/sql_source/outside_tables.hpp"
#include "engine/state_cache.hpp"
#include "pg/scratch_database.hpp"

namespace cm::engine {

/// Runs migrations in a scratch database, which is made when it is first needed. On the real server
/// what reaches beyond the database is left out (see history/replay.hpp); where that cannot be told
/// from the rest, all of it runs on a temporary private server.
class Replay {
  public:
    /// Beside the session's database; what the migrations lead to is kept.
    explicit Replay(Session& session);
    /// Beside the target, or on a temporary private server where there is none; nothing is kept.
    /// `target_identity` is what a shadow database must not be (see shadow_database).
    Replay(Project const& project, SourceMap& sources, std::optional<Target> target,
           std::optional<dsl::Datasource> datasource, Progress progress,
           std::optional<std::string> target_identity = {});

    /// The schema that these lead to. Throws Failure CM0505 if one of them fails.
    schema::Schema state_after(std::vector<history::Migration> const& migrations);

    /// The same with all that the schema language cannot say.
    CompleteState const& complete_state_after(std::vector<history::Migration> const& migrations);

    /// Takes `state` for what these lead to: a replay need not be carried out to know. Whoever then
    /// asks for other migrations, or for the scratch database, has one carried out.
    void know(std::vector<history::Migration> const& migrations, CompleteState state);

    bool is_known() const { return is_known_; }

    /// The opposite: from now on, nothing is known but by replaying.
    void forget();

    /// What complete_state_after would say if these were carried out besides, which is rolled back.
    CompleteState state_with(std::vector<std::string> const& statements);

    /// What the replay that state_after answered with left out, also if it was kept from a run
    /// before.
    history::ReplayReport const& report() const { return report_; }

    /// Set if what was left out may have a part in the schema: a difference from it need not be
    /// drift, and none is no proof that there is none.
    std::optional<Unverified> unverified() const;

    /// Of the server that it ran on; none if it has not run, because its state was kept.
    std::optional<int> server_version();

    /// The scratch database, in the state that was asked for last.
    pg::Connection& connection();

  private:
    std::optional<StateCache>& cache();
    void prepare();
    history::ReplayServer server() const;
    void move_to_private_server(history::LeftOut const& why);
    bool leave_private_server(Failure const& failed);
    void run(std::vector<history::Migration> const& migrations);
    void run_here(std::vector<history::Migration> const& migrations);
    void tell();
    sql::ResultSets results_after(std::vector<history::Migration> const& migrations,
                                  sql::CatalogReader const& reading);

    Project const& project_;
    SourceMap& sources_;
    std::optional<Target> target_{};
    std::optional<dsl::Datasource> datasource_{};
    Progress progress_{};
    std::optional<std::string> target_identity_{};
    Session* session_{};  ///< whose states are kept, until it is known where
    std::optional<pg::SessionSettings> settings_{};  ///< of the target's sessions
    std::optional<StateCache> cache_{};
    bool keeps_states_ = true;
    std::optional<pg::ScratchDatabase> scratch_{};
    std::vector<std::string> schemas_{};
    std::vector<history::Migration> wanted_{};
    std::optional<CompleteState> state_{};  ///< that the wanted ones lead to
    bool is_known_ = false;                 ///< `state_` is from elsewhere
    OutsideObjects outside_{};              ///< tables of others in the scratch database
    std::vector<std::string> done_{};
    bool is_stale_ = false;  ///< the scratch database holds part of a replay that was given up
    history::ReplayState replayed_{};  ///< as far as `done_`
    history::ReplayReport report_{};   ///< of the state that was asked for last
    std::vector<history::LeftOut> told_{};
    std::optional<history::LeftOut> moved_because_{};  ///< to a private server
    std::optional<std::string> no_private_server_{};   ///< why there is none
};

}  // namespace cm::engine
