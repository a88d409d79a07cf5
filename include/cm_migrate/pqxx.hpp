// Applying migrations from a program that talks to PostgreSQL with libpqxx (6.4 or 7):
//
//     pqxx::connection connection(url);
//     cm_migrate::deploy(connection, {.migrations = "migrations"});
//
// Header only. With CMake, link `cm_migrate::pqxx`, which is there if libpqxx was found.
//
// The migrations are applied by a session of their own, which is closed before the call returns: to
// the server, port, database and user of `connection`, with the settings of its connection string
// (`sslmode`, `options` …). What was set in the session of `connection` does not carry over: SET
// ROLE, SET search_path, temporary tables, an open transaction.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <pqxx/connection>
#include <pqxx/except>
#include <pqxx/nontransaction>
#include <pqxx/version>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cm_migrate/diagnostic.hpp"
#include "cm_migrate/engine.hpp"

namespace cm_migrate {

/// What the exceptions below have in common: the findings. Their what() is the whole report.
class Findings {
  public:
    explicit Findings(Error const& error) : error_(error) {}

    virtual ~Findings() = default;

    std::vector<Diagnostic> const& diagnostics() const { return error_.diagnostics(); }

    /// The code of the first finding ("CM0504").
    std::string code() const { return error_.code(); }

    /// The exit code with which the program would have ended (docs/reference/exit-codes.md).
    int exit_code() const { return error_.exit_code(); }

