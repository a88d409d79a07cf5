// See made_comparison.hpp.
#include "engine/made_comparison.hpp"

#include "engine/neighbours.hpp"
#include "schema/diff.hpp"
#include "schema/unmade.hpp"
#include "sql/rewrite.hpp"

namespace cm::engine {

bool MadeComparison::differs() const {
    return !schema::diff(made, live).empty();
}

bool prints_alike(Replay& replay, Session const& session) {
    constexpr int of_one_major = 10000;
    auto const printed_by = replay.server_version();
    return !printed_by ||
           *printed_by / of_one_major == session.connection->server_version() / of_one_major;
}

MadeComparison compare_with_replay(CompleteState live, Replay& replay,
                                   std::vector<history::Migration> const& migrations,
                                   Session const& session) {
    auto const& made = replay.complete_state_after(migrations);
    if (session.project.is_drizzle)
        live.schema = own_part(session, std::move(live.schema), made.schema);
    auto const partial_indexes = session.datasource && session.datasource->partial_indexes;
    auto kinds = schema::never_compared(live.unmanaged, made.unmanaged, partial_indexes);
    for (auto& kind : schema::unmade_attachments(made.schema, live.schema)) {
        kinds.insert(std::move(kind));
    }
    MadeComparison comparison{made.schema, std::move(live.schema), {kinds.begin(), kinds.end()}};
    // What names a role that is missing was made with another one.
    auto const is_as_written =
        prints_alike(replay, session) && !history::lacks_roles(replay.report());
    auto const is_reworded = [&](object::Definition const& definition) {
        return !is_as_written || sql::has_stub_body(definition.text);
    };
    schema::forget_wording(comparison.made, comparison.live, is_reworded);
    schema::forget_replayer(comparison.made, comparison.live, made.role);
    // A schema in SQL could have said all of it.
    if (!session.project.is_sql) schema::keep_unmade(comparison.made, comparison.live, live.role);
    return comparison;
}

}  // namespace cm::engine
