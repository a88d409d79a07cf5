// A private PostgreSQL: a cluster in a folder of the project, reachable by unix socket only, run
// from the installed server's binaries. As root it runs as an unprivileged user, because PostgreSQL
// refuses root.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "pg/url.hpp"

namespace cm::pg {

/// Folder with initdb and pg_ctl: PATH, `pg_config --bindir`, the usual folders; none if not
/// installed.
std::optional<std::filesystem::path> find_server_binaries();

/// The project's own server in `.cm-migrate/postgres`. Left running between commands.
struct LocalServer {
    std::filesystem::path folder{};  ///< holds data/, socket/ and server.log
};

enum class LocalServerState { absent, stopped, running };

LocalServerState state(LocalServer const& server);
/// Makes the cluster if there is none and starts it if it does not run; safe to call from several
/// processes at once. Throws Failure CM0410 (no binaries: names the Debian package), CM0411 (could
/// not start: with the log's end).
void start(LocalServer const& server);
void stop(LocalServer const& server);
/// The URL of database `name` on it (the socket folder may lie under /tmp if the path is too long
/// for a socket).
Url url(LocalServer const& server, std::string const& database);

}  // namespace cm::pg
