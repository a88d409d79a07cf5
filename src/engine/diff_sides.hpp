// The two sides of a comparison, as they are read: each with whatever keeps its server alive.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/diff_sources.hpp"
#include "engine/replay.hpp"
#include "engine/sql_source/loaded_source.hpp"
#include "engine/stand_in.hpp"
#include "engine/verification.hpp"

namespace cm::engine {

/// One side, with whatever keeps its server alive.
struct DiffSide {
    schema::Schema schema{};
    std::string role{};  ///< that has read a complete one, or replayed it
    std::shared_ptr<dsl::DataModel const> model{};  ///< of a schema file
    std::unique_ptr<pg::Connection> connection{};
    std::unique_ptr<StandIn> stand_in{};  ///< for the connection's database
    std::unique_ptr<Replay> replay{};
    std::unique_ptr<LoadedSource> source{};

    /// To be asked about expressions of the other side; none if this one has no server.
    Server server() const {
        if (replay) return server_of(*replay);
        if (source) {
            auto const loaded = [this]() -> pg::Connection& { return source->connection(); };
            return {loaded, loaded, true};
        }
        return stand_in ? stand_in->server() : Server{};
    }
};

/// Each schema file is read once, though it is asked for its datasource first.
using Models = std::map<std::string, std::shared_ptr<dsl::DataModel const>>;

struct SideReader {
    Project const& project;
    SourceMap& sources;
    Models models{};
    std::optional<dsl::Datasource>
        datasource{};  ///< of the project or of a schema side: its schemas are compared
    std::optional<Target> target{};                ///< where scratch databases are made
    std::optional<std::string> target_identity{};  ///< what a shadow database must not be
    /// To the live side, opened early where it must be told from a shadow database.
    std::shared_ptr<std::unique_ptr<pg::Connection>> early =
        std::make_shared<std::unique_ptr<pg::Connection>>();
    std::string default_schema = "public";
    bool is_whole{};     ///< two databases, of which all schemas are compared
    bool is_complete{};  ///< both sides say all there is: databases, or what migrations lead to
    Progress progress{};

    DiffSide live(pg::Url const& url) const;

    CompleteState complete(pg::Connection& connection) const;

    DiffSide read(FromEmpty const&) const;

    /// What a source declares, or an empty database has, with all that a database tells.
    DiffSide loaded(SourceText const& text) const;

    DiffSide read(FromSchema const& source) const;

    DiffSide read(FromDatasource const& source) const;

    DiffSide read(FromMigrations const& source) const;

    DiffSide read(FromUrl const& source) const;

    /// Where a change towards `after` is tried out.
    Trial trial(DiffSide const& after) const;

    /// What a change is tried on: with what a schema file does not tell of, since it may be in the
    /// way.
    schema::Schema start(DiffSide const& before, Source const& from) const;

    /// That are compared with a schema file.
    std::vector<std::string> schemas_of(DiffSide const& state) const;
};

/// Throws Failure if a schema file is wrong, or a server that is needed cannot be had.
SideReader make_side_reader(Project const& project, SourceMap& sources, Source const& from,
                            Source const& to, std::optional<std::string> const& shadow_url,
                            Progress progress);

/// The URL of a side that is a database, which decides which schema unqualified names mean.
std::optional<pg::Url> server_of(Project const& project, Source const& source, SourceMap& sources);
bool replays(Source const& side);
/// A schema in SQL.
bool is_sql(Project const& project, Source const& side);
/// A schema in the Prisma language; else null.
FromSchema const* prisma_file(Project const& project, Source const& side);

}  // namespace cm::engine