  private:
    Error error_;
};

/// No connection, or it was lost.
class ConnectionError : public pqxx::broken_connection, public Findings {
  public:
    explicit ConnectionError(Error const& error)
        : pqxx::broken_connection(error.what()), Findings(error) {}
};

/// The server refused a statement: `query()` and `sqlstate()` tell which and why.
class StatementError : public pqxx::sql_error, public Findings {
  public:
    StatementError(Error const& error, Diagnostic const& first)
        : pqxx::sql_error(error.what(), first.statement, first.sqlstate.c_str()), Findings(error) {}
};

/// Anything else: the history has been edited, another cm-migrate is at work …
class MigrationError : public pqxx::failure, public Findings {
  public:
    explicit MigrationError(Error const& error) : pqxx::failure(error.what()), Findings(error) {}
};

namespace detail {

inline bool is_uri(std::string_view text) {
    return text.substr(0, 13) == "postgresql://" || text.substr(0, 11) == "postgres://";
}

/// `key='value'` as libpq reads it.
inline std::string keyword_and_value(std::string_view key, std::string_view value) {
    std::string text{key};
    text += "='";
    for (char const c : value) {
        if (c == '\'' || c == '\\') text += '\\';
        text += c;
    }
    return text + '\'';
}

/// `key=value` for the query of a URI.
inline std::string query_parameter(std::string_view key, std::string_view value) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text{key};
    text += '=';
    for (char const c : value) {
        bool const is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
                              c == '/';
        if (is_plain) {
            text += c;
        } else {
            auto const byte = static_cast<unsigned char>(c);
            text += {'%', digits[byte >> 4U], digits[byte & 15U]};
        }
    }
    return text;
}

/// libpqxx 7 writes a connection string without quotes, whatever the values hold. A value ends
/// where a blank and the next keyword of libpq follow, which are the ones of PostgreSQL 18.
inline std::string with_quotes(std::string_view text) {
    constexpr std::array<std::string_view, 51> keywords{"application_name",
                                                        "channel_binding",
                                                        "client_encoding",
                                                        "connect_timeout",
                                                        "dbname",
                                                        "fallback_application_name",
                                                        "gssdelegation",
                                                        "gssencmode",
                                                        "gsslib",
                                                        "host",
                                                        "hostaddr",
                                                        "keepalives",
                                                        "keepalives_count",
                                                        "keepalives_idle",
                                                        "keepalives_interval",
                                                        "krbsrvname",
                                                        "load_balance_hosts",
                                                        "max_protocol_version",
                                                        "min_protocol_version",
                                                        "oauth_client_id",
                                                        "oauth_client_secret",
                                                        "oauth_issuer",
                                                        "oauth_scope",
                                                        "options",
                                                        "passfile",
                                                        "password",
                                                        "port",
                                                        "replication",
                                                        "require_auth",
                                                        "requirepeer",
                                                        "requiressl",
                                                        "scram_client_key",
                                                        "scram_server_key",
                                                        "service",
                                                        "servicefile",
                                                        "ssl_max_protocol_version",
                                                        "ssl_min_protocol_version",
                                                        "sslcert",
                                                        "sslcertmode",
                                                        "sslcompression",
                                                        "sslcrl",
                                                        "sslcrldir",
                                                        "sslkey",
                                                        "sslkeylogfile",
                                                        "sslmode",
                                                        "sslnegotiation",
                                                        "sslpassword",
                                                        "sslrootcert",
                                                        "sslsni",
                                                        "target_session_attrs",
                                                        "user"};
    /// Where the next keyword begins, at `from` or after a blank behind it.
    auto const next_keyword = [&](std::size_t from) {
        for (auto at = from; at < text.size(); ++at) {
            if (at > 0 && text[at - 1] != ' ') continue;
            auto const equals = text.find('=', at);
            if (equals == std::string_view::npos) break;
            auto const word = text.substr(at, equals - at);
            if (std::find(keywords.begin(), keywords.end(), word) != keywords.end()) return at;
        }
        return text.size() + 1;
    };
    std::string result{};
    for (auto at = next_keyword(0); at < text.size();) {
        auto const equals = text.find('=', at);
        auto const next = next_keyword(equals + 1);
        auto const value = text.substr(equals + 1, next - 1 - (equals + 1));
        result += keyword_and_value(text.substr(at, equals - at), value) + ' ';
        at = next;
    }
    return result;
}

/// The connection string of a connection, followed by where it has really led: one of several
/// hosts, the defaults of the environment. Of a keyword that is there twice, the last counts.
inline std::string connection_text(pqxx::connection& connection) {
#if PQXX_VERSION_MAJOR >= 8
    std::string text = connection.connection_string();
#elif PQXX_VERSION_MAJOR == 7
    std::string text = with_quotes(connection.connection_string());
#else
    std::string text = connection.options();
#endif
    std::vector<std::pair<std::string_view, std::string>> places{{"dbname", connection.dbname()},
                                                                 {"user", connection.username()}};
    // `hostaddr` may list as many addresses as `host` lists names.
    if (text.find("hostaddr") == std::string::npos) {
        places.emplace_back("host", connection.hostname());
        places.emplace_back("port", connection.port());
    }
    bool const uri = is_uri(text);
    char separator = !uri ? ' ' : text.find('?') == std::string::npos ? '?' : '&';
    for (auto const& [key, value] : places) {
        text += separator;
        text += uri ? query_parameter(key, value) : keyword_and_value(key, value);
        if (uri) separator = '&';
    }
    return text;
}

/// Runs `action` on the options that lead to the connection's database; throws what libpqxx's users
/// expect.
template <class Action>
auto with_connection(pqxx::connection& connection, DeployOptions options, Action action) {
    // Throws pqxx::usage_error if a transaction is open: the migrations might wait for its locks
    // for ever.
    pqxx::nontransaction const nothing_open(connection);
    options.database_url = connection_text(connection);
    try {
        return action(options);
    } catch (Error const& error) {
        constexpr int cannot_connect = 6;
        constexpr int misconfigured = 9;
        if (error.exit_code() == cannot_connect || error.exit_code() == misconfigured) {
            throw ConnectionError(error);
        }
        for (auto const& diagnostic : error.diagnostics()) {
            if (!diagnostic.sqlstate.empty()) throw StatementError(error, diagnostic);
        }
        throw MigrationError(error);
    }
}

}  // namespace detail

/// `deploy` of cm_migrate/engine.hpp for the database of `connection`; `options.database_url` does
/// not count. Throws ConnectionError, StatementError or MigrationError, and pqxx::usage_error if a
/// transaction is open on the connection.
inline Report deploy(pqxx::connection& connection, DeployOptions const& options = {}) {
    return detail::with_connection(connection, options,
                                   [](DeployOptions const& there) { return deploy(there); });
}

/// `status` of cm_migrate/engine.hpp, likewise.
inline Status status(pqxx::connection& connection, DeployOptions const& options = {}) {
    return detail::with_connection(connection, options,
                                   [](DeployOptions const& there) { return status(there); });
}

}  // namespace cm_migrate
