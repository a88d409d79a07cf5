// See recorded_state.hpp.
#include "engine/recorded_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/log.hpp"
#include "base/sha256.hpp"
#include "engine/catalog_snapshot.hpp"
#include "engine/made_comparison.hpp"
#include "engine/neighbours.hpp"
#include "engine/replay.hpp"
#include "engine/sql_source/declared_state.hpp"
#include "schema/change_undone.hpp"
#include "schema/diff.hpp"
#include "schema/known_renames.hpp"
#include "schema/plan.hpp"
#include "schema/renamed.hpp"
#include "sql/result_sets.hpp"

namespace cm::engine {
namespace {

/// More is not remembered: the record then begins anew.
constexpr std::size_t most_drifts = 50;

sql::CatalogReader reader_into(CompleteState& state, Session const& session) {
    return [&](sql::QueryFunction const& fetch) { state = read_complete_state(fetch, session); };
}

std::vector<std::string> queries(Session const& session) {
    CompleteState unused{};
    return sql::queries_of(reader_into(unused, session));
}

/// Servers of two major versions may print one definition in two ways, and other queries have other
/// answers.
std::string format_of(Session const& session, std::vector<std::string> const& queries) {
    std::string all{};
    for (auto const& query : queries) all += query + ';';
    return fmt::format("1 {} {}", pg::major_version(session.connection->server_version()),
                       sha256(all));
}

/// A query is named by its number: the texts are longer than the answers.
std::string number(std::size_t i) {
    return fmt::format("{:03}", i);
}

std::string text_of(sql::ResultSets const& results, std::vector<std::string> const& queries) {
    sql::ResultSets numbered{};
    for (std::size_t i = 0; i < queries.size(); ++i) {
        auto const found = results.find(queries[i]);
        if (found != results.end()) numbered.insert_or_assign(number(i), found->second);
    }
    return sql::to_text(numbered);
}

std::optional<CompleteState> parse_state(std::string_view text, Session const& session,
                                         std::vector<std::string> const& queries) {
    auto numbered = sql::parse_result_sets(text);
    if (!numbered) return {};
    sql::ResultSets results{};
    for (std::size_t i = 0; i < queries.size(); ++i) {
        auto const found = numbered->find(number(i));
        if (found == numbered->end()) return {};
        results.insert_or_assign(queries[i], std::move(found->second));
    }
    CompleteState state{};
    reader_into(state, session)(sql::results_from(results));
    return state;
}

std::string live_text(Session& session, std::vector<std::string> const& queries) {
    CompleteState unused{};
    return text_of(query_snapshot(*session.connection, reader_into(unused, session)), queries);
}

/// A database in which nothing had been done: it has the schema of the URL, with its privileges.
schema::Schema untouched(schema::Schema const& after, std::string const& bare) {
    auto before = schema::empty(bare);
    before.is_whole = after.is_whole;
    for (auto const& [name, definition] : after.definitions) {
        auto const& owner = definition.owned_by;
        if (owner && owner->kind == object::ObjectKind::namespace_ && owner->name.schema == bare)
            before.definitions.add(definition);
    }
    return before;
}

/// As stored; none if it cannot be read.
std::optional<KnownDrift> parse_drift(StoredDrift const& stored, Session const& session,
                                      std::vector<std::string> const& queries) {
    auto after = parse_state(stored.after, session, queries);
    auto before = stored.before ? parse_state(*stored.before, session, queries)
                                : std::optional<CompleteState>{};
    if (!after || (stored.before && !before)) return {};
    return KnownDrift{
        stored.seen_at, stored.migration,
        before ? std::move(before->schema) : untouched(after->schema, session.target.url.schema),
        std::move(after->schema), stored.is_accepted};
}

/// Schemas and extensions that were there already are named by migrations all the same: `IF NOT
/// EXISTS`. Which are the project's, a schema in SQL tells; beside models, no others are read.
template <class T>
void give_back(schema::Objects<T>& expected, schema::Objects<T> const& latest,
               schema::Objects<T> const* declared) {
    for (auto const& [name, object] : latest) {
        if (declared == nullptr || declared->find(name) != nullptr) expected.add(object);
    }
}

void give_back_named(schema::Schema& expected, schema::Schema const& latest,
                     Session const& session) {
    if (session.project.is_sql && !session.declared) return;
    auto const* const declared = session.project.is_sql ? &session.declared->schema : nullptr;
    give_back(expected.namespaces, latest.namespaces, declared ? &declared->namespaces : nullptr);
    give_back(expected.extensions, latest.extensions, declared ? &declared->extensions : nullptr);
}

/// Each of them, from the newest: what has been seen first is the deepest.
CompleteState less(CompleteState latest, std::vector<KnownDrift> const& drifts,
                   Session const& session) {
    auto schema = latest.schema;
    for (auto drift = drifts.rbegin(); drift != drifts.rend(); ++drift)
        schema = schema::without_change(std::move(schema), drift->before, drift->after);
    give_back_named(schema, latest.schema, session);
    latest.schema = std::move(schema);
    return latest;
}

RecordedStateOrReason read_recorded(Session const& session) {
    auto const stored =
        read_state(session.migrations_table, *session.connection, session.has_state_table);
    if (!stored) return {{}, "no state of the database is recorded"};
    if (!stored->is_current)
        return {{}, "migrations were recorded without the state of the database that they lead to"};
    auto const asked = queries(session);
    constexpr auto unreadable =
        "the recorded state is one of another version of PostgreSQL or cm-migrate, or of other "
        "schemas";
    if (stored->format != format_of(session, asked)) return {{}, unreadable};
    auto latest = parse_state(stored->latest, session, asked);
    if (!latest) return {{}, unreadable};
    RecordedState result{.recorded_at = stored->recorded_at};
    std::vector<KnownDrift> all{};
    for (auto const& each : stored->drifts) {
        auto drift = parse_drift(each, session, asked);
        if (!drift) return {{}, unreadable};
        if (!drift->is_accepted) result.drifts.push_back(*drift);
        all.push_back(std::move(*drift));
    }
    if (stored->is_exact) result.made = less(*latest, all, session);
    result.expected = less(std::move(*latest), result.drifts, session);
    return {std::move(result), {}};
}

/// Prisma calls a table that it does not know drift, and offers to reset; and what a project beside
/// others has is told by its list.
bool has_own_record(Session const& session) {
    return !session.project.is_drizzle &&
           session.migrations_table.table.name != "_prisma_migrations";
}

/// A drift that no longer shows in anything need not be remembered.
void forget_settled(StoredState& stored, Session const& session,
                    std::vector<std::string> const& queries) {
    if (stored.drifts.empty()) return;
    auto const latest = parse_state(stored.latest, session, queries);
    if (!latest) return;
    std::erase_if(stored.drifts, [&](StoredDrift const& each) {
        auto const drift = parse_drift(each, session, queries);
        return drift && schema::without_change(latest->schema, drift->before, drift->after) ==
                            latest->schema;
    });
}

void swallow(std::string_view doing, pg::SqlError const& refused) {
    if (refused.connection_lost()) throw refused;
    log::swallowed(doing, refused);
}

void swallow(std::string_view doing, Failure const& failure) {
    if (failure.exit_code() == ExitCode::interrupted) throw failure;
    log::swallowed(doing, failure);
}

}  // namespace

RecordedStateOrReason find_recorded_state(Session const& session) {
    try {
        return read_recorded(session);
    } catch (pg::SqlError const& refused) {
        swallow("reading the recorded state", refused);
        return {{}, fmt::format("the recorded state cannot be read: {}", refused.server().message)};
    }
}

schema::Steps seen_before(KnownDrift const& known, schema::Steps const& drift,
                          schema::Schema const& live) {
    std::set<object::ObjectRef> changed{};
    auto const subject = [](schema::Step const& step) {
        return std::visit([](auto const& it) { return object::self(schema::placed_object(it)); },
                          step);
    };
    for (auto const& step : drift) changed.insert(subject(step));
    auto before = schema::without_change(live, known.before, known.after);
    auto seen = schema::known_renames(before, live);
    if (!seen.empty()) before = schema::renamed(std::move(before), seen);
    for (auto& step : schema::plan(schema::diff(before, live))) seen.push_back(std::move(step));
    std::erase_if(seen, [&](schema::Step const& step) { return !changed.contains(subject(step)); });
    return seen;
}

StateRecording::StateRecording(Session& session, bool applied_before, bool is_whole)
    : session_(session), is_wanted_(!session.is_dry_run && has_own_record(session)) {
    if (!is_wanted_) return;
    queries_ = queries(session);
    format_ = format_of(session, queries_);
    try {
        if (!applied_before) {
            stored_ = StoredState{.is_exact = true};
            if (is_whole) stored_->drifts.push_back({.after = live_text(session, queries_)});
            return;
        }
        stored_ = read_state(session.migrations_table, *session.connection);
        if (!stored_ || !stored_->is_current || stored_->format != format_) {
            stored_.reset();
            return;
        }
        if (!is_whole) return;
        auto now = live_text(session, queries_);
        if (now != stored_->latest)
            stored_->drifts.push_back({.before = stored_->latest, .after = std::move(now)});
    } catch (pg::SqlError const& refused) {
        swallow("looking at the state before migrations", refused);
        stored_.reset();
    } catch (Failure const& failure) {
        swallow("looking at the state before migrations", failure);
        stored_.reset();
    }
}

void StateRecording::finish(std::string const& first) {
    if (!is_wanted_) return;
    try {
        auto next = std::move(stored_).value_or(StoredState{});
        // Beside a schema in SQL, all of the database counts: what others have there would be taken
        // for the work of migrations.
        if (!next.is_exact && session_.project.is_sql) return;
        next.format = format_;
        next.latest = live_text(session_, queries_);
        if (!next.drifts.empty() && next.drifts.back().migration.empty())
            next.drifts.back().migration = first;
        forget_settled(next, session_, queries_);
        if (next.drifts.size() > most_drifts) {
            next.drifts.clear();
            next.is_exact = false;
        }
        store_state(session_.migrations_table, *session_.connection, next);
    } catch (pg::SqlError const& refused) {
        log::swallowed("recording the state", refused);  // a lost connection, too: all is applied
    } catch (Failure const& failure) {
        swallow("recording the state", failure);
    }
}

Acceptance plan_acceptance(Session& session) {
    load_declared_state(session);
    auto const history = compare(session);
    auto const refuse = [](std::string_view why) {
        throw Failure(error("CM0569", "the state of the database cannot be recorded: {}", why)
                          .note("nothing was recorded"));
    };
    if (!has_own_record(session))
        refuse(session.project.is_drizzle
                   ? "a Drizzle project keeps a list of what it has made instead"
                   : "the migrations table is Prisma's, which calls any other table drift");
    if (history.applied.empty() && history.missing.empty())
        refuse("no migrations are recorded as applied");
    if (!history.failed.empty()) refuse("a failed migration is not resolved yet");
    Replay replay{session};
    try {
        auto found = find_recorded_state(session);
        if (found.state)
            replay.know(migrations_named(session.directory, history.applied),
                        std::move(found.state->expected));
        auto drift = find_drift(session, replay, history);
        return {drift ? std::optional{std::move(drift->made)} : std::nullopt, {}};
    } catch (Failure const& failure) {
        swallow("looking for drift", failure);
        return {{}, failure.diagnostics().front().message};
    } catch (pg::SqlError const& refused) {
        swallow("looking for drift", refused);
        return {{}, refused.server().message};
    }
}

void accept_state(Session& session) {
    auto const asked = queries(session);
    auto const format = format_of(session, asked);
    auto next = read_state(session.migrations_table, *session.connection).value_or(StoredState{});
    if (!next.is_current || next.format != format) next = StoredState{};
    auto now = live_text(session, asked);
    if (next.is_exact) next.drifts.push_back({.before = next.latest, .after = now});
    for (auto& drift : next.drifts) drift.is_accepted = true;
    next.format = format;
    next.latest = std::move(now);
    forget_settled(next, session, asked);
    store_state(session.migrations_table, *session.connection, next);
}

}  // namespace cm::engine
