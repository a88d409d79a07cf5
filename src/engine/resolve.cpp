// See resolve.hpp.
#include "engine/resolve.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "engine/development.hpp"

namespace cm::engine {
namespace {

bool contains(std::vector<std::string> const& names, std::string const& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

void throw_no_such_migration(std::string const& name, history::Directory const& directory,
                             std::vector<std::string> const& recorded) {
    auto diagnostic = error("CM0520", "there is no migration `{}`", name);
    std::vector<std::string_view> names(recorded.begin(), recorded.end());
    for (auto const& migration : directory.migrations) {
        names.push_back(migration.name);
    }
    if (auto const meant = did_you_mean(name, names)) {
        diagnostic.help("did you mean `{}`?", *meant);
    } else {
        diagnostic.help("`cm-migrate status` lists the migrations");
    }
    throw Failure(std::move(diagnostic));
}

std::string migration_called(std::string const& given) {
    std::filesystem::path path{given};
    if (!path.has_filename()) {
        path = path.parent_path();
    }
    return path.filename().string();
}

void require_migration(Session const& session, std::string const& name) {
    if (migrations_named(session.directory, {name}).empty()) {
        throw_no_such_migration(name, session.directory);
    }
}

void resolve_applied(Session& session, std::string const& given) {
    auto const name = migration_called(given);
    auto const found = migrations_named(session.directory, {name});
    if (found.empty()) {
        throw_no_such_migration(name, session.directory);
    }
    if (contains(compare(session).applied, name)) {
        throw Failure(
            error("CM0521", "the migration `{}` is applied already", name)
                .help("there is nothing to settle; `cm-migrate status` shows the history"));
    }
    prepare_database(session);
    pg::Transaction transaction{*session.connection};
    history::mark_rolled_back(session.ledger, *session.connection, name);
    record_applied(session, found.front());
    transaction.commit();
}

bool resolve_rolled_back(Session& session, std::string const& given) {
    auto const name = migration_called(given);
    auto const comparison = compare(session);
    if (!contains(comparison.failed, name)) {
        if (contains(comparison.applied, name)) {
            throw Failure(error("CM0522", "the migration `{}` has not failed: it is applied", name)
                              .help("what it did can be taken back by a new migration"));
        }
        if (migrations_named(session.directory, {name}).empty()) {
            throw_no_such_migration(name, session.directory);
        }
        if (std::any_of(comparison.undone.begin(), comparison.undone.end(),
                        [&](history::UndoneAttempt const& a) { return a.name == name; })) {
            return false;
        }
        throw Failure(error("CM0522", "the migration `{}` has not failed: it is pending", name)
                          .help("`cm-migrate deploy` applies it"));
    }
    history::mark_rolled_back(session.ledger, *session.connection, name);
    return true;
}

}  // namespace cm::engine
