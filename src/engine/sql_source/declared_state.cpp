// See declared_state.hpp.
#include "engine/sql_source/declared_state.hpp"

#include "base/file.hpp"
#include "base/log.hpp"
#include "engine/catalog_snapshot.hpp"
#include "engine/kept_states.hpp"
#include "engine/neighbours.hpp"
#include "engine/sql_source/loaded_source.hpp"
#include "engine/sql_source/pool.hpp"
#include "engine/sql_source/source_renames.hpp"
#include "schema/renamed.hpp"
#include "schema/renames.hpp"
#include "schema/scope.hpp"
#include "schema/undeclared.hpp"

namespace cm::engine {

namespace {

/// A source by its text, as migrations are kept by theirs. Never one of a migrations folder: those
/// have no such names.
std::vector<history::Migration> as_migrations(SourceText const& text, SourceMap const& sources) {
    std::vector<history::Migration> files{};
    for (auto const& file : text.files) {
        files.push_back(history::migration_of("schema in SQL", file.name, sources.text(file.file)));
    }
    return files;
}

/// With what the model beside it declares.
SourceText whole_text(Declaration const& declaration, std::string const& bare,
                      schema::ExternalObjects const& external, SourceMap& sources) {
    return declaration.is_mixed ? pooled_source(declaration, bare, external, sources)
                                : *declaration.sql;
}

LoadedSource loaded_for(Session& session, SourceText const& text) {
    auto const identity =
        session.target.shadow_url ? std::optional{pg::identity(*session.connection)} : std::nullopt;
    return LoadedSource(text,
                        {.target = session.target,
                         .target_identity = identity,
                         .is_trusted = session.project.options.trust_source},
                        session.project, session.sources);
}

/// What a model cannot say is kept unless it is declared; what it can is its own to decide on.
bool is_kept(Session const& session, Declaration const& declaration,
             schema::Undeclared const& object) {
    if (declaration.is_mixed && object.is_said_by_models) return false;
    return is_undeclared_kept(session, object.kind, object.id);
}

/// A project beside others refers to tables that it does not declare, and which are made for it:
/// what they are is not known from its text.
CompleteState loaded_beside_others(Session& session, SourceText const& text) {
    auto loaded = loaded_for(session, text);
    auto state = read_complete_state(loaded.connection(), session);
    state.schema = schema::without_objects(
        std::move(state.schema),
        [&](object::ObjectRef const& object) { return loaded.outside().contains(object); });
    return state;
}

}  // namespace

CompleteState const& declared_state(Session& session, Declaration const& declaration) {
    if (session.declared) return *session.declared;
    if (session.project.is_drizzle) {
        session.declared =
            std::make_shared<CompleteState const>(loaded_beside_others(session, *declaration.sql));
        return *session.declared;
    }
    auto state = std::make_shared<CompleteState>();
    auto const reading = [&](sql::QueryFunction const& fetch) {
        *state = read_complete_state(fetch, session);
    };
    auto const& cache = kept_states(session).cache;
    auto const text = whole_text(declaration, session.target.url.schema,
                                 session.project.configuration.external, session.sources);
    auto const files = as_migrations(text, session.sources);
    auto results = find_kept(cache, files, reading);
    if (!results) {
        auto loaded = loaded_for(session, text);
        results = query_snapshot(loaded.connection(), reading);
        if (cache && !session.is_dry_run) cache->keep(files, *results);
    }
    reading(sql::results_from(*results));
    if (declaration.is_mixed) {
        refuse_disagreement(declaration, state->schema, session.target.url.schema,
                            session.project.configuration.external);
    }
    session.declared = std::move(state);
    return *session.declared;
}

void load_declared_state(Session& session) {
    auto const& project = session.project;
    if (!project.is_sql || session.declared || !is_present(path_to_open(project, project.schema)))
        return;
    try {
        declared_state(session, read_declaration(project, session.sources));
    } catch (Failure const& failed) {
        if (failed.exit_code() == ExitCode::interrupted) throw;
        log::swallowed("loading the schema", failed);
    }
}

void check_source(Project const& project, SourceMap& sources, Declaration const& declaration) {
    auto const& datasource = declaration.model.datasource;
    auto const& external = project.configuration.external;
    auto const bare = schema_of_url(project, datasource);
    auto const text = whole_text(declaration, bare, external, sources);
    LoadedSource loaded(text,
                        {.target = find_reachable_target(project, datasource),
                         .is_trusted = project.options.trust_source},
                        project, sources);
    if (!declaration.is_mixed) return;
    auto& connection = loaded.connection();
    auto const schemas = managed_schemas(project, datasource, connection.url());
    refuse_disagreement(declaration, read_schema(connection, schemas, bare, project, datasource),
                        bare, external);
}

Change change_to_source(Session& session, CompleteState from, StateOf state,
                        Declaration const& declaration, Server const& server) {
    know_neighbours(session);
    auto to = declared_state(session, declaration);
    auto const& bare = session.target.url.schema;
    std::vector<Unsettled> unsettled{};
    forget_replay(from.schema, from.role, to.schema, to.role);
    if (declaration.is_mixed) {
        auto declared = declared_schema_with_files(declaration, to.schema, from.schema, bare,
                                                   session.project.configuration.external, server,
                                                   declaration.renames);
        unsettled = std::move(declared.unsettled);
        to.schema = std::move(declared.schema);
    } else {
        add_former_names(to.schema, *declaration.sql, bare);
        to.schema =
            schema::with_flags(std::move(to.schema), from.schema, declaration.renames, bare);
    }
    auto renames = schema::renames_to(from.schema, to.schema);
    from.schema = schema::renamed(std::move(from.schema), renames);
    schema::forget_asked(to.schema);
    refuse_record_of_others(session, to.schema);
    auto left = left_to_others(session, to.schema);
    auto const is_made_here = session.project.is_drizzle && state == StateOf::migrations;
    if (!is_made_here) from.schema = own_part(session, std::move(from.schema), to.schema);
    auto kept =
        schema::keep_undeclared(from.schema, to.schema, [&](schema::Undeclared const& object) {
            return !is_made_here && is_kept(session, declaration, object);
        });
    auto change = change_between(from.schema, to.schema, bare, std::move(renames));
    change.kept = std::move(kept);
    change.left = std::move(left);
    change.unsettled = std::move(unsettled);
    return change;
}

}  // namespace cm::engine
