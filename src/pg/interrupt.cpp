// Ctrl-C and SIGTERM. The handler only sets a flag and calls PQcancel, which libpq documents as
// safe in a handler.
#include "pg/interrupt.hpp"

#include <libpq-fe.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <thread>

#include "base/diagnostic.hpp"
#include "pg/connection.hpp"

namespace cm::pg {
namespace {

std::atomic<int> arrived{0};
std::atomic<int> ignoring{0};
std::atomic<PGcancel*> running{nullptr};

static_assert(std::atomic<int>::is_always_lock_free && std::atomic<PGcancel*>::is_always_lock_free);

void on_signal(int) {
    int const saved = errno;
    if (arrived.fetch_add(1) > 0) {
        ::_exit(static_cast<int>(ExitCode::interrupted));
    }
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
        throw Failure(error("CM0409", "interrupted").note("nothing goes on in the background"),
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
