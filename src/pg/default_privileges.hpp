// Default privileges, which lie in no schema's contents, but add to what is made there.
#pragma once
#include <string>
#include <vector>

#include "pg/connection.hpp"

namespace cm::pg {

/// One right that is given or taken beside those that go without saying.
struct DefaultPrivilege {
    std::string schema{};     ///< empty: in the whole database
    std::string role{};       ///< whose objects get it
    std::string sort{};       ///< `TABLES`
    std::string grantee{};    ///< empty: PUBLIC
    std::string statement{};  ///< undoes it
};

/// Those that the role may change.
std::vector<DefaultPrivilege> default_privileges(Connection& connection);

}  // namespace cm::pg
