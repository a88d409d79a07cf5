// See connection.hpp.
#include "pg/connection.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include <utility>

#include "base/diagnostic.hpp"
#include "base/sqlstate.hpp"
#include "pg/connect.hpp"
#include "pg/interrupt.hpp"
#include "pg/message_log.hpp"
#include "pg/server_message.hpp"
#include "pg/session_settings.hpp"
#include "sql/name.hpp"

namespace cm::pg {
namespace {

struct FreeResult {
    void operator()(PGresult* result) const { PQclear(result); }
};

struct FreeCancel {
    void operator()(PGcancel* cancel) const { PQfreeCancel(cancel); }
};

using Result = std::unique_ptr<PGresult, FreeResult>;

sql::Rows to_rows(PGresult const* result) {
    sql::Rows rows{};
    int const columns = PQnfields(result);
    for (int column = 0; column < columns; ++column) {
        rows.columns.emplace_back(PQfname(result, column));
    }
    rows.fields.reserve(static_cast<std::size_t>(PQntuples(result)));
    for (int row = 0; row < PQntuples(result); ++row) {
        auto& fields = rows.fields.emplace_back();
        fields.reserve(static_cast<std::size_t>(columns));
        for (int column = 0; column < columns; ++column) {
            if (PQgetisnull(result, row, column) == 1) {
                fields.emplace_back();
            } else {
                fields.emplace_back(
                    std::string(PQgetvalue(result, row, column),
                                static_cast<std::size_t>(PQgetlength(result, row, column))));
            }
        }
    }
    return rows;
}

std::string without_line_end(std::string text) {
    while (text.ends_with('\n')) {
        text.pop_back();
    }
    return text;
}

}  // namespace

struct Connection::Session {
    Url url{};
    Handle handle{};
    bool search_path_set{};
    bool has_no_limits = false;  ///< see lift_limits
    std::unique_ptr<PGcancel, FreeCancel> cancel{};
    std::function<void(ServerMessage const&)> listener{};
    WaitListener wait_listener{};
    std::chrono::milliseconds read_lock_timeout{5000};
    std::function<void(std::string_view)> read_wait_listener{};
    std::chrono::milliseconds read_waited{};
    MessageLog::Session logged{};
    std::size_t round_trips{};
    Stopwatch time{};

    ~Session() { tell_end(); }

    void tell_end() const {
        if (handle == nullptr) return;
        log::write(log::Level::info, "disconnected",
                   {{"database", logged.database},
                    {"backend", logged.backend_pid},
                    {"roundTrips", round_trips},
                    {"elapsedMs", time.exactly()}});
    }

    /// Every message goes out here.
    void send(int sent) {
        ++round_trips;
        require_sent(sent);
    }

    void open_handle(std::function<void()> const& meanwhile) {
        auto opened = open(url, meanwhile);
        tell_end();
        handle = std::move(opened.handle);
        logged = {database_name(url), PQbackendPID(handle.get())};
        round_trips = 0;
        time = {};
        // Some poolers drop start-up options silently. With `public` PostgreSQL's own default does
        // as well.
        search_path_set = opened.search_path_set && url.schema == "public";
        cancel.reset(PQgetCancel(handle.get()));
        PQsetNoticeReceiver(
            handle.get(),
            [](void* session, PGresult const* result) {
                static_cast<Session*>(session)->hear(result);
            },
            this);
    }

    void hear(PGresult const* notice) const {
        if (!listener && !log::is_on(log::Level::info)) return;
        auto const said = server_message(notice);
        log::write(log::Level::info, "notice",
                   {{"database", logged.database},
                    {"backend", logged.backend_pid},
                    {"severity", said.severity},
                    {"sqlstate", said.sqlstate},
                    {"message", said.message},
                    {"detail", said.detail},
                    {"hint", said.hint}});
        if (listener) listener(said);
    }

