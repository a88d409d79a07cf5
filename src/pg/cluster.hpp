// A PostgreSQL cluster that cm-migrate runs itself: initdb, start, stop. Reachable by unix socket
// only. As root it belongs to an unprivileged user.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/process.hpp"
#include "pg/url.hpp"

namespace cm::pg {

struct Cluster {
    std::filesystem::path data{};
    std::filesystem::path sockets{};
    std::filesystem::path log{};
    std::optional<User> user{};
};

/// Makes the data folder, whole or not at all. Throws Failure CM0410, CM0411.
void initialise(Cluster const& cluster);

/// Starts it with further `name=value` settings and waits until it answers. Throws Failure CM0410,
/// CM0411.
void start(Cluster const& cluster, std::vector<std::string> const& settings);

/// Its main process, if that is alive.
std::optional<pid_t> main_process(Cluster const& cluster);

/// Sends the signal (SIGINT: fast, SIGQUIT: at once) and waits until it has gone.
void shut_down(Cluster const& cluster, int signal_number);

bool answers(Cluster const& cluster);

Url url(Cluster const& cluster, std::string const& database);

/// Makes a folder that only `user` (or else we ourselves) may enter; refuses one that somebody else
/// put there (CM0411).
void make_private_folder(std::filesystem::path const& folder, std::optional<User> const& user);

}  // namespace cm::pg
