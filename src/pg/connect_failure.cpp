// See connect_failure.hpp.
#include "pg/connect_failure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/diagnostic.hpp"
#include "base/sqlstate.hpp"
#include "base/text.hpp"
#include "pg/advice.hpp"
#include "sql/name.hpp"

namespace cm::pg {
namespace {

std::string user_name(Url const& url) {
    auto const found = url.parameters.find("user");
    return found == url.parameters.end() ? "" : found->second;
}

/// Finds `: <five characters>: ` as in "FATAL:  28P01: text"; gives the position of the code.
std::optional<std::size_t> find_sqlstate(std::string_view line) {
    auto const is_code = [](char c) { return is_digit(c) || is_upper(c); };
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
constexpr std::string_view preamble = "connection to server";

std::string_view without_preamble(std::string_view line) {
    constexpr std::string_view mark = " failed: ";
    if (!line.starts_with(preamble)) {
        return line;
    }
    auto const at = line.find(mark);
    return at == std::string_view::npos ? line : line.substr(at + mark.size());
}

constexpr std::string_view percent_hint =
    "special characters in the password must be percent-encoded in the URL";

[[noreturn]] void fail(Diagnostic diagnostic, ExitCode exit_code = ExitCode::misconfigured) {
    throw Failure(std::move(diagnostic), exit_code);
}

void add_reasons(Diagnostic& diagnostic, RefusedConnection const& refused) {
    diagnostic.note("{}", refused.reason);
    for (auto const& other : refused.other_reasons) {
        diagnostic.note("another attempt: {}", other);
    }
}

[[noreturn]] void no_server(Url const& url, RefusedConnection const& refused) {
    auto const address = server_address(url);
    auto diagnostic = error("CM0402", "cannot reach the database server at `{}`", address);
    add_reasons(diagnostic, refused);
    diagnostic.help("is the server running, and are host and port correct?");
    if (address.starts_with("localhost") || address.starts_with("127.")) {
        diagnostic.help(
            "inside a container `localhost` is the container itself: use the name of the service "
            "instead");
    }
    fail(std::move(diagnostic), ExitCode::cannot_connect);
}

bool is_unencrypted(Url const& url) {
    return effective_parameter(url, "sslmode") == "disable";
}

[[noreturn]] void wrong_role(Url const& url, RefusedConnection const& refused) {
    auto const user = user_name(url);
    auto diagnostic =
        error("CM0403", "authentication failed{} at `{}`",
              user.empty() ? "" : fmt::format(" for user `{}`", user), server_address(url));
    add_reasons(diagnostic, refused);
    if (refused.needs_password) {
        fail(std::move(diagnostic)
                 .help("put the password into the URL: `postgresql://user:password@…`"));
    }
    if (refused.reason.find("not permitted to log in") != std::string::npos) {
        fail(std::move(diagnostic)
                 .help("ask a superuser to allow it: `ALTER ROLE {} LOGIN;`",
                       sql::quote_identifier(effective_parameter(url, "user")))
                 .help("or use another role in the URL"));
    }
    if (refused.sqlstate != sqlstate::invalid_authorization_specification) {
        fail(std::move(diagnostic)
                 .help("check user name and password in the URL")
                 .help("{}", percent_hint));
    }
    if (is_unencrypted(url)) {
        diagnostic.help(
            "the connection is not encrypted (`sslmode=disable`): try `sslmode=require`");
    }
    fail(std::move(diagnostic)
             .help("check the user name in the URL")
             .help("pg_hba.conf on the server controls who may connect from where, whether the "
                   "connection must be encrypted (`sslmode`), and whether a client certificate is "
                   "required (`sslcert` and `sslkey` in the URL)"));
}

/// Classes of SQLSTATE that speak of the state that the server, or a pooler before it, is in:
/// connection exceptions, insufficient resources, operator intervention, errors of the system and
/// of PostgreSQL itself.
constexpr std::string_view passing_classes[] = {"08", "40", "53", "57", "58", "XX"};

/// What goes wrong with TLS, by words of libpq's own messages (which it translates only for
/// programs that set a locale).
struct EncryptionAdvice {
    std::string_view words{};
    std::string_view help{};
    bool may_pass = false;
};

constexpr EncryptionAdvice encryption_advices[] = {
    {"root certificate file",
     "specify the certificate authority that signed the server's certificate: `sslrootcert=FILE` "
     "in the URL (the public ones are in /etc/ssl/certs/ca-certificates.crt on most systems)"},
    {"does not match host name",
     "use the host name in the certificate, or skip the host name check with `sslmode=verify-ca`"},
    {"certificate verify failed",
     "the server's certificate is not signed by the authority in `sslrootcert`, or has expired: "
     "specify the right one, or encrypt without verification: `sslmode=require` without "
     "`sslrootcert`"},
    {"does not support SSL",
     "enable `ssl` on the server, or remove `sslmode` from the URL if the network is trusted"},
    {"private key",
     "the file in `sslkey` must match the certificate and be readable only by you (`chmod 600`)"},
    {"certificate", "check `sslcert` and `sslkey` in the URL"},
    {"SSL SYSCALL error", "the connection was closed during the TLS handshake: retry", true},
    {"unexpected eof", "the connection was closed during the TLS handshake: retry", true},
    {"SSL connection has been closed", "the connection was closed during the TLS handshake: retry",
     true},
    {"SSL", "check `sslmode` and `sslrootcert` in the URL"},
};

struct Demand {
    std::string_view words{};
    std::string_view help{};
};

/// What libpq or its settings demand of the server, and what cannot be a setting: none of it is
/// about whether a server is there.
constexpr Demand demands[] = {
    {"channel binding", "remove `channel_binding=require`, or encrypt the connection"},
    {"authentication method", "check `require_auth` in the URL and PGREQUIREAUTH"},
    {"requirepeer", "check `requirepeer` in the URL and PGREQUIREPEER"},
    {"definition of service", "check `service` in the URL, PGSERVICE and the service file"},
    {"service file", "check `service` in the URL, PGSERVICE and the service file"},
    {"nix-domain socket path", "use a folder with a shorter path in `host`"},
};

/// `target_session_attrs` asks for another kind of server than this one. One that takes no changes
/// may be promoted.
struct WrongServer {
    std::string_view words{};
    std::string_view help{};
    bool may_pass = false;
};

constexpr std::string_view name_the_primary =
    "the URL requires a read-write server (`target_session_attrs`): use the primary, or retry once "
    "this server has been promoted; or default_transaction_read_only is set for the database or "
    "the role";
constexpr std::string_view asks_for_replica =
    "the URL requires a read-only server (`target_session_attrs`), but migrations need a "
    "read-write one: remove the parameter, or use a replica for read-only commands";

constexpr WrongServer wrong_servers[] = {
    {"session is read-only", name_the_primary, true},
    {"server is in hot standby mode", name_the_primary, true},
    {"session is not read-only", asks_for_replica},
    {"server is not in hot standby mode", asks_for_replica},
};

WrongServer const* find_wrong_server(std::string_view reason) {
    auto const* const found = std::find_if(
        std::begin(wrong_servers), std::end(wrong_servers),
        [&](auto const& entry) { return reason.find(entry.words) != std::string_view::npos; });
    return found == std::end(wrong_servers) ? nullptr : found;
}

/// libpq's words for options that contradict each other or have no such value.
constexpr std::string_view option_errors[] = {"invalid ", "could not match ", "weak sslmode "};

Demand const* find_demand(std::string_view reason) {
    auto const* const found = std::find_if(
        std::begin(demands), std::end(demands),
        [&](Demand const& demand) { return reason.find(demand.words) != std::string_view::npos; });
    return found == std::end(demands) ? nullptr : found;
}

bool is_about_options(std::string_view reason) {
    return find_demand(reason) != nullptr ||
           std::any_of(std::begin(option_errors), std::end(option_errors),
                       [&](auto words) { return reason.starts_with(words); });
}

EncryptionAdvice const* find_encryption_advice(std::string_view reason) {
    auto const* const found = std::find_if(
        std::begin(encryption_advices), std::end(encryption_advices),
        [&](auto const& entry) { return reason.find(entry.words) != std::string_view::npos; });
    return found == std::end(encryption_advices) ? nullptr : found;
}

ExitCode exit_code(RefusedConnection const& refused) {
    auto const* const encryption =
        refused.sqlstate.empty() ? find_encryption_advice(refused.reason) : nullptr;
    auto const is_passing_class =
        std::any_of(std::begin(passing_classes), std::end(passing_classes),
                    [&](auto start) { return refused.sqlstate.starts_with(start); });
    auto const* const wrong_server =
        refused.sqlstate.empty() ? find_wrong_server(refused.reason) : nullptr;
    if (wrong_server != nullptr) {
        return wrong_server->may_pass ? ExitCode::cannot_connect : ExitCode::misconfigured;
    }
    auto const may_pass = is_passing_class || (encryption != nullptr && encryption->may_pass);
    return may_pass ? ExitCode::cannot_connect : ExitCode::misconfigured;
}

std::string_view general_advice(RefusedConnection const& refused) {
    if (auto const help = connect_advice_for(refused.sqlstate); !help.empty()) {
        return help;
    }
    if (refused.sqlstate.empty()) {
        if (auto const* const wrong_server = find_wrong_server(refused.reason)) {
            return wrong_server->help;
        }
        if (auto const* const demand = find_demand(refused.reason)) {
            return demand->help;
        }
        if (is_about_options(refused.reason)) {
            return "check the parameters of the URL, and the variables in the environment that "
                   "begin with PG";
        }
        if (auto const* const entry = find_encryption_advice(refused.reason)) {
            return entry->help;
        }
    }
    return "check the URL and the server's log";
}

/// The server does not say how many there may be, but which limit it is.
std::string of_limit(Url const& url, RefusedConnection const& refused) {
    if (refused.sqlstate != sqlstate::too_many_connections) return {};
    auto const is_about = [&](std::string_view words) {
        return refused.reason.find(words) != std::string::npos;
    };
    constexpr std::string_view text =
        "close other connections of {} and retry, or ask a superuser to remove the limit: `ALTER "
        "{} {} CONNECTION LIMIT -1;`";
    if (is_about("for role ")) {
        return fmt::format(fmt::runtime(text), "this role", "ROLE",
                           sql::quote_identifier(effective_parameter(url, "user")));
    }
    return is_about("for database ") ? fmt::format(fmt::runtime(text), "this database", "DATABASE",
                                                   sql::quote_identifier(database_name(url)))
                                     : "";
}

std::string advice(Url const& url, RefusedConnection const& refused) {
    if (auto help = of_limit(url, refused); !help.empty()) return help;
    if (refused.sqlstate == sqlstate::object_not_in_prerequisite_state) {
        return fmt::format(
            "the database does not accept connections: run `ALTER DATABASE {} ALLOW_CONNECTIONS "
            "true;` in another database",
            sql::quote_identifier(database_name(url)));
    }
    return std::string(general_advice(refused));
}

/// What one attempt came to; libpq makes one for each address of a host, and with and without
/// encryption where `sslmode` leaves that open.
struct Reason {
    std::string sqlstate{};
    std::string text{};

    bool is_about_settings() const {
        return is_about_options(text) || find_encryption_advice(text) != nullptr ||
               find_wrong_server(text) != nullptr;
    }
};

std::vector<Reason> read_reasons(std::string_view message) {
    std::vector<Reason> reasons{};
    while (!message.empty()) {
        auto const end = std::min(message.find('\n'), message.size());
        auto const line = message.substr(0, end);
        message.remove_prefix(std::min(end + 1, message.size()));
        if (auto const code = find_sqlstate(line)) {
            reasons.push_back(
                {std::string(line.substr(*code, 5)), std::string(line.substr(*code + 7))});
        } else if (line.starts_with(preamble) || (reasons.empty() && !line.empty())) {
            reasons.push_back({{}, std::string(without_preamble(line))});
        }
    }
    return reasons;
}

/// The attempt that says most: an address where nobody listens says least, and pg_hba.conf refuses
/// what is not encrypted after the encrypted attempt has failed for a better reason.
std::size_t telling(std::vector<Reason> const& reasons) {
    auto const position = [&](auto const& is_wanted) {
        return static_cast<std::size_t>(std::find_if(reasons.begin(), reasons.end(), is_wanted) -
                                        reasons.begin());
    };
    auto found = position([](Reason const& r) {
        return !r.sqlstate.empty() && r.sqlstate != sqlstate::invalid_authorization_specification;
    });
    if (found == reasons.size()) {
        found =
            position([](Reason const& r) { return !r.sqlstate.empty() || r.is_about_settings(); });
    }
    return found == reasons.size() ? 0 : found;
}

}  // namespace

RefusedConnection read_refusal(std::string_view message, bool needs_password) {
    auto reasons = read_reasons(message);
    RefusedConnection refused{.needs_password = needs_password};
    if (reasons.empty()) {
        refused.no_server = !needs_password;
        return refused;
    }
    auto const& main = reasons[telling(reasons)];
    refused.sqlstate = main.sqlstate;
    refused.reason = main.text;
    refused.no_server = main.sqlstate.empty() && !needs_password && !main.is_about_settings();
    for (auto const& other : reasons) {
        auto const is_known = other.text == refused.reason ||
                              std::find(refused.other_reasons.begin(), refused.other_reasons.end(),
                                        other.text) != refused.other_reasons.end();
        if (!is_known) {
            refused.other_reasons.push_back(other.text);
        }
    }
    return refused;
}

namespace {

[[noreturn]] void throw_reason(Url const& url, RefusedConnection const& refused) {
    if (refused.no_server) {
        no_server(url, refused);
    }
    if (refused.needs_password || refused.sqlstate.starts_with("28")) {
        wrong_role(url, refused);
    }
    if (refused.sqlstate == sqlstate::invalid_catalog_name) {
        fail(error("CM0404", "database `{}` does not exist on `{}`", database_name(url),
                   server_address(url))
                 .help("create it with `cm-migrate deploy`, `cm-migrate dev` or `createdb`"));
    }
    auto diagnostic =
        error("CM0405", "cannot connect to the database server at `{}`", server_address(url));
    add_reasons(diagnostic, refused);
    if (refused.sqlstate == sqlstate::insufficient_privilege) {
        fail(
            std::move(diagnostic.help("ask the owner of the database or a superuser to run `GRANT "
                                      "CONNECT ON DATABASE {} TO {}`",
                                      sql::quote_identifier(database_name(url)),
                                      sql::quote_identifier(effective_parameter(url, "user")))));
    }
    fail(std::move(diagnostic.help("{}", advice(url, refused))), exit_code(refused));
}

}  // namespace

void throw_connect_failure(Url const& url, RefusedConnection const& refused) {
    try {
        throw_reason(url, refused);
    } catch (Failure const& failure) {
        auto diagnostics = failure.diagnostics();
        if (!url.origin.empty()) diagnostics.front().note("the URL comes from {}", url.origin);
        throw Failure(std::move(diagnostics), failure.exit_code())
            .about({.sqlstate = refused.sqlstate});
    }
}

}  // namespace cm::pg
