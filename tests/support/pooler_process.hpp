// PgBouncer between a test and its database, in session or transaction mode.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace cm::test {

class PoolerProcess {
  public:
    /// True if PgBouncer is installed.
    static bool is_installed();

    /// `mode`: "session" or "transaction"; `url` leads to the database.
    PoolerProcess(std::string_view mode, std::string const& url);
    PoolerProcess(PoolerProcess const&) = delete;
    PoolerProcess& operator=(PoolerProcess const&) = delete;
    ~PoolerProcess();

    /// The same database through the pooler.
    std::string const& url() const { return url_; }

  private:
    std::filesystem::path folder_{};
    std::string url_{};
    pid_t process_{};
};

}  // namespace cm::test
