// See connect.hpp. libpq has no function that gives the SQLSTATE of a refused connection, but its
// verbose messages carry it ("FATAL:  28P01: …"), and verbosity can be set between start and poll.
#include "pg/connect.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/elapsed.hpp"
#include "base/log.hpp"
#include "base/sqlstate.hpp"
#include "pg/client_identity.hpp"
#include "pg/connect_failure.hpp"
#include "pg/connection.hpp"
#include "pg/interrupt.hpp"
#include "pg/server_variables.hpp"
#include "pg/session_settings.hpp"
#include "sql/name.hpp"

namespace cm::pg {
namespace {

using Parameters = std::map<std::string, std::string>;
using Clock = std::chrono::steady_clock;

constexpr int default_timeout_seconds = 10;
constexpr std::chrono::milliseconds patience_with_starting_server = std::chrono::seconds(10);

int timeout_seconds(Url const& url) {
    auto const given = effective_parameter(url, "connect_timeout");
    int seconds = default_timeout_seconds;  // also for a PGCONNECT_TIMEOUT that is no number
    std::from_chars(given.data(), given.data() + given.size(), seconds);
    return seconds;
}

std::vector<std::string> items(std::string const& list) {
    std::vector<std::string> result{};
    for (std::size_t begin = 0; begin != std::string::npos;) {
        auto const comma = list.find(',', begin);
        result.push_back(list.substr(begin, comma - begin));
        begin = comma == std::string::npos ? comma : comma + 1;
    }
    return result;
}

/// One set of parameters a host, in order: so each host has the time limit to itself. Where
/// addresses are given for the names, libpq pairs them.
std::vector<Parameters> each_host(Parameters const& parameters, Url const& url) {
    auto const host = parameters.find("host");
    if (host == parameters.end() || host->second.find(',') == std::string::npos ||
        !effective_parameter(url, "hostaddr").empty()) {
        return {parameters};
    }
    auto const hosts = items(host->second);
    auto const ports = items(effective_parameter(url, "port"));
    std::vector<Parameters> all{};
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        auto one = parameters;
        one["host"] = hosts[i];
        one["port"] = ports.size() == 1 ? ports[0] : i < ports.size() ? ports[i] : "";
        all.push_back(std::move(one));
    }
    return all;
}

/// Waits until the socket is ready; false when time is up.
bool wait_for_socket(PGconn* connection, PostgresPollingStatusType wanted,
                     std::optional<Clock::time_point> deadline) {
    while (true) {
        throw_if_interrupted();
        auto wait = std::chrono::milliseconds(200);  // how late an interrupt may be seen
        if (deadline) {
            auto const left =
                std::chrono::duration_cast<std::chrono::milliseconds>(*deadline - Clock::now());
            if (left.count() <= 0) {
                return false;
            }
            wait = std::min(wait, left);
        }
        pollfd socket{PQsocket(connection),
                      static_cast<short>(wanted == PGRES_POLLING_READING ? POLLIN : POLLOUT), 0};
        if (::poll(&socket, 1, static_cast<int>(wait.count())) > 0) {
            return true;
        }
    }
}

/// Work that is done once, while there is an answer to wait for.
class OverlappedWork {
  public:
    explicit OverlappedWork(std::function<void()> const& work) : work_(work), is_done_(!work) {}

    /// True if it took so long that the server may have lost its patience with us.
    bool run() {
        if (std::exchange(is_done_, true)) return false;
        auto const begin = Clock::now();
        work_();
        return Clock::now() - begin > std::chrono::seconds(3);
    }

  private:
    std::function<void()> const& work_;
    bool is_done_{};
};

struct Attempt {
    Handle handle{};
    bool timed_out{};

