// Which cm-migrate a program was built with.
#pragma once
#include <string_view>

namespace cm_migrate {

/// "0.1.0".
std::string_view version();

}  // namespace cm_migrate
