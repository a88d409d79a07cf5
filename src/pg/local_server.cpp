// See local_server.hpp. Where data and sockets lie is decided once, by `place`, and remembered.
#include "pg/local_server.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <thread>

#include "base/diagnostic.hpp"
#include "base/file.hpp"
#include "base/sha256.hpp"
#include "pg/cluster.hpp"
#include "pg/connection.hpp"

namespace cm::pg {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_socket_folder =
    90;  // sun_path holds 107 bytes, the socket's name takes 14

std::string short_hash(fs::path const& path) {
    return sha256(path.string()).substr(0, 12);
}

/// The folder itself, or the one that `place` names because PostgreSQL's user cannot enter the
/// project.
fs::path base_folder(fs::path const& folder) {
    auto place = read_file_if_exists(folder / "place").value_or("");
    while (place.ends_with('\n')) {
        place.pop_back();
    }
    return place.empty() ? folder : fs::path(place);
}

Cluster cluster_in(fs::path const& folder) {
    auto const base = base_folder(folder);
    auto const user = unprivileged_user();
    auto sockets = base / "socket";
    if (sockets.string().size() > longest_socket_folder) {
        sockets =
            fmt::format("/tmp/cm-migrate-{}-{}", user ? user->id : ::geteuid(), short_hash(base));
    }
    return {base / "data", sockets, folder / "server.log", user};
}

fs::path absolute_folder(LocalServer const& server) {
    return fs::absolute(server.folder).lexically_normal();
}

/// One process at a time works on the folder; a lock of a killed one is released by the kernel.
class FolderLock {
  public:
    explicit FolderLock(fs::path const& folder)
        : file_(::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
        if (file_ < 0) {
            throw Failure(error("CM0011", "cannot write `{}`: {}", (folder / "lock").string(),
                                std::generic_category().message(errno)));
        }
        while (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
            throw_if_interrupted();
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    }

    FolderLock(FolderLock const&) = delete;
    FolderLock& operator=(FolderLock const&) = delete;

    ~FolderLock() { ::close(file_); }

  private:
    int file_;
};

/// As root the server's user must be able to enter; a project below /root it cannot.
void choose_place(fs::path const& folder) {
    auto const user = unprivileged_user();
    if (!user || fs::exists(folder / "place") || may_enter(folder, user)) {
        return;
    }
    auto const elsewhere = fs::path("/var/tmp/cm-migrate-" + short_hash(folder));
    make_private_folder(elsewhere, user);
    write_file(folder / "place", elsewhere.string() + "\n");
}

bool is_made(Cluster const& cluster) {
    std::error_code unreadable{};
    return fs::exists(cluster.data / "PG_VERSION", unreadable);
}

}  // namespace

LocalServerState state(LocalServer const& server) {
    auto const cluster = cluster_in(absolute_folder(server));
    if (!is_made(cluster)) {
        return LocalServerState::absent;
    }
    return answers(cluster) ? LocalServerState::running : LocalServerState::stopped;
}

void start(LocalServer const& server) {
    if (state(server) == LocalServerState::running) {
        return;
    }
    auto const folder = absolute_folder(server);
    make_gitignored_directory(folder);
    FolderLock const lock(folder);
    choose_place(folder);
    auto const cluster = cluster_in(folder);
    if (!is_made(cluster)) {
        initialise(cluster);
    }
    if (answers(cluster)) {
        return;
    }
    start(cluster, {"synchronous_commit=off", "max_connections=50"});
}

void stop(LocalServer const& server) {
    auto const folder = absolute_folder(server);
    if (!fs::exists(folder)) {
        return;
    }
    FolderLock const lock(folder);
    auto const cluster = cluster_in(folder);
    shut_down(cluster, SIGINT);
    std::error_code not_empty{};
    fs::remove(cluster.sockets, not_empty);  // it may lie in /tmp
}

Url url(LocalServer const& server, std::string const& database) {
    return url(cluster_in(absolute_folder(server)), database);
}

}  // namespace cm::pg
