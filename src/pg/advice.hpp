// What helps with the errors that the server itself stands behind: its limits, its state, rights.
#pragma once
#include <string_view>

namespace cm::pg {

/// Empty if the message says all there is to say.
std::string_view advice_for(std::string_view sqlstate);

/// Likewise for an attempt to connect.
std::string_view connect_advice_for(std::string_view sqlstate);

}  // namespace cm::pg
