// The version of the build; CM_VERSION comes from the project() line of CMakeLists.txt.
#include "cm_migrate/version.hpp"

namespace cm_migrate {

std::string_view version() {
    return CM_VERSION;
}

}  // namespace cm_migrate
