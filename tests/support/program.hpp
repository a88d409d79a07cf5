// cm-migrate in a process of its own, running beside the test: to be watched, killed, or started
// many times at once.
#pragma once
#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "support/project_folder.hpp"

namespace cm::test {

/// What a process has used.
struct Use {
    double seconds{};  ///< of processor time: the machine may be busy
    long megabytes{};
};

class Program {
  public:
    /// Starts it in the folder, with DATABASE_URL; `processor_time` is all that it may use.
    Program(ProjectFolder const& folder, std::string const& url,
            std::vector<std::string> const& arguments,
            std::optional<std::chrono::seconds> processor_time = {});
    Program(Program const&) = delete;
    Program& operator=(Program const&) = delete;
    Program(Program&&) noexcept;
    Program& operator=(Program&&) = delete;
    ~Program();

    /// The exit code (128 + signal for one that was killed) as soon as it has ended.
    std::optional<int> poll();
    int wait();
    /// The same if it ends in time.
    std::optional<int> wait_for(std::chrono::milliseconds time);
    void signal(int number);

    /// What it has used, when it has ended.
    Use use() const { return use_; }

    /// Both streams, when it has ended.
    std::string output();

  private:
    bool has_ended(int options);

    pid_t process_{};
    int screen_{};  ///< a file without a name
    std::optional<int> exit_code_{};
    Use use_{};
};

}  // namespace cm::test
