// See url_parameters.hpp. A parameter with a typing error in it must not be passed over:
// `sslmod=require` would connect without encryption.
#include "pg/url_parameters.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/text.hpp"
#include "pg/libpq_options.hpp"

namespace cm::pg {
namespace {

using Parameters = std::map<std::string, std::string>;

/// Prisma's own. Those of its pool say nothing to a tool that has one connection; the others are
/// translated below.
constexpr std::array<std::string_view, 14> prisma_parameters{"connection_limit",
                                                             "max_connection_lifetime",
                                                             "max_idle_connection_lifetime",
                                                             "pgbouncer",
                                                             "pool_timeout",
                                                             "schema",
                                                             "single_use_connections",
                                                             "socket_timeout",
                                                             "ssl",
                                                             "sslaccept",
                                                             "sslidentity",
                                                             "statement_cache_size",
                                                             "sslcert",
                                                             "sslpassword"};

/// What node-postgres and hosting companies add for themselves to URLs that are also given to
/// Prisma.
constexpr std::array<std::string_view, 3> foreign_parameters{"supa", "uselibpqcompat",
                                                             "workaround"};

/// Options of libpq that came after PostgreSQL 12, and with which version: an older library does
/// not know them.
constexpr std::array<std::pair<std::string_view, int>, 20> later_options{
    {{"channel_binding", 13},
     {"ssl_max_protocol_version", 13},
     {"ssl_min_protocol_version", 13},
     {"sslcrldir", 14},
     {"sslsni", 14},
     {"gssdelegation", 16},
     {"load_balance_hosts", 16},
     {"require_auth", 16},
     {"sslcertmode", 16},
     {"sslnegotiation", 17},
     {"max_protocol_version", 18},
     {"min_protocol_version", 18},
     {"oauth_client_id", 18},
     {"oauth_client_secret", 18},
     {"oauth_issuer", 18},
     {"oauth_scope", 18},
     {"scram_client_key", 18},
     {"scram_server_key", 18},
     {"servicefile", 18},
     {"sslkeylogfile", 18}}};

/// Settings of the server that people try to write as parameters.
constexpr std::array<std::string_view, 12> server_settings{"search_path",
                                                           "statement_timeout",
                                                           "lock_timeout",
                                                           "idle_in_transaction_session_timeout",
                                                           "idle_session_timeout",
                                                           "transaction_timeout",
                                                           "role",
                                                           "timezone",
                                                           "work_mem",
                                                           "datestyle",
                                                           "client_min_messages",
                                                           "default_transaction_read_only"};

bool contains(std::span<std::string_view const> names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_known(std::string_view name) {
    return contains(prisma_parameters, name) || contains(foreign_parameters, name) ||
           is_libpq_option(name);
}

std::optional<std::string> nearest(std::string_view name) {
    std::vector<std::string_view> names(prisma_parameters.begin(), prisma_parameters.end());
    for (auto const& option : libpq_options()) {
        names.push_back(option.keyword);
    }
    return did_you_mean(name, names);
}

[[noreturn]] void reject_unknown(std::string const& name) {
    auto const reason = fmt::format("unknown parameter `{}`", name);
    auto const later = std::find_if(later_options.begin(), later_options.end(),
                                    [&](auto const& option) { return option.first == name; });
    if (later != later_options.end()) {
        reject_url(
            fmt::format(
                "the installed PostgreSQL client library does not support the parameter `{}`",
                name),
            fmt::format("install the client library of PostgreSQL {} or newer, or remove the "
                        "parameter from the URL",
                        later->second));
    }
    if (name == "search_path") {
        reject_url(reason, "`schema=NAME` in the URL sets the schema of the project");
    }
    if (contains(server_settings, to_lower(name))) {
        reject_url(reason,
                   fmt::format("write a server setting as `options=-c%20{}%3DVALUE`", name));
    }
    if (auto const meant = nearest(name)) {
        reject_url(reason, fmt::format("did you mean `{}`?", *meant));
    }
    reject_url(reason,
               "the parameters are those of libpq and of Prisma: `schema`, `sslmode`, "
               "`connect_timeout`, `options` …");
}

std::optional<std::string> take(Parameters& query, std::string const& name) {
    auto node = query.extract(name);
    return node ? std::optional(node.mapped()) : std::nullopt;
}

/// `given` must be one of the words.
void check_word(std::string_view name, std::string_view given,
                std::vector<std::string_view> const& words) {
    if (std::find(words.begin(), words.end(), given) != words.end()) {
        return;
    }
    auto const meant = did_you_mean(given, words);
    reject_url(fmt::format("unknown value `{}={}`", name, given),
               meant ? fmt::format("did you mean `{}={}`?", name, *meant)
                     : fmt::format("`{}` is {}", name, quoted_list(words, "or")));
}

/// Prisma's `sslcert` is the authority's certificate; libpq's is the client's and comes with
/// `sslkey`. For `sslidentity` see client_identity.hpp.
void translate_certificates(Parameters& query) {
    if (query.contains("sslkey")) {
        query.erase("sslidentity");
        return;
    }
    if (!query.contains("sslidentity")) {
        query.erase("sslpassword");
    }
    if (auto const authority = take(query, "sslcert")) {
        query.try_emplace("sslrootcert", *authority);
    }
}

void translate_encryption(Parameters& query) {
    if (auto const ssl = take(query, "ssl"); ssl && !ssl->empty()) {
        check_word("ssl", *ssl, {"true", "false", "1", "0", "require"});
        if (ssl != "false" && ssl != "0") {
            query.try_emplace("sslmode", "require");
        }
    }
    auto const accept = take(query, "sslaccept");
    if (accept && !accept->empty()) {
        check_word("sslaccept", *accept, {"strict", "accept_invalid_certs"});
    }
    if (accept == "strict" && query["sslmode"] != "disable") {
        query["sslmode"] = "verify-full";
        constexpr auto system = "/etc/ssl/certs/ca-certificates.crt";
        if (std::filesystem::exists(system)) {
            query.try_emplace("sslrootcert", system);
        }
    } else if (accept == "accept_invalid_certs" && query.contains("sslrootcert")) {
        // libpq checks the certificate as soon as an authority is named.
        query.erase("sslrootcert");
    }
    if (query.contains("sslmode") && query["sslmode"].empty()) {
        query.erase("sslmode");
    }
    if (auto const mode = query.find("sslmode"); mode != query.end()) {
        check_word("sslmode", mode->second,
                   {"disable", "allow", "prefer", "require", "verify-ca", "verify-full"});
    }
}

void check_numbers(Parameters const& query) {
    constexpr std::size_t longest = 9;
    for (auto const* const name : {"connect_timeout"}) {
        auto const given = query.find(name);
        if (given == query.end()) {
            continue;
        }
        auto const digits =
            given->second.starts_with('-') ? given->second.substr(1) : given->second;
        if (digits.size() > longest ||
            digits.find_first_not_of("0123456789") != std::string::npos) {
            reject_url(fmt::format("`{}` is not a number", name),
                       fmt::format("write it in seconds: `{}=10`", name));
        }
    }
}

}  // namespace

void reject_url(std::string_view reason, std::string_view help) {
    throw Failure(error("CM0401", "invalid database URL: {}", reason).help("{}", help),
                  ExitCode::misconfigured);
}

void check_parameter_name(std::string const& name, ShowNames show) {
    if (is_known(name)) {
        return;
    }
    if (show == ShowNames::no) {
        reject_url("unknown parameter; it is not shown, because it may be part of a password",
                   url_encoding);
    }
    reject_unknown(name);
}

void merge_parameters(Parameters query, Url& url) {
    translate_certificates(query);
    translate_encryption(query);
    check_numbers(query);
    if (auto schema = take(query, "schema"); schema && !schema->empty()) {
        if (is_system_schema(*schema)) {
            reject_url(fmt::format("the schema `{}` is reserved by PostgreSQL", *schema),
                       "use a schema of your own: `?schema=app`; the default is `public`");
        }
        url.schema = *schema;
        url.schema_is_named = true;
    }
    for (auto& [name, value] : query) {
        if (is_libpq_option(name) || name == "sslidentity") {
            url.parameters[name] = value;
        }
    }
}

}  // namespace cm::pg
