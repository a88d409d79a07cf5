// See diff_sides.hpp.
#include "engine/diff_sides.hpp"

#include "base/file.hpp"
#include "base/log.hpp"
#include "base/run_in_parallel.hpp"
#include "engine/catalog_snapshot.hpp"
#include "engine/declaration.hpp"
#include "engine/index_builds.hpp"
#include "engine/sql_source/pool.hpp"
#include "engine/sql_source/source_renames.hpp"
#include "history/directives.hpp"
#include "schema/from_dsl.hpp"
#include "schema/scope.hpp"
#include "schema/undeclared.hpp"

namespace cm::engine {

bool replays(Source const& side) {
    return std::holds_alternative<FromMigrations>(side);
}

bool is_sql(Project const& project, Source const& side) {
    auto const* const file = std::get_if<FromSchema>(&side);
    return file != nullptr && is_sql_schema(project, project.root / file->path);
}

bool has_files_beside(Project const& project, Source const& side) {
    auto const* const file = prisma_file(project, side);
    return file != nullptr && objects_of(project, project.root / file->path).has_value();
}

FromSchema const* prisma_file(Project const& project, Source const& side) {
    return is_sql(project, side) ? nullptr : std::get_if<FromSchema>(&side);
}

DiffSide SideReader::live(pg::Url const& url) const {
    DiffSide state{};
    state.connection = *early && (*early)->url() == url ? std::move(*early)
                                                        : std::make_unique<pg::Connection>(url);
    state.connection->set_read_lock_timeout(project.options.read_lock_timeout);
    state.connection->on_read_wait(progress.waiting);
    state.stand_in = std::make_unique<StandIn>(*state.connection);
    if (is_complete && !is_whole) {
        auto found = complete(*state.connection);
        state.schema = std::move(found.schema);
        state.role = std::move(found.role);
    } else {
        state.schema =
            is_whole ? read_whole_database(*state.connection, project)
                     : read_schema(*state.connection, managed_schemas(project, datasource, url),
                                   url.schema, project, datasource);
    }
    report_index_builds(state.schema, progress);
    return state;
}

CompleteState SideReader::complete(pg::Connection& connection) const {
    auto const& url = connection.url();
    CompleteState state{};
    read_snapshot(connection, [&](sql::QueryFunction const& fetch) {
        state = read_complete_state(fetch, managed_schemas(project, datasource, url), url.schema,
                                    project, datasource);
    });
    return state;
}

DiffSide SideReader::read(FromEmpty const&) const {
    if (is_whole || is_complete) return loaded({});
    return {.schema = schema::empty(default_schema)};
}

DiffSide SideReader::loaded(SourceText const& text) const {
    DiffSide state{};
    state.source =
        std::make_unique<LoadedSource>(text,
                                       SourceHome{.target = target,
                                                  .target_identity = target_identity,
                                                  .is_trusted = project.options.trust_source},
                                       project, sources);
    auto& connection = state.source->connection();
    if (is_whole) {
        state.schema = read_whole_database(connection, project);
    } else if (is_complete) {
        auto found = complete(connection);
        state.schema = std::move(found.schema);
        state.role = std::move(found.role);
    } else {
        state.schema =
            read_schema(connection, managed_schemas(project, datasource, connection.url()),
                        connection.url().schema, project, datasource);
    }
    add_former_names(state.schema, text, connection.url().schema);
    state.schema = schema::without_objects(
        std::move(state.schema),
        [&](object::ObjectRef const& object) { return state.source->outside().contains(object); });
    return state;
}

DiffSide SideReader::mixed(std::shared_ptr<Declaration const> declaration) const {
    auto const& external = project.configuration.external;
    auto state = loaded(pooled_source(*declaration, default_schema, external, sources));
    refuse_disagreement(*declaration, state.schema, default_schema, external);
    state.mixed = MixedSide{std::move(declaration), state.schema};
    return state;
}

DiffSide SideReader::read(FromSchema const& source) const {
    if (!declarations.contains(source.path)) {
        return loaded(read_source_text(project, project.root / source.path, sources));
    }
    DiffSide state{};
    auto const& declaration = declarations.at(source.path);
    if (is_mixed) return mixed(declaration);
    state.model = {declaration, &declaration->model};
    state.schema = schema::without_external(schema::from_dsl(*state.model, default_schema),
                                            project.configuration.external);
    return state;
}

DiffSide SideReader::read(FromDatasource const& source) const {
    auto const from = read_datasource(project, project.root / source.path, sources);
    auto const url = find_url(project, from);
    if (url) {
        return live(*url);
    }
    throw Failure(error("CM0042", "the datasource of `{}` has no database URL", source.path)
                      .help("set the environment variable that its `url` refers to, or pass a URL"),
                  ExitCode::usage);
}

DiffSide SideReader::read(FromMigrations const& source) const {
    DiffSide state{};
    auto const folder = path_to_open(project, project.root / source.path);
    if (!is_folder(folder)) {
        throw Failure(
            error("CM0043", "the folder `{}` does not exist", source.path)
                .help("for a project without migrations, use `--from-empty` or `--to-empty`"));
    }
    state.replay =
        std::make_unique<Replay>(project, sources, target, datasource, progress, target_identity);
    auto const directory = history::read_directory(folder);
    history::check_directives(directory, sources);
    if (is_whole) {
        state.replay->state_after(directory.migrations);
        state.schema = read_whole_database(state.replay->connection(), project);
    } else if (is_complete) {
        auto const& found = state.replay->complete_state_after(directory.migrations);
        state.schema = found.schema;
        state.role = found.role;
    } else {
        state.schema = state.replay->state_after(directory.migrations);
    }
    return state;
}

DiffSide SideReader::read(FromUrl const& source) const {
    return live(pg::parse_url(source.url));
}

Normalized SideReader::completed(MixedSide const& side, schema::Schema const& actual,
                                 Server const& server,
                                 std::vector<schema::RenameFlag> const& renames) const {
    auto const& configuration = project.configuration;
    auto declared =
        declared_schema_with_files(*side.declaration, side.loaded, actual, default_schema,
                                   configuration.external, server, renames);
    if (side.keeps_undeclared) {
        schema::keep_undeclared(actual, declared.schema, [&](schema::Undeclared const& object) {
            return !object.is_said_by_models && configuration.undeclared.keeps(object.kind);
        });
    }
    return declared;
}

Trial SideReader::trial(DiffSide const& after) const {
    Trial trial{.beside = target ? std::optional{target->url} : std::nullopt,
                .bare = default_schema};
    trial.read = [this](pg::Connection& connection) {
        return is_whole ? read_whole_database(connection, project) : complete(connection).schema;
    };
    trial.rest = [this, &after](schema::Schema reached, Server const& server) {
        if (after.mixed) {
            auto const declared = completed(*after.mixed, reached, server);
            return change_between(reached, declared.schema, default_schema);
        }
        if (!after.model && (is_whole || is_complete))
            return change_between(reached, after.schema, default_schema);
        reached.definitions = {};
        if (!after.model) return change_between(reached, after.schema, default_schema);
        auto const declared = declared_schema(*after.model, default_schema,
                                              project.configuration.external, reached, server);
        return change_between(reached, declared.schema, default_schema);
    };
    return trial;
}

schema::Schema SideReader::start(DiffSide const& before, Source const& from) const {
    if (is_whole || is_complete) return before.schema;
    if (before.connection) return complete(*before.connection).schema;
    if (!before.replay) return before.schema;
    auto const& folder = std::get<FromMigrations>(from).path;
    auto const directory = history::read_directory(path_to_open(project, project.root / folder));
    return before.replay->complete_state_after(directory.migrations).schema;
}

std::vector<std::string> SideReader::schemas_of(DiffSide const& state) const {
    auto const url = state.connection ? state.connection->url() : target ? target->url : pg::Url{};
    return managed_schemas(project, datasource, url);
}

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

namespace {

/// The schema files of both sides at the same time. What is wrong with `from` is told first.
void read_models(Declarations& models, Project const& project, Source const& from, Source const& to,
                 SourceMap& sources) {
    auto const* const first = prisma_file(project, from);
    auto const* const second = prisma_file(project, to);
    auto const load = [&](FromSchema const& side) {
        return load_schema_files(project, project.root / side.path, sources);
    };
    auto const read = [&](std::vector<FileId> const& files) {
        return std::make_shared<Declaration const>(
            read_declaration(project, files, std::as_const(sources)));
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
    run_in_parallel([&] { model = read(files); }, [&] { other = read(other_files); });
}

/// With the SQL files beside the schema files.
void read_files_beside(Declarations& declarations, Project const& project, SourceMap& sources) {
    for (auto& [path, declaration] : declarations) {
        auto whole = *declaration;
        whole.is_mixed = true;
        whole.sql = std::make_shared<SourceText const>();
        add_files_beside(whole, project, project.root / path, sources);
        declaration = std::make_shared<Declaration const>(std::move(whole));
    }
}

std::optional<dsl::Datasource> datasource_of(Project const& project, Source const& source,
                                             SourceMap& sources, Declarations const& declarations) {
    if (auto const* const file = std::get_if<FromSchema>(&source)) {
        auto const found = declarations.find(file->path);
        return found == declarations.end() ? std::nullopt : found->second->model.datasource;
    }
    if (auto const* const file = std::get_if<FromDatasource>(&source)) {
        return read_datasource(project, project.root / file->path, sources);
    }
    return {};
}

/// Two databases, or a database and a schema in SQL, of which no URL names a schema: everything in
/// them counts.
bool is_whole_comparison(Project const& project, Source const& from, Source const& to) {
    auto const is_open = [&](Source const& side, Source const& other) {
        if (auto const* const url = std::get_if<FromUrl>(&side)) return !pg::names_schema(url->url);
        if (std::holds_alternative<FromDatasource>(side)) return false;
        if (std::holds_alternative<FromSchema>(side)) return is_sql(project, side);
        return is_sql(project, other);
    };
    return is_open(from, to) && is_open(to, from);
}

/// Both sides say all there is: none is a file of the Prisma language without SQL files, or nothing
/// beside what is no schema in SQL.
bool is_complete_comparison(Project const& project, Source const& from, Source const& to,
                            bool is_mixed) {
    auto const is_database = [&](Source const& side, Source const& other) {
        return is_mixed || replays(side) || std::holds_alternative<FromUrl>(side) ||
               std::holds_alternative<FromDatasource>(side) || is_sql(project, side) ||
               (std::holds_alternative<FromEmpty>(side) && is_sql(project, other));
    };
    return is_database(from, to) && is_database(to, from);
}

/// Migrations are replayed in the shadow database, in the schema of the live side or else of the
/// project's database. It must be neither.
void use_shadow(SideReader& reader, pg::Url shadow, std::optional<pg::Url> const& live) {
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
            log::swallowed("identifying the project's database", failed);
        }
    }
    reader.target = Target{.url = live ? *live : shadow, .shadow_url = shadow};
    if (nearby) {
        reader.target->url.schema = nearby->schema;
    }
}

}  // namespace

