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

class Program {
  public:
    /// Starts it in the folder, with DATABASE_URL.
    Program(ProjectFolder const& folder, std::string const& url,
            std::vector<std::string> const& arguments);
    Program(Program const&) = delete;
    Program& operator=(Program const&) = delete;
    Program(Program&&) noexcept;
    Program& operator=(Program&&) = delete;
    ~Program();

    /// The exit code (128 + signal for one that was killed) as soon as it has ended.
    std::optional<int> poll();
    int wait();
    void signal(int number);
    /// Both streams, when it has ended.
    std::string output();

  private:
    pid_t process_{};
    int screen_{};  ///< a file without a name
    std::optional<int> exit_code_{};
};

}  // namespace cm::test
