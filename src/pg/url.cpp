// See url.hpp. libpq's own URI parser is not used: it rejects Prisma's parameters and repeats the
// whole URL, password included, in its errors. A character of a password that should have been
// encoded moves the border between the parts of the URL; what stands behind it must then never be
// taken, and shown, for a host or a database.
#include "pg/url.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/diagnostic.hpp"
#include "pg/libpq_options.hpp"
#include "pg/percent.hpp"
#include "pg/url_parameters.hpp"

namespace cm::pg {
namespace {

using Parameters = std::map<std::string, std::string>;

std::string decoded(std::string_view text, std::string_view part) {
    auto result = percent_decode(text);
    if (!result) {
        reject_url(
            fmt::format("the {} contains a `%` that is not followed by two hexadecimal digits",
                        part),
            url_encoding);
    }
    if (result->find('\0') != std::string::npos) {
        reject_url(fmt::format("the {} contains a NUL character", part), url_shape);
    }
    return std::move(*result);
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
    reject_url("the port is not a number from 1 to 65535", url_encoding);
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
            reject_url("the `]` after an IPv6 address is missing", url_shape);
        }
        host = text.substr(1, close - 1);
        rest = text.substr(close + 1);
        if (!rest.empty() && rest.front() != ':') {
            reject_url("after the `]` of an IPv6 address only a port may follow", url_shape);
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

/// Whatever else it is, it is a name: a piece of a password seldom looks like one.
bool is_plain_name(std::string_view text) {
    return text.find_first_not_of(
               "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") ==
           std::string_view::npos;
}

/// All `?name=value`; a later one wins. With an `@` in it, or behind a password, names may be
/// pieces of a password.
Parameters parse_query(std::string_view text) {
    Parameters query{};
    auto show = text.find('@') == std::string_view::npos ? ShowNames::yes : ShowNames::no;
    for (auto const piece : pieces(text, '&')) {
        auto const equals = std::min(piece.find('='), piece.size());
        auto const value = piece.substr(std::min(equals + 1, piece.size()));
        auto const name = decoded(piece.substr(0, equals), "query");
        if (name.empty()) {
            continue;
        }
        check_parameter_name(name, is_plain_name(name) ? show : ShowNames::no);
        query[name] = decoded(value, fmt::format("parameter `{}`", name));
        if (is_secret(name)) {
            show = ShowNames::no;
        }
    }
    return query;
}

[[noreturn]] void reject_raw_character() {
    reject_url(
        "there is an unexpected `@`; a special character in the password before it is probably not "
        "percent-encoded",
        url_encoding);
}

/// A `/` or `?` in a password ends the part with user and host, whose `@` then comes too late.
void refuse_late_at(std::string_view authority, std::string_view path, std::string_view query) {
    if (path.find('@') != std::string_view::npos) {
        reject_raw_character();
    }
    auto const at = query.find('@');
    if (at == std::string_view::npos) {
        return;
    }
    auto const has_credentials = authority.find('@') != std::string_view::npos;
    if ((!authority.empty() && !has_credentials) || query.find('/', at) != std::string_view::npos) {
        reject_raw_character();
    }
}

Url parse_uri(std::string_view text) {
    Url url{};
    auto const question = std::min(text.find('?'), text.size());
    auto const before = text.substr(0, question);
    auto const query = text.substr(std::min(question + 1, text.size()));
    auto const slash = std::min(before.find('/'), before.size());
    auto const path = before.substr(std::min(slash + 1, before.size()));
    auto authority = before.substr(0, slash);
    refuse_late_at(authority, path, query);
    // Whoever forgot to encode an `@` in a password means the last one; libpq would take the first.
    if (auto const at = authority.rfind('@'); at != std::string_view::npos) {
        parse_credentials(authority.substr(0, at), url.parameters);
        authority.remove_prefix(at + 1);
    }
    parse_addresses(authority, url.parameters);
    if (!path.empty()) {
        url.parameters["dbname"] = decoded(path, "database name");
    }
    if (!query.empty()) {
        merge_parameters(parse_query(query), url);
    }
    return url;
}

/// libpq's `key=value` pairs: values with blanks stand in quotes, a backslash takes the next
/// character as it is.
class KeywordReader {
  public:
    explicit KeywordReader(std::string_view text) : rest_(text) {}

    Url read() {
        Url url{};
        bool is_secret_seen = false;
        for (skip_blanks(); !rest_.empty(); skip_blanks()) {
            auto const name = take_name();
            auto value = take_value();
            if (!is_libpq_option(name)) {
                check_parameter_name(
                    name, is_secret_seen || !is_plain_name(name) ? ShowNames::no : ShowNames::yes);
                reject_url(fmt::format("`{}` is a URL parameter, not a libpq keyword", name),
                           url_shape);
            }
            is_secret_seen = is_secret_seen || is_secret(name);
            url.parameters[name] = std::move(value);
        }
        return url;
    }

  private:
    static constexpr std::string_view blanks = " \t\r\n\f\v";

    void skip_blanks() {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(blanks), rest_.size()));
    }

