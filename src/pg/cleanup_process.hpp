// A child process that tidies up after this process even when it is killed: it waits on a pipe, and
// a pipe that closes without a farewell makes it work.
#pragma once
#include <sys/types.h>

#include <functional>

namespace cm::pg {

class CleanupProcess {
  public:
    /// Forks at once. `tidy` runs in the child, without a terminal, for ten seconds at most.
    explicit CleanupProcess(std::function<void()> const& tidy);
    CleanupProcess(CleanupProcess const&) = delete;
    CleanupProcess& operator=(CleanupProcess const&) = delete;
    /// Without a farewell the child tidies up now; waits for it.
    ~CleanupProcess();
    /// All is tidy: the child has nothing to do.
    void disarm();

  private:
    void close_and_wait();

    int pipe_ = -1;
    pid_t child_ = -1;
};

}  // namespace cm::pg
