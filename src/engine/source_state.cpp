// See source_state.hpp.
#include "engine/source_state.hpp"

#include "base/file.hpp"
#include "base/overloaded.hpp"
#include "base/parallel.hpp"
#include "dsl/preview_features.hpp"
#include "engine/index_builds.hpp"
#include "engine/stand_in.hpp"
#include "history/directives.hpp"
#include "schema/from_dsl.hpp"
#include "schema/scope.hpp"

namespace cm::engine {
namespace {

/// One side, with whatever keeps its server alive.
struct State {
    schema::Schema schema{};
    std::shared_ptr<dsl::DataModel const> model{};  ///< of a schema file
    std::unique_ptr<pg::Connection> connection{};
    std::unique_ptr<StandIn> stand_in{};  ///< for the connection's database
    std::unique_ptr<Replay> replay{};

    /// To be asked about expressions of the other side; none if this one has no server.
    Server server() const {
        if (replay) return server_of(*replay);
        return stand_in ? stand_in->server() : Server{};
    }
};

/// Each schema file is read once, though it is asked for its datasource first.
using Models = std::map<std::string, std::shared_ptr<dsl::DataModel const>>;

struct Reader {
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
    Progress progress{};

    State live(pg::Url const& url) const {
        State state{};
        state.connection = *early && (*early)->url() == url ? std::move(*early)
                                                            : std::make_unique<pg::Connection>(url);
        state.connection->set_read_lock_timeout(project.options.read_lock_timeout);
        state.connection->on_read_wait(progress.waiting);
        state.stand_in = std::make_unique<StandIn>(*state.connection);
        state.schema = read_schema(*state.connection, managed_schemas(datasource, url), url.schema,
                                   project, datasource);
        report_index_builds(state.schema, progress);
        return state;
    }

    State read(FromEmpty const&) const { return {.schema = schema::empty(default_schema)}; }

    State read(FromSchema const& source) const {
        State state{};
        state.model = models.at(source.path);
        state.schema = schema::without_external(schema::from_dsl(*state.model, default_schema),
                                                project.configuration.external);
        return state;
    }

    State read(FromDatasource const& source) const {
        auto const from = read_datasource(project, project.root / source.path, sources);
        auto const url = find_url(project, from);
        if (url) {
            return live(*url);
        }
        throw Failure(error("CM0042", "the datasource of `{}` names no database", source.path)
                          .help("set the environment variable that its `url` names, or pass a URL"),
                      ExitCode::usage);
    }

    State read(FromMigrations const& source) const {
        State state{};
        auto const folder = opened(project, project.root / source.path);
        if (!is_folder(folder)) {
            throw Failure(
                error("CM0043", "there is no folder `{}`", source.path)
                    .help("for a project that has no migrations yet, use the `empty` side"));
        }
        state.replay = std::make_unique<Replay>(project, sources, target, datasource, progress,
                                                target_identity);
        auto const directory = history::read_directory(folder);
        history::check_directives(directory, sources);
        state.schema = state.replay->state_after(directory.migrations);
        return state;
    }

