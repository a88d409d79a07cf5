// See diff_sources.hpp.
#include "engine/diff_sources.hpp"

#include "base/file.hpp"
#include "base/log.hpp"
#include "base/overloaded.hpp"
#include "base/run_in_parallel.hpp"
#include "dsl/preview_features.hpp"
#include "engine/catalog_snapshot.hpp"
#include "engine/declaration.hpp"
#include "engine/dependent_definitions.hpp"
#include "engine/index_builds.hpp"
#include "engine/neighbours.hpp"
#include "engine/remaining_dependents.hpp"
#include "engine/sql_source/loaded_source.hpp"
#include "engine/stand_in.hpp"
#include "engine/verification.hpp"
#include "history/directives.hpp"
#include "schema/from_dsl.hpp"
#include "schema/scope.hpp"
#include "schema/uncompared.hpp"
#include "schema/undeclared.hpp"
#include "schema/unmade.hpp"
#include "schema/with_unsaid.hpp"

namespace cm::engine {
namespace {

/// One side, with whatever keeps its server alive.
struct State {
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
            auto const connection = [this]() -> pg::Connection& { return source->connection(); };
            return {connection, connection, true};
        }
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
    bool is_whole{};     ///< two databases, of which all schemas are compared
    bool is_complete{};  ///< both sides say all there is: databases, or what migrations lead to
    Progress progress{};

