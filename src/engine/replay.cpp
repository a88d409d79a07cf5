// See replay.hpp.
#include "engine/replay.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/scripts.hpp"
#include "history/apply.hpp"

namespace cm::engine {
namespace {

std::optional<pg::Url> url_of(std::optional<Target> const& target) {
    return target ? std::optional{target->url} : std::nullopt;
}

std::optional<pg::Url> shadow_of(std::optional<Target> const& target) {
    return target ? target->shadow_url : std::nullopt;
}

}  // namespace

Replay::Replay(Project const& project, SourceMap& sources, std::optional<Target> const& target,
               std::optional<dsl::Datasource> const& datasource, Progress progress)
    : project_(project),
      sources_(sources),
      progress_(std::move(progress)),
      scratch_(pg::ScratchDatabase::make(url_of(target), shadow_of(target))),
      datasource_(datasource),
      schemas_(managed_schemas(datasource, scratch_.url())) {
    prepare();
}

void Replay::prepare() {
    connection().execute(fmt::format("CREATE SCHEMA IF NOT EXISTS {}",
                                     sql::quote_identifier(scratch_.url().schema)));
    auto const& setup = project_.configuration.scratch_setup;
    if (setup) run_named_script(project_, "scratchSetup", *setup, connection(), sources_);
}

void Replay::run(std::vector<history::Migration> const& migrations) {
    auto const is_prefix = done_.size() <= migrations.size() &&
                           std::equal(done_.begin(), done_.end(), migrations.begin(),
                                      [](std::string const& name, history::Migration const& m) {
                                          return name == m.name;
                                      });
    if (!is_prefix) {
        scratch_.clear();
        prepare();
        done_.clear();
    }
    for (auto i = done_.size(); i < migrations.size(); ++i) {
        if (progress_) {
            progress_("Replaying migrations", i, migrations.size());
        }
        history::replay(migrations[i], connection(), sources_);
        done_.push_back(migrations[i].name);
    }
}

schema::Schema Replay::read() {
    return read_schema(connection(), schemas_, project_, datasource_);
}

}  // namespace cm::engine
