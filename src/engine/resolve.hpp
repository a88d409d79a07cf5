// Settling by hand what became of a migration.
#pragma once
#include "engine/session.hpp"

namespace cm::engine {

/// The migration that is meant by a name or by the path of its folder, as shells complete it.
std::string migration_called(std::string const& given);

/// Throws Failure CM0520, with the name of the folder, or of the record, that may be meant.
[[noreturn]] void throw_no_such_migration(std::string const& name,
                                          history::Directory const& directory,
                                          std::vector<std::string> const& recorded = {});

/// Recorded, in whatever state, and not in the folder.
bool is_lost(Session& session, std::string const& name);

/// Throws Failure CM0559: `option` is for a migration that `what_for`, and `name` is not.
[[noreturn]] void refuse_repair(std::string_view option, std::string_view what_for,
                                std::string const& name, std::string_view is, std::string help);

/// Throws Failure CM0559: `option` is for a migration that is in the folder, and `name` is lost.
[[noreturn]] void refuse_lost(std::string_view option, std::string const& name);

/// Throws Failure CM0520 if the folder has no migration of that name.
void require_migration(Session const& session, std::string const& name);

/// Records the migration as applied without running it; a failed attempt is marked as rolled back.
/// Throws Failure CM0520 (no such migration in the folder), CM0521 (it is applied already).
void resolve_applied(Session& session, std::string const& name);

/// Marks a failed migration as rolled back, so that `deploy` tries it again; false if its last
/// attempt is rolled back already. Throws Failure CM0520, CM0522 (it has not failed).
bool resolve_rolled_back(Session& session, std::string const& name);

}  // namespace cm::engine
