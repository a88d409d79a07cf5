// See verification.hpp.
#include "engine/verification.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "history/replay.hpp"
#include "pg/scratch_database.hpp"

namespace cm::engine {
namespace {

void run(pg::ScratchDatabase& scratch, std::string_view title, std::string const& text,
         SourceMap& sources) {
    history::ReplayState state{.server = scratch.is_private() ? history::ReplayServer::temporary
                                                              : history::ReplayServer::real};
    history::replay_script(title, text, scratch.connection(), sources, state);
}

[[noreturn]] void throw_not_made(std::string_view what) {
    throw Failure(error("CM0331", "the change could not be verified")
                      .note("the state that it starts from cannot be made in a scratch database: "
                            "{}",
                            what)
                      .help("run the command without `--verify`, and try the script on a copy of "
                            "the database"),
                  ExitCode::not_verified);
}

/// Less the definitions that rely on schemas which are not compared, and so are not there.
schema::Schema self_contained(schema::Schema schema) {
    std::set<object::ObjectRef> gone{};
    auto const is_beyond = [&](object::ObjectRef const& used) {
        return gone.contains(used) || gone.contains({used.kind, used.name}) ||
               (!used.name.schema.empty() && schema.namespaces.find(used.name.schema) == nullptr);
    };
    for (auto known = gone.size() + 1; known != gone.size();) {
        known = gone.size();
        for (auto const& [id, definition] : schema.definitions) {
            auto const needed = references(definition);
            if (std::any_of(needed.begin(), needed.end(), is_beyond)) gone.insert(id);
        }
    }
    for (auto const& id : gone) schema.definitions.remove(id);
    return schema;
}

/// The scratch database becomes what the change starts from.
void make_start(pg::ScratchDatabase& scratch, schema::Schema const& from, Trial const& trial,
                SourceMap& sources) {
    auto& connection = scratch.connection();
    std::string left{};
    try {
        connection.execute(fmt::format("CREATE SCHEMA IF NOT EXISTS {}",
                                       sql::quote_identifier(scratch.url().schema)));
        auto const start = change_between(trial.read(connection), from, trial.bare);
        run(scratch, "the current state", start.text, sources);
        left = change_between(trial.read(connection), from, trial.bare).text;
    } catch (Failure const& failed) {
        if (failed.exit_code() == ExitCode::interrupted) throw;
        throw_not_made(failed.what());
    }
    if (!left.empty()) throw_not_made("it would still need\n" + left);
}

[[noreturn]] void throw_wrong(Change const& change, std::string_view what) {
    throw Failure(error("CM0330", "internal error: the change does not lead to the desired state")
                      .note("{}", what)
                      .note("this is the change:\n{}", change.text)
                      .help("please report it with both schemas"));
}

void carry_out(schema::Schema const& from, Change const& change, Trial const& trial,
               pg::ScratchDatabase& scratch, SourceMap& sources) {
    make_start(scratch, from, trial, sources);
    try {
        run(scratch, "the change", change.text, sources);
    } catch (Failure const& failed) {
        if (failed.exit_code() == ExitCode::interrupted) throw;
        throw Failure(error("CM0331", "the change could not be verified")
                          .note("PostgreSQL refuses it in the scratch database: {}", failed.what())
                          .note("this is the change:\n{}", change.text)
                          .help("correct what stands in its way, as a function or a view that does "
                                "not fit the new type"),
                      ExitCode::failed_migration);
    }
    auto const connection = [&]() -> pg::Connection& { return scratch.connection(); };
    auto const rest = trial.rest(trial.read(scratch.connection()), {connection, connection, true});
    if (!rest.empty()) {
        throw_wrong(change, "carried out in the scratch database, it leaves this to be done:\n" +
                                rest.text);
    }
}

}  // namespace

void verify_change(schema::Schema const& from, Change const& change, Trial const& trial,
                   SourceMap& sources) {
    if (change.empty()) return;
    auto const start = self_contained(from);
    try {
        auto scratch = pg::ScratchDatabase::make(trial.beside);
        carry_out(start, change, trial, scratch, sources);
    } catch (history::NeedsPrivateServer const&) {
        auto scratch = pg::ScratchDatabase::make_private(trial.beside);
        carry_out(start, change, trial, scratch, sources);
    }
}

}  // namespace cm::engine