    State live(pg::Url const& url) const {
        State state{};
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

    CompleteState complete(pg::Connection& connection) const {
        auto const& url = connection.url();
        CompleteState state{};
        read_snapshot(connection, [&](sql::QueryFunction const& fetch) {
            state = read_complete_state(fetch, managed_schemas(project, datasource, url),
                                        url.schema, project, datasource);
        });
        return state;
    }

    State read(FromEmpty const&) const {
        if (is_whole || is_complete) return loaded({});
        return {.schema = schema::empty(default_schema)};
    }

    /// What a source declares, or an empty database has, with all that a database tells.
    State loaded(SourceText const& text) const {
        State state{};
        state.source =
            std::make_unique<LoadedSource>(text,
                                           SourceHome{.target = target,
                                                      .target_identity = target_identity,
                                                      .is_trusted = project.options.trust_source},
                                           project, sources, progress);
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
        state.schema =
            schema::without_objects(std::move(state.schema), [&](object::ObjectRef const& object) {
                return state.source->outside().contains(object);
            });
        return state;
    }

    State read(FromSchema const& source) const {
        if (!models.contains(source.path)) {
            return loaded(read_source_text(project, project.root / source.path, sources));
        }
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
        throw Failure(
            error("CM0042", "the datasource of `{}` has no database URL", source.path)
                .help("set the environment variable that its `url` refers to, or pass a URL"),
            ExitCode::usage);
    }

    State read(FromMigrations const& source) const {
        State state{};
        auto const folder = path_to_open(project, project.root / source.path);
        if (!is_folder(folder)) {
            throw Failure(
                error("CM0043", "the folder `{}` does not exist", source.path)
                    .help("for a project without migrations, use `--from-empty` or `--to-empty`"));
        }
        state.replay = std::make_unique<Replay>(project, sources, target, datasource, progress,
                                                target_identity);
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

    State read(FromUrl const& source) const { return live(pg::parse_url(source.url)); }

    /// Where a change towards `after` is tried out.
    Trial trial(State const& after) const {
        Trial trial{.beside = target ? std::optional{target->url} : std::nullopt,
                    .bare = default_schema};
        trial.read = [this](pg::Connection& connection) {
            return is_whole ? read_whole_database(connection, project)
                            : complete(connection).schema;
        };
        trial.rest = [this, &after](schema::Schema reached, Server const& server) {
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

    /// What a change is tried on: with what a schema file does not tell of, since it may be in the
    /// way.
    schema::Schema start(State const& before, Source const& from) const {
        if (is_whole || is_complete) return before.schema;
        if (before.connection) return complete(*before.connection).schema;
        if (!before.replay) return before.schema;
        auto const& folder = std::get<FromMigrations>(from).path;
        auto const directory =
            history::read_directory(path_to_open(project, project.root / folder));
        return before.replay->complete_state_after(directory.migrations).schema;
    }

    /// That are compared with a schema file.
    std::vector<std::string> schemas_of(State const& state) const {
        auto const url = state.connection ? state.connection->url()
                         : target         ? target->url
                                          : pg::Url{};
        return managed_schemas(project, datasource, url);
    }
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

bool is_sql(Project const& project, Source const& side) {
    auto const* const file = std::get_if<FromSchema>(&side);
    return file != nullptr && is_sql_schema(project, project.root / file->path);
}

FromSchema const* prisma_file(Project const& project, Source const& side) {
    return is_sql(project, side) ? nullptr : std::get_if<FromSchema>(&side);
}

/// The files of both sides at the same time. What is wrong with `from` is told first.
void read_models(Models& models, Project const& project, Source const& from, Source const& to,
                 SourceMap& sources) {
    auto const* const first = prisma_file(project, from);
    auto const* const second = prisma_file(project, to);
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
    run_in_parallel([&] { model = read(files); }, [&] { other = read(other_files); });
}

std::optional<dsl::Datasource> datasource_of(Project const& project, Source const& source,
                                             SourceMap& sources, Models const& models) {
    if (auto const* const file = std::get_if<FromSchema>(&source)) {
        auto const model = models.find(file->path);
        return model == models.end() ? std::nullopt : model->second->datasource;
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

bool replays(Source const& side) {
    return std::holds_alternative<FromMigrations>(side);
}

/// Both sides say all there is: none is a file of the Prisma language, or nothing beside what is no
/// schema in SQL.
bool is_complete_comparison(Project const& project, Source const& from, Source const& to) {
    auto const is_database = [&](Source const& side, Source const& other) {
        return replays(side) || std::holds_alternative<FromUrl>(side) ||
               std::holds_alternative<FromDatasource>(side) || is_sql(project, side) ||
               (std::holds_alternative<FromEmpty>(side) && is_sql(project, other));
    };
    return is_database(from, to) && is_database(to, from);
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
            log::swallowed("identifying the project's database", failed);
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
    reader.is_whole = is_whole_comparison(project, from, to);
    reader.is_complete = is_complete_comparison(project, from, to);
    read_models(reader.models, project, from, to, sources);
    reader.datasource = datasource_of(project, to, sources, reader.models);
    if (!reader.datasource) {
        reader.datasource = datasource_of(project, from, sources, reader.models);
    }
    auto url = server_of(project, to, sources);
    if (!url) {
        url = server_of(project, from, sources);
    }
    auto const is_replayed =
        replays(from) || replays(to) || is_sql(project, from) || is_sql(project, to);
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

void add_never_compared(pg::Connection& connection, Change& change) {
    std::set<std::string> kinds{};
    read_snapshot(connection, [&](sql::QueryFunction const& fetch) {
        kinds = schema::uncompared_kinds(fetch);
    });
    change.never_compared.merge(kinds);
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

namespace {

/// A session with the database of the one side, where the other is a project's: it knows what in
/// the database is other projects'. None if no side is a database, or both are.
std::optional<Session> session_beside(Project const& project, SourceMap& sources,
                                      Source const& from, Source const& to) {
    auto const is_database = [](Source const& side) {
        return std::holds_alternative<FromUrl>(side) ||
               std::holds_alternative<FromDatasource>(side);
    };
    auto const is_declared = [](Source const& side) {
        return std::holds_alternative<FromSchema>(side) || replays(side);
    };
    auto const& database = is_database(from) ? from : to;
    auto const& declared = is_database(from) ? to : from;
    if (!is_database(database) || !is_declared(declared)) return {};
    auto const url = server_of(project, database, sources);
    if (!url) return {};
    auto session = open_session(project, sources, Target{.url = *url}, {}, {});
    know_neighbours(session);
    return session;
}

/// A project beside others is compared with its own part of a database.
void leave_to_neighbours(Session const& session, State& before, State& after) {
    auto& live = before.connection ? before : after;
    auto& declared = before.connection ? after : before;
    left_to_others(session, declared.schema);
    live.schema = own_part(session, std::move(live.schema), declared.schema);
    if (!before.connection) return;
    schema::keep_undeclared(before.schema, after.schema,
                            [&](std::string_view kind, object::ObjectRef const& object) {
                                return is_undeclared_kept(session, kind, object);
                            });
}

}  // namespace

Change compare_sources(Project const& asking, SourceMap& sources, Source const& from,
                       Source const& to, std::optional<std::string> const& shadow_url,
                       Progress progress, bool verify) {
    auto const beside = session_beside(asking, sources, from, to);
    auto const& project = beside ? beside->project : asking;
    auto const reader = make_reader(project, sources, from, to, shadow_url, std::move(progress));
    auto const read = [&](Source const& source) {
        return std::visit([&](auto const& s) { return reader.read(s); }, source);
    };
    State before{};
    State after{};
    auto const are_prisma_files =
        prisma_file(project, from) != nullptr && prisma_file(project, to) != nullptr;
    if (are_prisma_files) {
        run_in_parallel([&] { before = read(from); }, [&] { after = read(to); });
    } else {
        before = read(from);
        after = read(to);
    }
    if (beside && project.is_drizzle) leave_to_neighbours(*beside, before, after);
    std::vector<Unsettled> unsettled{};
    if (before.model && after.model) {
        after.schema = schema::adapted(std::move(after.schema), before.schema,
                                       dsl::has_preview_feature(*after.model, "partialIndexes"));
    } else if (reader.is_complete) {
        // As drift is found.
        auto const is_declared = is_sql(project, from) || is_sql(project, to);
        if (is_declared) {
            // Both say all there is.
        } else if (replays(from) && !replays(to)) {
            schema::forget_replayer(before.schema, after.schema, before.role);
            schema::keep_unmade(before.schema, after.schema, after.role);
        } else if (replays(to) && !replays(from)) {
            schema::forget_replayer(after.schema, before.schema, after.role);
            schema::keep_unmade(after.schema, before.schema, before.role);
        }
    } else if (!before.model && !after.model && (replays(from) || replays(to))) {
        // What Prisma shows of migrations beside nothing.
        before.schema = schema::without_details(std::move(before.schema));
        after.schema = schema::without_details(std::move(after.schema));
    } else {
        unsettled = before.model ? adapt(before, after, reader) : adapt(after, before, reader);
    }
    auto change =
        after.model && !before.model
            ? change_around_definitions(before.schema, after.schema, reader.default_schema,
                                        reader.schemas_of(before), before.server())
            : change_between(before.schema, after.schema, reader.default_schema);
    change.unsettled = std::move(unsettled);
    if (before.connection && !after.model)
        change.blocked = remaining_dependents(change.plan, *before.connection, Dropped::everything);
    if (reader.is_whole) {
        for (auto const* const side : {&before, &after}) {
            if (side->connection) add_never_compared(*side->connection, change);
            if (side->source) add_never_compared(side->source->connection(), change);
        }
    }
    if (verify) verify_change(reader.start(before, from), change, reader.trial(after), sources);
    return change;
}

}  // namespace cm::engine
