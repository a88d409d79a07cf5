// See made_comparison.hpp.
#include "engine/made_comparison.hpp"

#include "engine/made_renames.hpp"
#include "engine/neighbours.hpp"
#include "engine/recorded_state.hpp"
#include "schema/diff.hpp"
#include "schema/known_renames.hpp"
#include "schema/plan.hpp"
#include "schema/scope.hpp"
#include "schema/unmade.hpp"
#include "sql/rewrite.hpp"

namespace cm::engine {

namespace {

Change change_of(schema::Steps plan, std::string const& unqualified_schema) {
    Change change{};
    change.plan = std::move(plan);
    change.script = schema::to_sql(change.plan, unqualified_schema);
    change.text = schema::render(change.script);
    return change;
}

/// Those that no migration has made may be anybody's.
void leave_extensions(schema::Schema const& made, schema::Schema& live) {
    std::vector<std::string> strange{};
    for (auto const& [name, it] : live.extensions) {
        if (made.extensions.find(name) == nullptr) strange.push_back(name);
    }
    for (auto const& name : strange) live.extensions.remove(name);
}

}  // namespace

bool MadeComparison::differs() const {
    return !renames.empty() || !schema::diff(made, live).empty();
}

Change MadeComparison::done(std::string const& unqualified_schema) const {
    auto plan = renames;
    auto rest = schema::plan(schema::diff(made, live));
    std::move(rest.begin(), rest.end(), std::back_inserter(plan));
    return change_of(std::move(plan), unqualified_schema);
}

Change MadeComparison::undone(std::string const& unqualified_schema) const {
    auto plan = schema::plan(schema::diff(live, made));
    auto names = schema::taken_back(renames);
    std::move(names.begin(), names.end(), std::back_inserter(plan));
    return change_of(std::move(plan), unqualified_schema);
}

bool prints_alike(Replay& replay, Session const& session) {
    auto const printed_by = replay.server_version();
    return !printed_by || pg::major_version(*printed_by) ==
                              pg::major_version(session.connection->server_version());
}

MadeComparison compare_with_made(CompleteState live, CompleteState made, Session const& session,
                                 bool is_as_written) {
    auto const partial_indexes = session.datasource && session.datasource->partial_indexes;
    auto kinds = schema::never_compared(live.unmanaged, made.unmanaged, partial_indexes);
    for (auto& kind : schema::unmade_attachments(made.schema, live.schema)) {
        kinds.insert(std::move(kind));
    }
    MadeComparison comparison{
        std::move(made.schema), std::move(live.schema), {kinds.begin(), kinds.end()}, {}};
    auto const is_reworded = [&](object::Definition const& it, object::Definition const&) {
        return !is_as_written || sql::has_stub_body(it.text);
    };
    schema::forget_wording(comparison.made, comparison.live, is_reworded);
    schema::forget_replayer(comparison.made, comparison.live, made.role);
    if (session.project.is_sql) {  // it could have said all of it
        comparison.never_compared.clear();
        std::vector<schema::Schema const*> known{&comparison.made};
        if (session.declared) known.push_back(&session.declared->schema);
        comparison.live =
            schema::without_strangers(std::move(comparison.live), known, session.target.url.schema);
        if (session.project.is_drizzle)
            comparison.live = own_part(session, std::move(comparison.live), comparison.made);
    } else {
        schema::keep_unmade(comparison.made, comparison.live, live.role);
        if (session.project.is_mixed) leave_extensions(comparison.made, comparison.live);
    }
    return comparison;
}

MadeComparison compare_with_replay(CompleteState live, Replay& replay,
                                   std::vector<history::Migration> const& migrations,
                                   Session const& session) {
    auto const recorded = [&]() -> std::optional<schema::Schema> {
        auto found = find_recorded_state(session).state;
        return found ? std::optional{std::move(found->expected.schema)} : std::nullopt;
    };
    auto [made, renames] = state_under_names_of(live.schema, replay, migrations, recorded);
    // What names a role that is missing was made with another one.
    auto const is_as_written =
        prints_alike(replay, session) && !history::lacks_roles(replay.report());
    auto comparison = compare_with_made(std::move(live), std::move(made), session, is_as_written);
    comparison.renames = std::move(renames);
    return comparison;
}

}  // namespace cm::engine
