// See connect_failure.hpp.
#include "pg/connect_failure.hpp"

#include <algorithm>
#include <optional>

#include "base/diagnostic.hpp"

namespace cm::pg {
namespace {

std::string user_name(Url const& url) {
    auto const found = url.parameters.find("user");
    return found == url.parameters.end() ? "" : found->second;
}

/// Finds `: <five characters>: ` as in "FATAL:  28P01: text"; gives the position of the code.
std::optional<std::size_t> find_sqlstate(std::string_view line) {
    auto const is_code = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); };
    for (auto at = line.find(":  "); at != std::string_view::npos; at = line.find(":  ", at + 1)) {
        auto const code = line.substr(at + 3, 7);
        if (code.size() == 7 && code.ends_with(": ") &&
            std::all_of(code.begin(), code.begin() + 5, is_code)) {
            return at + 3;
        }
    }
    return {};
}

/// libpq puts `connection to server at "…", port … failed: ` before the reason.
std::string_view without_preamble(std::string_view line) {
    constexpr std::string_view mark = " failed: ";
    if (!line.starts_with("connection to server")) {
        return line;
    }
    auto const at = line.find(mark);
    return at == std::string_view::npos ? line : line.substr(at + mark.size());
}

constexpr std::string_view percent_hint =
    "special characters in the password must be percent-encoded in the URL";

[[noreturn]] void fail(Diagnostic diagnostic) {
    throw Failure(std::move(diagnostic), ExitCode::cannot_connect);
}

[[noreturn]] void no_server(Url const& url, RefusedConnection const& refused) {
    auto const address = server_address(url);
    auto diagnostic = error("CM0402", "cannot reach the database server at `{}`", address)
                          .note("{}", refused.reason)
                          .help("is the server running, and are host and port right?");
    if (address.starts_with("localhost") || address.starts_with("127.")) {
        diagnostic.help(
            "inside a container `localhost` is the container itself: name the service instead");
    }
    fail(std::move(diagnostic));
}

[[noreturn]] void wrong_role(Url const& url, RefusedConnection const& refused) {
    auto const user = user_name(url);
    auto diagnostic = error("CM0403", "the server at `{}` does not let {} in", server_address(url),
                            user.empty() ? "you" : "`" + user + "`")
                          .note("{}", refused.reason);
    if (refused.needs_password) {
        fail(std::move(diagnostic)
                 .help("give the password in the URL: `postgresql://user:password@…`"));
    }
    fail(std::move(diagnostic)
             .help("check user name and password in the URL")
             .help("{}", percent_hint));
}

/// SQLSTATEs of refusals and what helps.
struct Advice {
    std::string_view sqlstate{};
    std::string_view help{};
};

constexpr Advice advices[] = {
    {"53300", "close other connections or raise max_connections"},
    {"57P03", "the server is starting or stopping: try again in a moment"},
    {"42501", "ask for the CONNECT privilege on the database"},
    {"55000", "the database does not accept connections: check its settings"},
};

std::string_view advice(RefusedConnection const& refused) {
    for (auto const& entry : advices) {
        if (entry.sqlstate == refused.sqlstate) {
            return entry.help;
        }
    }
    return refused.reason.find("SSL") != std::string::npos
               ? "check `sslmode` and `sslrootcert` in the URL"
               : "check the URL and the server's log";
}

}  // namespace

RefusedConnection read_refusal(std::string_view message, bool needs_password) {
    RefusedConnection refused{.needs_password = needs_password};
    std::string_view last{};
    while (!message.empty()) {
        auto const end = std::min(message.find('\n'), message.size());
        auto const line = message.substr(0, end);
        message.remove_prefix(std::min(end + 1, message.size()));
        if (auto const code = find_sqlstate(line)) {
            refused.sqlstate = line.substr(*code, 5);
            refused.reason = line.substr(*code + 7);
        }
        if (!line.empty() && !line.starts_with('\t') && last.empty()) {
            last = line;
        }
    }
    if (refused.sqlstate.empty()) {
        refused.reason = without_preamble(last);
        bool const encryption = refused.reason.find("SSL") != std::string::npos ||
                                refused.reason.find("certificate") != std::string::npos;
        refused.no_server = !needs_password && !encryption;
    }
    return refused;
}

void throw_connect_failure(Url const& url, RefusedConnection const& refused) {
    if (refused.no_server) {
        no_server(url, refused);
    }
    if (refused.needs_password || refused.sqlstate.starts_with("28")) {
        wrong_role(url, refused);
    }
    if (refused.sqlstate == "3D000") {
        fail(error("CM0404", "database `{}` does not exist on `{}`", database_name(url),
                   server_address(url))
                 .help("make it with `cm-migrate dev`, which offers to, or with `createdb`"));
    }
    fail(error("CM0405", "cannot connect to the database server at `{}`", server_address(url))
             .note("{}", refused.reason)
             .help("{}", advice(refused)));
}

}  // namespace cm::pg
