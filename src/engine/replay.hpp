// The state that migrations lead to, computed by running them in a scratch database: never guessed
// from a live one.
#pragma once
#include "engine/session.hpp"
#include "pg/scratch_database.hpp"

namespace cm::engine {

/// A scratch database into which migrations are replayed; its state can be read in between.
class Replay {
  public:
    /// Beside the target, or on a temporary private server where there is none.
    Replay(Project const& project, SourceMap& sources, std::optional<Target> const& target,
           std::optional<dsl::Datasource> const& datasource, Progress progress);

    /// Runs those that have not been run yet; if that would put them in another order than the one
    /// given, starts anew. Throws Failure CM0505 if one fails.
    void run(std::vector<history::Migration> const& migrations);
    schema::Schema read();

    pg::Connection& connection() { return scratch_.connection(); }

  private:
    void prepare();

    Project const& project_;
    SourceMap& sources_;
    Progress progress_{};
    pg::ScratchDatabase scratch_;
    std::optional<dsl::Datasource> datasource_{};
    std::vector<std::string> schemas_{};
    std::vector<std::string> done_{};
};

}  // namespace cm::engine
