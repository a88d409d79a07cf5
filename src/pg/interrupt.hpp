// What the signal handler needs to know about the statement that runs; see connection.hpp for the
// public part.
#pragma once
#include <libpq-fe.h>

namespace cm::pg {

/// True once Ctrl-C or SIGTERM has arrived and nobody ignores it.
bool interrupted();

/// Marks a stretch in which the server works for us: the handler cancels it with `cancel`.
class Cancellable {
  public:
    explicit Cancellable(PGcancel* cancel);
    Cancellable(Cancellable const&) = delete;
    Cancellable& operator=(Cancellable const&) = delete;
    ~Cancellable();
};

}  // namespace cm::pg
