// Default privileges that migrations give or take: emptying schemas leaves them, and what the same
// migrations make again would get rights that it had not.
#pragma once
#include <vector>

#include "history/directory.hpp"
#include "pg/default_privileges.hpp"

namespace cm::engine {

/// Of `all`, those that a statement of the migrations is about. `current_role`: for whom a
/// statement counts that names no role.
std::vector<pg::DefaultPrivilege> made_default_privileges(
    std::vector<history::Migration> const& migrations, std::vector<pg::DefaultPrivilege> all,
    std::string const& current_role);

}  // namespace cm::engine
