// See url.hpp. libpq's own URI parser is not used: it rejects parameters it does not know and
// repeats the whole URL, password included, in its errors.
#include "pg/url.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "base/diagnostic.hpp"
#include "pg/percent.hpp"

namespace cm::pg {
namespace {

using Parameters = std::map<std::string, std::string>;

[[noreturn]] void reject(std::string reason, std::string help) {
    throw Failure(error("CM0401", "the database URL cannot be used: {}", reason).help("{}", help),
                  ExitCode::cannot_connect);
}

constexpr std::string_view shape = "write it as `postgresql://user:password@host:5432/database`";
constexpr std::string_view encoding =
    "special characters in a user name or password must be percent-encoded: `@` as `%40`, `:` as "
    "`%3A`, `/` as `%2F`, `?` as `%3F`, `#` as `%23`, `%` as `%25`";

std::string decoded(std::string_view text, std::string_view part) {
    auto result = percent_decode(text);
    if (!result) {
        reject(
            fmt::format("the {} holds a `%` that is not followed by two hexadecimal digits", part),
            std::string(encoding));
    }
    if (result->find('\0') != std::string::npos) {
        reject(fmt::format("the {} holds a NUL character", part), std::string(shape));
    }
    return std::move(*result);
}

std::set<std::string, std::less<>> const& libpq_keywords() {
    static auto const keywords = [] {
        std::set<std::string, std::less<>> names{};
        std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> const options(
            PQconndefaults(), PQconninfoFree);
        for (auto const* o = options.get(); o != nullptr && o->keyword != nullptr; ++o) {
            names.insert(o->keyword);
        }
        return names;
    }();
    return keywords;
}

std::vector<std::string_view> pieces(std::string_view text, char separator) {
    std::vector<std::string_view> result{};
    while (true) {
        auto const end = text.find(separator);
        result.push_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return result;
        }
        text.remove_prefix(end + 1);
    }
}

void check_port(std::string const& port) {
    bool const digits = port.find_first_not_of("0123456789") == std::string::npos;
    if (port.empty() ||
        (digits && port.size() <= 5 && std::stoi(port) >= 1 && std::stoi(port) <= 65535)) {
        return;
    }
    // What stands where the port should be may be the rest of a password with a `/` in it: do not
    // show it.
    reject("the port is not a number from 1 to 65535", std::string(encoding));
}

struct Address {
    std::string host{};
    std::string port{};
};

Address parse_address(std::string_view text) {
    std::string_view host = text;
    std::string_view rest{};
    if (text.starts_with('[')) {
        auto const close = text.find(']');
        if (close == std::string_view::npos) {
            reject("the `]` after an IPv6 address is missing", std::string(shape));
        }
        host = text.substr(1, close - 1);
        rest = text.substr(close + 1);
        if (!rest.empty() && rest.front() != ':') {
            reject("after the `]` of an IPv6 address only a port may follow", std::string(shape));
        }
    } else if (auto const colon = text.find(':'); colon != std::string_view::npos) {
        host = text.substr(0, colon);
        rest = text.substr(colon);
    }
    Address address{decoded(host, "host"), rest.empty() ? "" : decoded(rest.substr(1), "port")};
    check_port(address.port);
    return address;
}

void parse_addresses(std::string_view text, Parameters& parameters) {
    std::string hosts{};
    std::string ports{};
    bool some_port = false;
    for (auto const piece : pieces(text, ',')) {
        auto const address = parse_address(piece);
        hosts += (hosts.empty() ? "" : ",") + address.host;
        ports += address.port + ",";
        some_port = some_port || !address.port.empty();
    }
    ports.pop_back();
    if (!hosts.empty()) {
        parameters["host"] = hosts;
    }
    if (some_port) {
        parameters["port"] = ports;
    }
}

void parse_credentials(std::string_view text, Parameters& parameters) {
    auto const colon = text.find(':');
    if (auto const user = text.substr(0, colon); !user.empty()) {
        parameters["user"] = decoded(user, "user name");
    }
    if (colon != std::string_view::npos) {
        parameters["password"] = decoded(text.substr(colon + 1), "password");
    }
}

/// All `?name=value`; a later one wins.
Parameters parse_query(std::string_view text) {
    Parameters query{};
    if (text.empty()) {
        return query;
    }
    for (auto const piece : pieces(text, '&')) {
        auto const equals = std::min(piece.find('='), piece.size());
        auto const value = piece.substr(std::min(equals + 1, piece.size()));
        auto const name = decoded(piece.substr(0, equals), "query");
        if (!name.empty()) {
            query[name] = decoded(value, fmt::format("parameter `{}`", name));
        }
    }
    return query;
}

std::optional<std::string> take(Parameters& query, std::string const& name) {
    auto node = query.extract(name);
    return node ? std::optional(node.mapped()) : std::nullopt;
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

/// What Prisma says in other words than libpq.
void translate(Parameters& query) {
    translate_certificates(query);
    if (auto const ssl = take(query, "ssl"); ssl == "true") {
        query.try_emplace("sslmode", "require");
    }
    auto const accept = take(query, "sslaccept");
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
}

void check_ssl_mode(Parameters const& query) {
    constexpr std::array<std::string_view, 6> modes{"disable", "allow",     "prefer",
                                                    "require", "verify-ca", "verify-full"};
    auto const given = query.find("sslmode");
    if (given != query.end() &&
        std::find(modes.begin(), modes.end(), given->second) == modes.end()) {
        reject(fmt::format("`sslmode={}` is unknown", given->second),
               "the modes are `disable`, `allow`, `prefer`, `require`, `verify-ca` and "
               "`verify-full`");
    }
}

void merge_query(Parameters query, Url& url) {
    translate(query);
    check_ssl_mode(query);
    if (auto schema = take(query, "schema"); schema && !schema->empty()) {
        url.schema = *schema;
    }
    for (auto& [name, value] : query) {
        if (libpq_keywords().contains(name) || name == "sslidentity") {
            url.parameters[name] = value;
        }
    }
}

Url parse_uri(std::string_view text) {
    Url url{};
    auto const question = text.find('?');
    auto const before = text.substr(0, question);
    auto const slash = before.find('/');
    auto authority = before.substr(0, slash);
    // Whoever forgot to encode an `@` in a password means the last one; libpq would take the first.
    if (auto const at = authority.rfind('@'); at != std::string_view::npos) {
        parse_credentials(authority.substr(0, at), url.parameters);
        authority.remove_prefix(at + 1);
    }
    parse_addresses(authority, url.parameters);
    if (slash != std::string_view::npos && slash + 1 < before.size()) {
        url.parameters["dbname"] = decoded(before.substr(slash + 1), "database name");
    }
    if (question != std::string_view::npos) {
        merge_query(parse_query(text.substr(question + 1)), url);
    }
    return url;
}

Url parse_keywords(std::string const& text) {
    char* message = nullptr;
    std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> const options(
        PQconninfoParse(text.c_str(), &message), PQconninfoFree);
    std::unique_ptr<char, void (*)(void*)> const guard(message, PQfreemem);
    if (options == nullptr) {
        reject("it is neither a URL nor `key=value` pairs", std::string(shape));
    }
    Url url{};
    for (auto const* o = options.get(); o->keyword != nullptr; ++o) {
        if (o->val != nullptr) {
            url.parameters[o->keyword] = o->val;
        }
    }
    return url;
}

std::string without_blanks(std::string_view text) {
    auto const begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    auto const end = text.find_last_not_of(" \t\r\n");
    return std::string(text.substr(begin, end == std::string_view::npos ? 0 : end + 1 - begin));
}

}  // namespace

Url parse_url(std::string_view given) {
    auto const text = without_blanks(given);
    if (text.empty()) {
        reject("it is empty", std::string(shape));
    }
    if (text.find('\0') != std::string::npos) {
        reject("it holds a NUL character", std::string(shape));
    }
    for (std::string_view const scheme : {"postgresql://", "postgres://"}) {
        if (text.starts_with(scheme)) {
            return parse_uri(std::string_view(text).substr(scheme.size()));
        }
    }
    auto const colon = text.find("://");
    if (colon != std::string::npos && text.find_first_of("= '") > colon) {
        reject(fmt::format("`{}:` is not PostgreSQL", text.substr(0, colon)), std::string(shape));
    }
    if (text.find('=') == std::string::npos) {
        reject("it does not start with `postgresql://`", std::string(shape));
    }
    return parse_keywords(text);
}

}  // namespace cm::pg
