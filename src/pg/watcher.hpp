// A child process that tidies up after this process even when it is killed: it waits on a pipe, and
// a pipe that closes without a farewell makes it work.
#pragma once
#include <sys/types.h>

#include <functional>

namespace cm::pg {

class Watcher {
  public:
    /// Forks at once. `tidy` runs in the child, without a terminal, for ten seconds at most.
    explicit Watcher(std::function<void()> const& tidy);
    Watcher(Watcher const&) = delete;
    Watcher& operator=(Watcher const&) = delete;
    /// Without a farewell the child tidies up now; waits for it.
    ~Watcher();
    /// All is tidy: the child has nothing to do.
    void farewell();

  private:
    void close_and_wait();

    int pipe_ = -1;
    pid_t child_ = -1;
};

}  // namespace cm::pg