    std::string take_name() {
        auto const end = std::min(rest_.find_first_of(" \t\r\n\f\v="), rest_.size());
        std::string name(rest_.substr(0, end));
        rest_.remove_prefix(end);
        skip_blanks();
        if (!rest_.starts_with('=') || name.empty()) {
            reject_url("it is neither a URL nor `key=value` pairs", url_shape);
        }
        rest_.remove_prefix(1);
        skip_blanks();
        return name;
    }

    std::string take_value() {
        bool const is_quoted = rest_.starts_with('\'');
        rest_.remove_prefix(is_quoted ? 1 : 0);
        std::string value{};
        while (!rest_.empty()) {
            auto const c = rest_.front();
            if (is_quoted ? c == '\'' : blanks.find(c) != std::string_view::npos) {
                rest_.remove_prefix(is_quoted ? 1 : 0);
                return value;
            }
            auto const is_escape = c == '\\' && rest_.size() > 1;
            value += is_escape ? rest_[1] : c;
            rest_.remove_prefix(is_escape ? 2 : 1);
        }
        if (is_quoted) {
            reject_url("a quoted value is not terminated", url_shape);
        }
        return value;
    }

    std::string_view rest_;
};

/// `mysql` of `mysql://…`: what may be shown, because nobody begins a URL with a password.
std::string_view scheme_of(std::string_view text) {
    auto const scheme = text.substr(0, std::min(text.find("://"), text.size()));
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+";
    auto const is_scheme = scheme.size() < text.size() && !scheme.empty() &&
                           scheme.find_first_not_of(allowed) == std::string_view::npos;
    return is_scheme ? scheme : std::string_view{};
}

constexpr std::array<std::string_view, 2> schemes{"postgresql://", "postgres://"};

constexpr std::string_view accelerate =
    "migrations need a direct connection to the database: set it with `directUrl = "
    "env(\"DIRECT_URL\")` in the datasource, or with `--url`";

std::string without_blanks(std::string_view text) {
    auto const begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    auto const end = text.find_last_not_of(" \t\r\n");
    return std::string(text.substr(begin, end == std::string_view::npos ? 0 : end + 1 - begin));
}

}  // namespace

Url parse_url(std::string_view given) {
    auto const text = without_blanks(given);
    if (text.empty()) {
        reject_url("it is empty", url_shape);
    }
    if (text.find('\0') != std::string::npos) {
        reject_url("it contains a NUL character", url_shape);
    }
    for (auto const scheme : schemes) {
        if (text.starts_with(scheme)) {
            return parse_uri(std::string_view(text).substr(scheme.size()));
        }
    }
    if (auto const scheme = scheme_of(text); !scheme.empty()) {
        reject_url(fmt::format("`{}:` is not PostgreSQL", scheme),
                   scheme.starts_with("prisma") ? accelerate : url_shape);
    }
    if (text.front() == '"' || text.front() == '\'') {
        reject_url("it starts with a quote",
                   "remove the quotes: Docker's `--env-file` and other tools keep them as part of "
                   "the value");
    }
    if (text.find('=') == std::string::npos || text.find("://") < text.find('=')) {
        reject_url("it does not start with `postgresql://`", url_shape);
    }
    return KeywordReader(text).read();
}

bool is_postgres_url(std::string_view given) {
    auto const text = without_blanks(given);
    return std::any_of(schemes.begin(), schemes.end(),
                       [&](auto scheme) { return text.starts_with(scheme); });
}

bool names_schema(std::string_view text) {
    auto const question = std::min(text.find('?'), text.size());
    auto const parts = pieces(text.substr(std::min(question + 1, text.size())), '&');
    return std::any_of(parts.begin(), parts.end(),
                       [](std::string_view part) { return part.starts_with("schema="); });
}

std::string schema_in(std::string_view text) {
    constexpr std::string_view name = "schema=";
    auto const question = std::min(text.find('?'), text.size());
    std::string schema{};
    for (auto const piece : pieces(text.substr(std::min(question + 1, text.size())), '&')) {
        if (piece.starts_with(name)) {
            schema = percent_decode(piece.substr(name.size())).value_or("");
        }
    }
    return schema.empty() || schema.find('\0') != std::string::npos ? "public" : schema;
}

}  // namespace cm::pg
