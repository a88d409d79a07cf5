// A PostgreSQL cluster that exists only while this object does: no fsync, a unix socket in a
// temporary folder and TCP on a free port of 127.0.0.1. As root it runs as an unprivileged user.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cm::test {

/// The newest folder with initdb and postgres among Debian's; none if no server is installed.
std::optional<std::filesystem::path> find_server_binaries();

class ScratchCluster {
  public:
    /// `settings` are added to those that make it fast: `max_connections=20`.
    explicit ScratchCluster(std::filesystem::path binaries, std::vector<std::string> settings = {});
    ScratchCluster(ScratchCluster const&) = delete;
    ScratchCluster& operator=(ScratchCluster const&) = delete;
    ~ScratchCluster();

    /// Of the superuser `postgres`, who needs no password. The role `with_password` needs one:
    /// `correct`.
    std::string const& url() const { return url_; }

    std::filesystem::path const& folder() const { return folder_; }

    /// What a crash of the server's processes is like: no farewell, then recovery.
    void restart_immediately();
    /// From then on it only follows a primary (which there is not), and takes no changes.
    void restart_as_replica();

  private:
    void initialise();
    void start();
    void wait_until_ready() const;

    std::filesystem::path binaries_{};
    std::vector<std::string> settings_{};
    std::filesystem::path folder_{};
    std::string url_{};
    int port_{};
    pid_t server_{};
};

}  // namespace cm::test