    /// Returns when there is something to read; tells the listener of the time that goes by.
    void wait_for_answer(std::chrono::steady_clock::time_point sent) const {
        if (!wait_listener.told) {
            return;
        }
        constexpr std::chrono::milliseconds beat{1000};
        auto next = sent + wait_listener.first;
        // A further result of the same message: what is due was told while the first was waited
        // for.
        for (auto const begin = std::chrono::steady_clock::now(); next <= begin;) next += beat;
        bool told_of_interrupt = false;
        while (PQisBusy(handle.get()) == 1) {
            auto const now = std::chrono::steady_clock::now();
            if (now >= next) {
                wait_listener.told(
                    std::chrono::duration_cast<std::chrono::milliseconds>(now - sent));
                next += beat;
                // A signal that came while another connection was at work has cancelled that one.
                if (interrupted() && !told_of_interrupt) {
                    char message[256];
                    PQcancel(cancel.get(), message, sizeof message);
                    told_of_interrupt = true;
                }
                continue;
            }
            pollfd socket{PQsocket(handle.get()), POLLIN, 0};
            auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(next - now);
            if (::poll(&socket, 1, static_cast<int>(left.count()) + 1) > 0 &&
                PQconsumeInput(handle.get()) != 1) {
                return;  // the connection is gone; the next result says so
            }
        }
    }

    [[noreturn]] void throw_lost(std::size_t completed) const {
        throw_if_interrupted();
        auto text = without_line_end(PQerrorMessage(handle.get()));
        throw SqlError({.severity = "FATAL",
                        .message = text.empty() ? "the connection was lost" : std::move(text)},
                       completed);
    }

    void require_sent(int sent) const {
        if (sent != 1) {
            throw_lost(0);
        }
    }

    /// Whatever goes wrong, the copy's own result says so.
    void put(std::string_view data) const {
        constexpr std::size_t most_at_once = 65'536;
        while (!data.empty() && !interrupted()) {
            auto const part = data.substr(0, most_at_once);
            if (PQputCopyData(handle.get(), part.data(), static_cast<int>(part.size())) != 1) {
                return;
            }
            data.remove_prefix(part.size());
        }
        PQputCopyEnd(handle.get(), data.empty() ? nullptr : "interrupted");
    }

    /// The server's data of a COPY TO are of no use here.
    void end_copy(ExecStatusType status, std::optional<std::string_view> data) const {
        if (status == PGRES_COPY_IN && data) {
            put(*data);
        } else if (status == PGRES_COPY_IN) {
            PQputCopyEnd(handle.get(), "no data for COPY FROM STDIN");
        }
        char* answer = nullptr;
        while (status == PGRES_COPY_OUT && PQgetCopyData(handle.get(), &answer, 0) > 0) {
            PQfreemem(answer);
        }
    }

    /// Reads all results, the failed ones too, and shows each; gives the last.
    Result collect(MessageLog& log, std::function<void(PGresult const*)> const& show = {},
                   std::vector<std::string_view> const& data = {}) const {
        auto const sent = std::chrono::steady_clock::now();
        Result last{};
        std::optional<SqlError> failure{};
        auto next_data = data.begin();
        std::size_t completed = 0;
        for (;;) {
            wait_for_answer(sent);
            Result result{PQgetResult(handle.get())};
            if (result == nullptr) {
                break;
            }
            auto const status = PQresultStatus(result.get());
            if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT) {
                auto const has_data = status == PGRES_COPY_IN && next_data != data.end();
                end_copy(status, has_data ? std::optional{*next_data++} : std::nullopt);
                continue;  // the copy's own result follows
            }
            if (status == PGRES_FATAL_ERROR && !failure) {
                failure.emplace(server_message(result.get()), completed);
            }
            ++completed;
            last = std::move(result);
            log.add(last.get());
            if (show) {
                show(last.get());
            }
            if (PQstatus(handle.get()) == CONNECTION_BAD) {
                break;
            }
        }
        if (failure) {
            raise(*failure);
        }
        if (last == nullptr) {
            throw_lost(completed);
        }
        return last;
    }

    void raise(SqlError const& failure) const {
        // What our own cancel request brought about is the user's wish, not an error of the script.
        if (failure.server().sqlstate == sqlstate::query_canceled) {
            throw_if_interrupted();
        }
        if (PQstatus(handle.get()) == CONNECTION_BAD) {
            auto message = failure.server();
            message.disconnect_sqlstate = std::exchange(message.sqlstate, {});
            message.message = without_line_end(std::move(message.message));
            throw SqlError(std::move(message), failure.completed());
        }
        throw failure;
    }
};

