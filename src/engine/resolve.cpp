// See resolve.hpp.
#include "engine/resolve.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/contains.hpp"
#include "base/text.hpp"
#include "engine/bounded_reading.hpp"
#include "engine/development.hpp"
#include "engine/neighbours.hpp"

namespace cm::engine {
namespace {

constexpr std::size_t timestamp_length = 14;

/// What people remember of a name.
std::string_view without_timestamp(std::string_view name) {
    if (!history::has_timestamp(name)) return name;
    name.remove_prefix(timestamp_length);
    if (name.starts_with('_')) name.remove_prefix(1);
    return name;
}

/// Time stamps are alike whether or not the names are: the words are compared first, then the time.
std::optional<std::string> meant_by(std::string const& given,
                                    std::vector<std::string_view> const& names) {
    std::vector<std::string_view> words{};
    words.reserve(names.size());
    for (auto const name : names) words.push_back(without_timestamp(name));
    if (auto const meant = did_you_mean(without_timestamp(given), words)) {
        return std::string(names[static_cast<std::size_t>(
            std::find(words.begin(), words.end(), *meant) - words.begin())]);
    }
    if (!history::has_timestamp(given)) return did_you_mean(given, names);
    auto const at_that_time = std::find_if(names.begin(), names.end(), [&](auto const name) {
        return name.starts_with(std::string_view(given).substr(0, timestamp_length));
    });
    return at_that_time == names.end() ? std::nullopt : std::optional{std::string(*at_that_time)};
}

}  // namespace

void throw_no_such_migration(std::string const& name, history::Directory const& directory,
                             std::vector<std::string> const& recorded) {
    auto diagnostic =
        error("CM0520", "the migration `{}` does not exist", name).about({.migration = name});
    std::vector<std::string_view> names(recorded.begin(), recorded.end());
    for (auto const& migration : directory.migrations) {
        names.push_back(migration.name);
    }
    if (auto const meant = meant_by(name, names)) {
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
    if (path.filename() == "migration.sql" && path.has_parent_path()) {
        path = path.parent_path();
    }
    return path.filename().string();
}

bool is_lost(Session& session, std::string const& name) {
    if (!migrations_named(session.directory, {name}).empty()) return false;
    auto const entries = history::read(session.migrations_table, *session.connection);
    return std::any_of(entries.begin(), entries.end(), [&](history::MigrationRecord const& entry) {
        return entry.migration_name == name;
    });
}

void refuse_repair(std::string_view option, std::string_view what_for, std::string const& name,
                   std::string_view is, std::string help) {
    throw Failure(
        error("CM0559", "`{}` requires a migration that {}: `{}` {}", option, what_for, name, is)
            .about({.migration = name})
            .help("{}", help));
}

void refuse_lost(std::string_view option, std::string const& name) {
    refuse_repair(option, "is in the folder", name,
                  "is recorded, but missing from the migrations folder",
                  fmt::format("restore the folder from version control; if it cannot be restored: "
                              "`cm-migrate resolve --forget {}`",
                              name));
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
        if (is_lost(session, name)) refuse_lost("--applied", name);
        throw_no_such_migration(name, session.directory);
    }
    if (contains(compare(session).applied, name)) {
        throw Failure(
            error("CM0521", "the migration `{}` is already applied", name)
                .about({.migration = name})
                .help("there is nothing to resolve; `cm-migrate status` shows the history"));
    }
    if (session.is_dry_run) return;
    write_bounded(*session.connection, the_migrations_table, [&] {
        prepare_database(session);
        pg::Transaction transaction{*session.connection};
        history::mark_rolled_back(session.migrations_table, *session.connection, name);
        insert_applied(session, found.front());
        transaction.commit();
    });
    record_migrations(session);
}

bool resolve_rolled_back(Session& session, std::string const& given) {
    auto const name = migration_called(given);
    auto const comparison = compare(session);
    if (!contains(comparison.failed, name)) {
        if (contains(comparison.applied, name)) {
            throw Failure(error("CM0522", "the migration `{}` has not failed: it is applied", name)
                              .about({.migration = name})
                              .help("to revert its changes, create a new migration"));
        }
        if (migrations_named(session.directory, {name}).empty()) {
            if (is_lost(session, name)) refuse_lost("--rolled-back", name);
            throw_no_such_migration(name, session.directory);
        }
        if (std::any_of(comparison.undone.begin(), comparison.undone.end(),
                        [&](history::UndoneAttempt const& a) { return a.name == name; })) {
            return false;
        }
        throw Failure(error("CM0522", "the migration `{}` has not failed: it is pending", name)
                          .about({.migration = name})
                          .help("`cm-migrate deploy` applies it"));
    }
    if (session.is_dry_run) return true;
    write_bounded(*session.connection, the_migrations_table, [&] {
        history::mark_rolled_back(session.migrations_table, *session.connection, name);
    });
    return true;
}

}  // namespace cm::engine
