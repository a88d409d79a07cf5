// Ctrl-C and SIGTERM. The handler only sets a flag, reads a clock and calls PQcancel, which POSIX
// and libpq document as safe in a handler. One wish to stop often arrives as two signals (npm and
// `timeout` pass on what the whole process group has got): only one that comes later than that ends
// the program at once.
#include "pg/interrupt.hpp"

#include <libpq-fe.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <thread>

#include "base/diagnostic.hpp"
#include "pg/connection.hpp"

namespace cm::pg {
namespace {

std::atomic<int> arrived{0};
std::atomic<std::int64_t> first_arrival{0};  ///< milliseconds
std::atomic<int> ignoring{0};
std::atomic<PGcancel*> running{nullptr};

/// Two signals that are no further apart are one wish.
constexpr std::int64_t same_wish = 1000;

std::int64_t now() {
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * std::int64_t{1000} + time.tv_nsec / 1'000'000;
}

static_assert(std::atomic<std::int64_t>::is_always_lock_free);
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<PGcancel*>::is_always_lock_free);

void on_signal(int) {
    int const saved = errno;
    if (arrived.fetch_add(1) > 0) {
        auto const first = first_arrival.load();
        if (first != 0 && now() - first > same_wish) {
            ::_exit(static_cast<int>(ExitCode::interrupted));
        }
        errno = saved;
        return;
    }
    first_arrival.store(now());
    if (auto* cancel = running.load(); cancel != nullptr && ignoring.load() == 0) {
        char message[256];
        PQcancel(cancel, message, sizeof message);
    }
    errno = saved;
}

}  // namespace

void install_interrupt_handler() {
    struct sigaction action {};

    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    for (auto const number : {SIGINT, SIGTERM}) {
        struct sigaction before {};

        // A signal that our caller ignores (nohup, background jobs of a shell) stays ignored.
        if (::sigaction(number, nullptr, &before) == 0 && before.sa_handler != SIG_IGN) {
            ::sigaction(number, &action, nullptr);
        }
    }
}

bool interrupted() {
    return arrived.load() > 0 && ignoring.load() == 0;
}

void throw_if_interrupted() {
    if (interrupted()) {
        throw Failure(
            error("CM0409", "interrupted").note("no statement is still running on the server"),
            ExitCode::interrupted);
    }
}

void pause(std::chrono::milliseconds time) {
    constexpr std::chrono::milliseconds beat{100};  // how late an interrupt may be seen
    for (; time.count() > 0; time -= beat) {
        throw_if_interrupted();
        std::this_thread::sleep_for(std::min(time, beat));
    }
    throw_if_interrupted();
}

InterruptsIgnored::InterruptsIgnored() {
    ++ignoring;
}

InterruptsIgnored::~InterruptsIgnored() {
    --ignoring;
}

Cancellable::Cancellable(PGcancel* cancel) : outer_(running.load()) {
    running.store(cancel);
    // A signal that came between the caller's check and the line above has seen no statement to
    // cancel.
    if (interrupted()) {
        char message[256];
        PQcancel(cancel, message, sizeof message);
    }
}

Cancellable::~Cancellable() {
    running.store(outer_);
}

}  // namespace cm::pg