    bool ok() const { return !timed_out && PQstatus(handle.get()) == CONNECTION_OK; }
};

Attempt attempt(Parameters const& parameters, int seconds, OverlappedWork& meanwhile) {
    std::vector<char const*> names{};
    std::vector<char const*> values{};
    for (auto const& [name, value] : parameters) {
        names.push_back(name.c_str());
        values.push_back(value.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    Attempt result{Handle(PQconnectStartParams(names.data(), values.data(), 0)), false};
    auto* const connection = result.handle.get();
    if (connection == nullptr) {
        throw std::bad_alloc();
    }
    PQsetErrorVerbosity(connection, PQERRORS_VERBOSE);
    auto const deadline = seconds <= 0 ? std::optional<Clock::time_point>{}
                                       : Clock::now() + std::chrono::seconds(seconds);
    auto state =
        PQstatus(connection) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
    while (state != PGRES_POLLING_OK && state != PGRES_POLLING_FAILED) {
        if (state == PGRES_POLLING_READING && meanwhile.run()) {
            return attempt(parameters, seconds, meanwhile);
        }
        if (!wait_for_socket(connection, state, deadline)) {
            result.timed_out = true;
            break;
        }
        state = PQconnectPoll(connection);
    }
    PQsetErrorVerbosity(connection, PQERRORS_DEFAULT);
    return result;
}

RefusedConnection refusal(Attempt const& failed) {
    if (failed.timed_out) {
        return {.reason = "the server did not respond in time", .no_server = true};
    }
    return read_refusal(PQerrorMessage(failed.handle.get()),
                        PQconnectionNeedsPassword(failed.handle.get()) == 1);
}

enum class SearchPath { at_start, later };

Parameters startup_parameters(Url const& url, SearchPath search_path) {
    auto parameters = url.parameters;
    parameters.try_emplace("fallback_application_name", "cm-migrate");
    parameters["client_encoding"] = "UTF8";
    translate_identity(parameters);
    if (search_path == SearchPath::at_start) {
        // An absent parameter means PGOPTIONS; one of ours would hide it. Our quoting relies on the
        // first, and a database may have it switched off.
        parameters["options"] = effective_parameter(url, "options") +
                                start_option("standard_conforming_strings", "on") +
                                start_option("search_path", sql::quote_identifier(url.schema));
    }
    return parameters;
}

std::string parameter(Parameters const& parameters, std::string const& name) {
    auto const found = parameters.find(name);
    return found == parameters.end() ? std::string{} : found->second;
}

/// How an attempt to connect ended.
void tell(Attempt const& tried, Parameters const& parameters, Url const& url,
          Stopwatch const& time) {
    if (!log::is_on(log::Level::info)) return;
    auto* const connection = tried.handle.get();
    auto const database = database_name(url);
    auto const user = parameter(parameters, "user");
    if (tried.ok()) {
        auto const text = [](char const* value) { return std::string(value ? value : ""); };
        auto const encryption = text(PQsslAttribute(connection, "protocol"));
        log::write(log::Level::info, "connected",
                   {{"database", database},
                    {"backend", PQbackendPID(connection)},
                    {"host", text(PQhost(connection))},
                    {"address", text(PQhostaddr(connection))},
                    {"port", text(PQport(connection))},
                    {"user", user},
                    {"tls", encryption.empty() ? "no" : encryption},
                    {"serverVersion", text(PQparameterStatus(connection, "server_version"))},
                    {"elapsedMs", time.exactly()}});
        return;
    }
    auto const refused = refusal(tried);
    log::write(log::Level::warning, "connection refused",
               {{"database", database},
                {"host", parameter(parameters, "host")},
                {"port", parameter(parameters, "port")},
                {"user", user},
                {"sqlstate", refused.sqlstate},
                {"error", refused.reason},
                {"elapsedMs", time.exactly()}});
}

/// Tries the hosts in turn; the refusal that says most is thrown or returned to be tried again.
struct Outcome {
    Handle handle{};
    RefusedConnection refused{};
};

Outcome try_all(Parameters const& parameters, Url const& url, OverlappedWork& meanwhile) {
    Outcome outcome{};
    auto const seconds = timeout_seconds(url);
    bool first = true;
    for (auto const& one : each_host(parameters, url)) {
        log::write(log::Level::debug, "connecting",
                   {{"database", database_name(url)},
                    {"host", parameter(one, "host")},
                    {"port", parameter(one, "port")},
                    {"user", parameter(one, "user")}});
        Stopwatch const time{};
        auto tried = attempt(one, seconds, meanwhile);
        tell(tried, one, url, time);
        if (tried.ok()) {
            return {std::move(tried.handle), {}};
        }
        auto refused = refusal(tried);
        if (first || (outcome.refused.no_server && !refused.no_server)) {
            outcome.refused = std::move(refused);
        }
        first = false;
    }
    return outcome;
}

struct Waiting {
    ConnectPatience wished{};
    std::set<std::string> answered{};  ///< servers that were there: not waited for any more
};

Waiting& waiting_for_servers() {
    static Waiting waiting{};
    return waiting;
}

/// A server that is starting up is waited for: in containers it often is. One that is not there at
/// all only by request.
Outcome connect_with_retry(Parameters const& parameters, Url const& url,
                           OverlappedWork& meanwhile) {
    constexpr std::chrono::milliseconds first_pause{200};
    constexpr std::chrono::milliseconds longest_pause{1000};
    auto const& [wished, answered] = waiting_for_servers();
    auto const is_new = wished.time.count() > 0 && !answered.contains(server_address(url));
    Stopwatch const waited{};
    auto pause_now = first_pause;
    for (int attempt = 2;; ++attempt) {
        auto outcome = try_all(parameters, url, meanwhile);
        auto const& refused = outcome.refused;
        bool const starting = refused.sqlstate == sqlstate::cannot_connect_now;
        auto const patience = starting ? std::max(wished.time, patience_with_starting_server)
                              : refused.no_server && is_new ? wished.time
                                                            : std::chrono::milliseconds{};
        if (outcome.handle != nullptr || waited.elapsed() >= patience) return outcome;
        if (is_new && wished.waiting) {
            wished.waiting(url, refused.reason, attempt, waited.elapsed());
        }
        log::write(log::Level::info, "the server is not ready: retrying",
                   {{"database", database_name(url)}});
        pause(pause_now);
        if (!starting) pause_now = std::min(pause_now * 2, longest_pause);
    }
}

bool has_service(Url const& url) {
    return url.parameters.contains("service") ||
           (!url.is_private && std::getenv("PGSERVICE") != nullptr);
}

}  // namespace

void CloseConnection::operator()(pg_conn* connection) const {
    PQfinish(connection);
}

void set_connect_patience(ConnectPatience patience) {
    waiting_for_servers() = {std::move(patience), {}};
}

Opened open(Url const& url, std::function<void()> const& work) {
    OverlappedWork meanwhile(work);
    auto const hidden = hide_libpq_variables_for(url);
    // A service of the user's file may have `options`, which ours would hide.
    auto const first = has_service(url) ? SearchPath::later : SearchPath::at_start;
    auto outcome = connect_with_retry(startup_parameters(url, first), url, meanwhile);
    if (auto& waiting = waiting_for_servers();
        outcome.handle != nullptr && waiting.wished.time.count() > 0) {
        waiting.answered.insert(server_address(url));
    }
    if (outcome.handle != nullptr) {
        return {std::move(outcome.handle), first == SearchPath::at_start};
    }
    // PgBouncer refuses start-up options that it does not know with 08P01.
    if (outcome.refused.sqlstate == sqlstate::protocol_violation) {
        log::write(log::Level::info, "the pooler takes no options: connecting without them",
                   {{"database", database_name(url)}});
        outcome = try_all(startup_parameters(url, SearchPath::later), url, meanwhile);
        if (outcome.handle != nullptr) {
            return {std::move(outcome.handle), false};
        }
    }
    throw_connect_failure(url, outcome.refused);
}

}  // namespace cm::pg
