// See declared_state.hpp.
#include "engine/sql_source/declared_state.hpp"

#include "engine/catalog_snapshot.hpp"
#include "engine/kept_states.hpp"
#include "engine/sql_source/loaded_source.hpp"
#include "schema/undeclared.hpp"
#include "schema/unmade.hpp"

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

sql::ResultSets load(Session& session, Declaration const& declaration,
                     sql::CatalogReader const& reading) {
    auto const identity =
        session.target.shadow_url ? std::optional{pg::identity(*session.connection)} : std::nullopt;
    LoadedSource loaded(*declaration.sql,
                        {.target = session.target,
                         .target_identity = identity,
                         .is_trusted = session.project.options.trust_source},
                        session.project, session.sources);
    return query_snapshot(loaded.connection(), reading);
}

}  // namespace

CompleteState const& declared_state(Session& session, Declaration const& declaration) {
    if (session.declared) return *session.declared;
    auto state = std::make_shared<CompleteState>();
    auto const reading = [&](sql::QueryFunction const& fetch) {
        *state = read_complete_state(fetch, session);
    };
    auto const& cache = kept_states(session).cache;
    auto const files = as_migrations(*declaration.sql, session.sources);
    auto results = find_kept(cache, files, reading);
    if (!results) {
        results = load(session, declaration, reading);
        if (cache && !session.is_dry_run) cache->keep(files, *results);
    }
    reading(sql::results_from(*results));
    session.declared = std::move(state);
    return *session.declared;
}

void check_source(Project const& project, SourceMap& sources, Declaration const& declaration) {
    LoadedSource const loaded(
        *declaration.sql,
        {.target = find_reachable_target(project, {}), .is_trusted = project.options.trust_source},
        project, sources);
}

Change change_to_source(Session& session, CompleteState from, Declaration const& declaration) {
    auto to = declared_state(session, declaration);
    if (from.role != to.role) schema::forget_replayer(from.schema, to.schema, from.role);
    auto kept = schema::keep_undeclared(from.schema, to.schema, [&](std::string_view kind) {
        return session.project.configuration.undeclared.keeps(kind);
    });
    auto change = change_between(from.schema, to.schema, session.target.url.schema);
    change.kept = std::move(kept);
    return change;
}

}  // namespace cm::engine