Connection::Connection(Url url, std::function<void()> const& meanwhile)
    : session_(std::make_unique<Session>()) {
    session_->url = std::move(url);
    connect(meanwhile);
}

void Connection::connect(std::function<void()> const& meanwhile) {
    session_->open_handle(meanwhile);
    if (!session_->search_path_set) {
        execute("SET standard_conforming_strings = on; SET search_path = " +
                sql::quote_identifier(session_->url.schema));
    }
    if (session_->has_no_limits) {
        lift_limits();
    }
}

void Connection::reconnect() {
    connect({});
}

Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

Url const& Connection::url() const {
    return session_->url;
}

int Connection::server_version() const {
    return PQserverVersion(session_->handle.get());
}

int Connection::backend_pid() const {
    return PQbackendPID(session_->handle.get());
}

sql::Rows Connection::fetch(std::string_view query,
                            std::vector<std::optional<std::string>> const& parameters) {
    throw_if_interrupted();
    std::vector<char const*> values{};
    for (auto const& value : parameters) {
        values.push_back(value ? value->c_str() : nullptr);
    }
    Cancellable const cancellable(session_->cancel.get());
    MessageLog log(session_->logged, query);
    session_->send(PQsendQueryParams(session_->handle.get(), std::string(query).c_str(),
                                     static_cast<int>(values.size()), nullptr, values.data(),
                                     nullptr, nullptr, 0));
    return to_rows(session_->collect(log).get());
}

std::vector<sql::Rows> Connection::fetch_all(std::string_view script) {
    throw_if_interrupted();
    Cancellable const cancellable(session_->cancel.get());
    MessageLog log(session_->logged, script);
    session_->send(PQsendQuery(session_->handle.get(), std::string(script).c_str()));
    std::vector<sql::Rows> all{};
    session_->collect(log, [&](PGresult const* result) {
        if (PQresultStatus(result) == PGRES_TUPLES_OK) {
            all.push_back(to_rows(result));
        }
    });
    return all;
}

void Connection::execute(std::string_view script, std::vector<std::string_view> const& data) {
    throw_if_interrupted();
    Cancellable const cancellable(session_->cancel.get());
    MessageLog log(session_->logged, script);
    session_->send(PQsendQuery(session_->handle.get(), std::string(script).c_str()));
    session_->collect(log, {}, data);
}

void Connection::keep_utf8() {
    auto const* const value = PQparameterStatus(session_->handle.get(), "client_encoding");
    if (value != nullptr && std::string_view(value) != "UTF8") {
        execute("SET client_encoding = 'UTF8'");
    }
}

bool Connection::in_transaction() const {
    auto const status = PQtransactionStatus(session_->handle.get());
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

void Connection::lift_limits() {
    session_->has_no_limits = true;
    execute(no_time_limits(server_version()));
}

std::string Connection::reset_statements() const {
    std::string statements = "RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; DISCARD TEMP";
    if (server_version() >= 140000) {
        statements += "; SET idle_session_timeout = 0";  // as the lock has it
    }
    if (session_->has_no_limits) {
        statements += no_time_limits(server_version());
    }
    if (!session_->search_path_set) {
        statements += "; SET search_path = " + sql::quote_identifier(session_->url.schema);
    }
    return statements;
}

sql::QueryFunction Connection::reader() {
    return [this](std::string_view query) { return fetch(query); };
}

void Connection::on_notice(std::function<void(ServerMessage const&)> listener) {
    session_->listener = std::move(listener);
}

WaitListener Connection::on_wait(WaitListener listener) {
    return std::exchange(session_->wait_listener, std::move(listener));
}

void Connection::set_read_lock_timeout(std::chrono::milliseconds timeout) {
    session_->read_lock_timeout = timeout;
}

std::chrono::milliseconds Connection::read_lock_timeout() const {
    return session_->read_lock_timeout;
}

void Connection::on_read_wait(std::function<void(std::string_view)> listener) {
    session_->read_wait_listener = std::move(listener);
}

std::function<void(std::string_view)> const& Connection::read_wait_listener() const {
    return session_->read_wait_listener;
}

void Connection::add_read_wait(std::chrono::milliseconds time) {
    session_->read_waited += time;
}

std::chrono::milliseconds Connection::read_waited() const {
    return session_->read_waited;
}

}  // namespace cm::pg
