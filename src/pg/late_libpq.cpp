// Stands in for libpq, which is loaded at the first call: with the 25 libraries that it needs
// itself it would be most of the time that commands without a server take. Callers use libpq-fe.h
// as ever.
#include "pg/late_libpq.hpp"

#include <dlfcn.h>
#include <libpq-fe.h>

#include "base/diagnostic.hpp"

// What pg calls: result, name, parameters, and how they are handed on. A mistake here contradicts
// libpq-fe.h and does not compile; a function left out does not link.
// clang-format off
#define CM_LIBPQ(X) \
    X(int, PQbackendPID, (PGconn const* a), (a)) \
    X(int, PQcancel, (PGcancel* a, char* b, int c), (a, b, c)) \
    X(void, PQclear, (PGresult* a), (a)) \
    X(char*, PQcmdStatus, (PGresult* a), (a)) \
    X(PQconninfoOption*, PQconndefaults, (), ()) \
    X(PostgresPollingStatusType, PQconnectPoll, (PGconn* a), (a)) \
    X(PGconn*, PQconnectStartParams, (char const* const* a, char const* const* b, int c), (a, b, c)) \
    X(int, PQconnectionNeedsPassword, (PGconn const* a), (a)) \
    X(void, PQconninfoFree, (PQconninfoOption* a), (a)) \
    X(PQconninfoOption*, PQconninfoParse, (char const* a, char** b), (a, b)) \
    X(int, PQconsumeInput, (PGconn* a), (a)) \
    X(char*, PQerrorMessage, (PGconn const* a), (a)) \
    X(void, PQfinish, (PGconn* a), (a)) \
    X(char*, PQfname, (PGresult const* a, int b), (a, b)) \
    X(void, PQfreeCancel, (PGcancel* a), (a)) \
    X(void, PQfreemem, (void* a), (a)) \
    X(PGcancel*, PQgetCancel, (PGconn* a), (a)) \
    X(int, PQgetCopyData, (PGconn* a, char** b, int c), (a, b, c)) \
    X(PGresult*, PQgetResult, (PGconn* a), (a)) \
    X(int, PQgetisnull, (PGresult const* a, int b, int c), (a, b, c)) \
    X(int, PQgetlength, (PGresult const* a, int b, int c), (a, b, c)) \
    X(char*, PQgetvalue, (PGresult const* a, int b, int c), (a, b, c)) \
    X(char*, PQhost, (PGconn const* a), (a)) \
    X(char*, PQhostaddr, (PGconn const* a), (a)) \
    X(int, PQisBusy, (PGconn* a), (a)) \
    X(int, PQnfields, (PGresult const* a), (a)) \
    X(int, PQntuples, (PGresult const* a), (a)) \
    X(char const*, PQparameterStatus, (PGconn const* a, char const* b), (a, b)) \
    X(char*, PQport, (PGconn const* a), (a)) \
    X(PGPing, PQpingParams, (char const* const* a, char const* const* b, int c), (a, b, c)) \
    X(int, PQputCopyData, (PGconn* a, char const* b, int c), (a, b, c)) \
    X(int, PQputCopyEnd, (PGconn* a, char const* b), (a, b)) \
    X(char*, PQresultErrorField, (PGresult const* a, int b), (a, b)) \
    X(char*, PQresultErrorMessage, (PGresult const* a), (a)) \
    X(ExecStatusType, PQresultStatus, (PGresult const* a), (a)) \
    X(int, PQsendQuery, (PGconn* a, char const* b), (a, b)) \
    X(int, PQsendQueryParams, (PGconn* a, char const* b, int c, Oid const* d, char const* const* e, \
                               int const* f, int const* g, int h), (a, b, c, d, e, f, g, h)) \
    X(int, PQserverVersion, (PGconn const* a), (a)) \
    X(PGVerbosity, PQsetErrorVerbosity, (PGconn* a, PGVerbosity b), (a, b)) \
    X(PQnoticeReceiver, PQsetNoticeReceiver, (PGconn* a, PQnoticeReceiver b, void* c), (a, b, c)) \
    X(int, PQsocket, (PGconn const* a), (a)) \
    X(char const*, PQsslAttribute, (PGconn* a, char const* b), (a, b)) \
    X(ConnStatusType, PQstatus, (PGconn const* a), (a)) \
    X(PGTransactionStatusType, PQtransactionStatus, (PGconn const* a), (a))

// clang-format on

namespace cm::pg {

void* open_library(char const* file) {
    auto* const handle = ::dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
        throw Failure(
            error("CM0419", "PostgreSQL's client library cannot be loaded: {}", ::dlerror())
                .help("install it: on Debian and Ubuntu the package `libpq5`"),
            ExitCode::misconfigured);
    }
    return handle;
}

void* find_function(void* library, char const* name) {
    auto* const function = ::dlsym(library, name);
    if (function == nullptr) {
        throw Failure(error("CM0419", "PostgreSQL's client library is too old: it lacks `{}`", name)
                          .help("install a newer one: on Debian and Ubuntu the package `libpq5`"),
                      ExitCode::misconfigured);
    }
    return function;
}

}  // namespace cm::pg

namespace {

struct Libpq {
#define CM_MEMBER(result, name, parameters, arguments) result(*name) parameters = nullptr;
    CM_LIBPQ(CM_MEMBER)
#undef CM_MEMBER
};

Libpq load() {
    auto* const library = cm::pg::open_library("libpq.so.5");
    Libpq libpq{};
#define CM_FIND(result, name, parameters, arguments) \
    libpq.name = reinterpret_cast<result(*) parameters>(cm::pg::find_function(library, #name));
    CM_LIBPQ(CM_FIND)
#undef CM_FIND
    return libpq;
}

/// All functions at once: PQcancel is called in a signal handler, where nothing can be looked up.
Libpq const& libpq() {
    static Libpq const loaded = load();
    return loaded;
}

}  // namespace

#define CM_FORWARD(result, name, parameters, arguments) \
    extern "C" result name parameters {                 \
        return libpq().name arguments;                  \
    }
CM_LIBPQ(CM_FORWARD)
