// See temporary_server.hpp.
#include "pg/temporary_server.hpp"

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <random>
#include <thread>

#include "base/file.hpp"
#include "base/log.hpp"

namespace cm::pg {
namespace {

namespace fs = std::filesystem;

/// A name that nobody has yet; the folder itself is made when the watcher is in place.
fs::path new_folder() {
    std::random_device random{};
    return fmt::format("/tmp/cm-migrate-{:08x}{:08x}", random(), random());
}

/// initdb and the server name the folder in their arguments; nothing else does.
void kill_processes_of(fs::path const& folder) {
    std::error_code failed{};
    for (auto const& entry : fs::directory_iterator("/proc", failed)) {
        auto const process = std::atoi(entry.path().filename().c_str());
        if (process <= 1 || process == ::getpid()) {
            continue;
        }
        try {
            auto const arguments = read_file_if_exists(entry.path() / "cmdline").value_or("");
            if (arguments.find(folder.string()) != std::string::npos) {
                ::kill(process, SIGQUIT);
            }
        } catch (std::exception const&) {
            // It has ended meanwhile, or is none of ours.
        }
    }
}

/// Until the folder stays away: a dying initdb may still write into it.
void force_remove(fs::path const& folder) {
    for (int quiet = 0; quiet < 3;) {
        kill_processes_of(folder);
        std::error_code failed{};
        bool const gone = fs::remove_all(folder, failed) == 0 && !failed;
        quiet = gone ? quiet + 1 : 0;
        std::this_thread::sleep_for(std::chrono::milliseconds(30));
    }
}

}  // namespace

TemporaryServer::TemporaryServer()
    : folder_(new_folder()),
      cluster_{folder_ / "data", folder_, folder_ / "server.log", unprivileged_user()},
      cleanup_process_([folder = folder_] { force_remove(folder); }) {
    make_private_folder(folder_, cluster_.user);
    initialise(cluster_);
    start(cluster_, {"fsync=off", "synchronous_commit=off", "full_page_writes=off",
                     "autovacuum=off", "max_connections=20", "shared_buffers=32MB",
                     "wal_level=minimal", "max_wal_senders=0", "logging_collector=off"});
}

TemporaryServer::~TemporaryServer() {
    try {
        shut_down(cluster_, SIGQUIT);
    } catch (std::exception const& failed) {
        log::swallowed("stopping the private server", failed);
        return;  // the watcher sees to it
    }
    std::error_code failed{};
    fs::remove_all(folder_, failed);
    if (!failed) {
        cleanup_process_.disarm();
    }
}

}  // namespace cm::pg
