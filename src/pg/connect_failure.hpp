// Why a connection was refused, and what to tell the user about it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "pg/url.hpp"

namespace cm::pg {

struct RefusedConnection {
    std::string sqlstate{};  ///< empty if no server said anything
    std::string reason{};
    std::vector<std::string> other_reasons{};  ///< of attempts at other addresses, or unencrypted
    bool no_server = false;
    bool needs_password = false;
};

/// Reads libpq's verbose message.
RefusedConnection read_refusal(std::string_view message, bool needs_password);

/// CM0402 no server, CM0403 wrong password or role, CM0404 no such database, CM0405 anything else.
/// The exit code says whether it is worth trying again: cannot_connect for what may pass (a server
/// that is down or full), misconfigured for what stays until somebody changes something.
[[noreturn]] void throw_connect_failure(Url const& url, RefusedConnection const& refused);

}  // namespace cm::pg
