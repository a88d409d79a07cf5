// The two sides of a comparison, as they are read: each with whatever keeps its server alive.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/declaration.hpp"
#include "engine/diff_sources.hpp"
#include "engine/replay.hpp"
#include "engine/sql_source/loaded_source.hpp"
#include "engine/stand_in.hpp"
#include "engine/verification.hpp"

namespace cm::engine {

/// A schema of the Prisma language and the SQL files beside it, which may be none: where one side
/// has such files, both are compared with them.
struct MixedSide {
    std::shared_ptr<Declaration const> declaration{};
    schema::Schema loaded{};  ///< what both together make
    /// What only the other side has stays, as the project says: it is a database or migrations.
    bool keeps_undeclared{};
};

/// One side, with whatever keeps its server alive.
struct DiffSide {
    schema::Schema schema{};
    std::string role{};  ///< that has read a complete one, or replayed it
    std::shared_ptr<dsl::DataModel const> model{};  ///< of a schema file alone
    std::optional<MixedSide> mixed{};               ///< `schema` is then that of `loaded`
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
using Declarations = std::map<std::string, std::shared_ptr<Declaration const>>;

struct SideReader {
    Project const& project;
    SourceMap& sources;
    Declarations declarations{};  ///< by the path of a schema file of the Prisma language
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
    bool is_mixed{};     ///< SQL files lie beside a schema file: then both sides are complete, too
    Progress progress{};

    DiffSide live(pg::Url const& url) const;

    CompleteState complete(pg::Connection& connection) const;

    DiffSide read(FromEmpty const&) const;

    /// What a source declares, or an empty database has, with all that a database tells.
    DiffSide loaded(SourceText const& text) const;

    /// What a schema file and the SQL files beside it make.
    DiffSide mixed(std::shared_ptr<Declaration const> declaration) const;

    DiffSide read(FromSchema const& source) const;

    DiffSide read(FromDatasource const& source) const;

    DiffSide read(FromMigrations const& source) const;

    DiffSide read(FromUrl const& source) const;

    /// A mixed side in the form that compares with the other one, a state of a database.
    Normalized completed(MixedSide const& side, schema::Schema const& actual, Server const& server,
                         std::vector<schema::RenameFlag> const& renames = {}) const;

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
/// A schema in the Prisma language with SQL files beside it.
bool has_files_beside(Project const& project, Source const& side);
/// A schema in the Prisma language; else null.
FromSchema const* prisma_file(Project const& project, Source const& side);

}  // namespace cm::engine
