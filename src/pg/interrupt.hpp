// What the signal handler needs to know about the statement that runs; see connection.hpp for the
// public part.
#pragma once
struct pg_cancel;  // libpq's PGcancel

namespace cm::pg {

/// True once Ctrl-C or SIGTERM has arrived and nobody ignores it.
bool interrupted();

/// Marks a stretch in which the server works for us: the handler cancels it with `cancel`. While a
/// statement of one connection runs, another connection may be asked.
class Cancellable {
  public:
    explicit Cancellable(pg_cancel* cancel);
    Cancellable(Cancellable const&) = delete;
    Cancellable& operator=(Cancellable const&) = delete;
    ~Cancellable();

  private:
    pg_cancel* outer_;
};

}  // namespace cm::pg