    State read(FromUrl const& source) const { return live(pg::parse_url(source.url)); }
};

/// The URL that decides which schema unqualified names mean.
std::optional<pg::Url> server_of(Project const& project, Source const& source, SourceMap& sources) {
    if (auto const* const url = std::get_if<FromUrl>(&source)) {
        return pg::parse_url(url->url);
    }
    if (auto const* const datasource = std::get_if<FromDatasource>(&source)) {
        return find_url(project,
                        read_datasource(project, project.root / datasource->path, sources));
    }
    return {};
}

/// The files of both sides at the same time. What is wrong with `from` is told first.
void read_models(Models& models, Project const& project, Source const& from, Source const& to,
                 SourceMap& sources) {
    auto const* const first = std::get_if<FromSchema>(&from);
    auto const* const second = std::get_if<FromSchema>(&to);
    auto const load = [&](FromSchema const& side) {
        return load_schema_files(project, project.root / side.path, sources);
    };
    auto const read = [&](std::vector<FileId> const& files) {
        return std::make_shared<dsl::DataModel const>(
            read_declaration(project, files, std::as_const(sources)).model);
    };
    if (first == nullptr || second == nullptr || first->path == second->path) {
        auto const* const only = first != nullptr ? first : second;
        if (only != nullptr) models[only->path] = read(load(*only));
        return;
    }
    auto const files = load(*first);
    std::vector<FileId> other_files{};
    try {
        other_files = load(*second);
    } catch (Failure const&) {
        read(files);
        throw;
    }
    auto& model = models[first->path];
    auto& other = models[second->path];
    both([&] { model = read(files); }, [&] { other = read(other_files); });
}

std::optional<dsl::Datasource> datasource_of(Project const& project, Source const& source,
                                             SourceMap& sources, Models const& models) {
    if (auto const* const file = std::get_if<FromSchema>(&source)) {
        return models.at(file->path)->datasource;
    }
    if (auto const* const file = std::get_if<FromDatasource>(&source)) {
        return read_datasource(project, project.root / file->path, sources);
    }
    return {};
}

/// False if nobody answers; what else may be wrong is told by whoever needs the server.
bool is_reachable(pg::Url const& url) {
    try {
        pg::Connection const attempt(url);
        return true;
    } catch (Failure const& failed) {
        return failed.diagnostics().front().code != "CM0402";
    }
}

bool replays(Source const& side) {
    return std::holds_alternative<FromMigrations>(side);
}

/// Migrations are replayed in the shadow database, in the schema of the live side or else of the
/// project's database. It must be neither.
void use_shadow(Reader& reader, pg::Url shadow, std::optional<pg::Url> const& live) {
    auto const nearby = live ? std::nullopt : find_usable_url(reader.project, reader.datasource);
    if (live) {
        *reader.early = std::make_unique<pg::Connection>(*live);
        reader.target_identity = pg::identity(**reader.early);
    } else if (nearby) {
        try {
            pg::Connection connection(*nearby);
            reader.target_identity = pg::identity(connection);
        } catch (Failure const& failed) {
            // Its rows, its record and its mark would tell it, too.
            if (failed.exit_code() == ExitCode::interrupted) throw;
        }
    }
    reader.target = Target{.url = live ? *live : shadow, .shadow_url = shadow};
    if (nearby) {
        reader.target->url.schema = nearby->schema;
    }
}

Reader make_reader(Project const& project, SourceMap& sources, Source const& from, Source const& to,
                   std::optional<std::string> const& shadow_url, Progress progress) {
    Reader reader{.project = project, .sources = sources, .progress = std::move(progress)};
    read_models(reader.models, project, from, to, sources);
    reader.datasource = datasource_of(project, to, sources, reader.models);
    if (!reader.datasource) {
        reader.datasource = datasource_of(project, from, sources, reader.models);
    }
    auto url = server_of(project, to, sources);
    if (!url) {
        url = server_of(project, from, sources);
    }
    auto const is_replayed = replays(from) || replays(to);
    if (shadow_url && is_replayed) {
        use_shadow(reader, pg::parse_url(*shadow_url), url);
    } else if (url) {
        reader.target = Target{.url = *url};
    } else {
        // Neither side is that database, so that it need not be there; where nothing is replayed,
        // its URL may be anything.
        reader.default_schema = schema_of_url(project, reader.datasource);
        auto const nearby =
            is_replayed ? find_usable_url(project, reader.datasource) : std::nullopt;
        if (nearby && is_reachable(*nearby)) reader.target = Target{.url = *nearby};
    }
    if (reader.target) {
        reader.default_schema = reader.target->url.schema;
    }
    return reader;
}

/// A schema file takes the form that compares with the other side, a database.
std::vector<Unsettled> adapt(State& state, State const& other, Reader const& reader) {
    if (!state.model) {
        return {};
    }
    auto [schema, unsettled] =
        declared_schema(*state.model, reader.default_schema, reader.project.configuration.external,
                        other.schema, other.server());
    state.schema = std::move(schema);
    return unsettled;
}

}  // namespace

Change compare_sources(Project const& project, SourceMap& sources, Source const& from,
                       Source const& to, std::optional<std::string> const& shadow_url,
                       Progress progress) {
    auto const reader = make_reader(project, sources, from, to, shadow_url, std::move(progress));
    auto const read = [&](Source const& source) {
        return std::visit([&](auto const& s) { return reader.read(s); }, source);
    };
    State before{};
    State after{};
    if (std::holds_alternative<FromSchema>(from) && std::holds_alternative<FromSchema>(to)) {
        both([&] { before = read(from); }, [&] { after = read(to); });
    } else {
        before = read(from);
        after = read(to);
    }
    std::vector<Unsettled> unsettled{};
    if (before.model && after.model) {
        after.schema = schema::adapted(std::move(after.schema), before.schema,
                                       dsl::has_preview_feature(*after.model, "partialIndexes"));
    } else {
        unsettled = before.model ? adapt(before, after, reader) : adapt(after, before, reader);
    }
    auto change = change_between(before.schema, after.schema, reader.default_schema);
    change.unsettled = std::move(unsettled);
    return change;
}

}  // namespace cm::engine