SideReader make_side_reader(Project const& project, SourceMap& sources, Source const& from,
                            Source const& to, std::optional<std::string> const& shadow_url,
                            Progress progress) {
    SideReader reader{.project = project, .sources = sources, .progress = std::move(progress)};
    reader.is_whole = is_whole_comparison(project, from, to);
    read_models(reader.declarations, project, from, to, sources);
    reader.is_mixed = has_files_beside(project, from) || has_files_beside(project, to);
    if (reader.is_mixed) read_files_beside(reader.declarations, project, sources);
    reader.is_complete = is_complete_comparison(project, from, to, reader.is_mixed);
    reader.datasource = datasource_of(project, to, sources, reader.declarations);
    if (!reader.datasource) {
        reader.datasource = datasource_of(project, from, sources, reader.declarations);
    }
    auto url = server_of(project, to, sources);
    if (!url) {
        url = server_of(project, from, sources);
    }
    auto const is_replayed = reader.is_mixed || replays(from) || replays(to) ||
                             is_sql(project, from) || is_sql(project, to);
    if (shadow_url && is_replayed) {
        use_shadow(reader, pg::parse_url(*shadow_url), url);
    } else if (url) {
        reader.target = Target{.url = *url};
    } else {
        // Neither side is that database, so that it need not be there; where nothing is replayed,
        // its URL may be anything.
        reader.default_schema = schema_of_url(project, reader.datasource);
        if (is_replayed) reader.target = find_reachable_target(project, reader.datasource);
    }
    if (reader.target) {
        reader.default_schema = reader.target->url.schema;
    }
    return reader;
}

}  // namespace cm::engine
