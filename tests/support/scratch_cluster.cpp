// initdb, start, stop, remove. The server is our child and ends with us whatever happens to us.
#include "support/scratch_cluster.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <thread>
#include <vector>

#include "support/case_file.hpp"
#include "support/database.hpp"
#include "support/tcp_proxy.hpp"

namespace cm::test {

namespace {

namespace fs = std::filesystem;

/// Whom the server runs as when we are root: PostgreSQL refuses root.
passwd const* unprivileged_user() {
    if (geteuid() != 0) return nullptr;
    for (auto const* name : {"postgres", "nobody"}) {
        if (auto const* user = getpwnam(name)) return user;
    }
    throw std::runtime_error("root, and neither a user postgres nor nobody to run the server as");
}

/// In memory where there is plenty: tests make and drop databases all the time, and a database is a
/// thousand small files.
fs::path place_for_clusters() {
    fs::path const memory = "/dev/shm";
    constexpr std::uintmax_t plenty = std::uintmax_t{8} << 30U;
    std::error_code failed{};
    auto const space = fs::space(memory, failed);
    auto const is_roomy = !failed && space.available >= plenty && access(memory.c_str(), W_OK) == 0;
    return is_roomy ? memory : fs::temp_directory_path();
}

fs::path make_folder() {
    auto pattern = (place_for_clusters() / "cm-tests-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make " + pattern);
    if (auto const* user = unprivileged_user()) {
        if (chown(pattern.c_str(), user->pw_uid, user->pw_gid) != 0) {
            throw std::runtime_error("cannot give away " + pattern);
        }
    }
    return pattern;
}

/// In the child: another user, another folder, output into a log, and death with the parent.
void become_server(passwd const* user, fs::path const& folder) {
    if (user != nullptr) {
        if (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0) {
            _exit(126);
        }
    }
    prctl(PR_SET_PDEATHSIG, SIGINT);
    setpgid(0, 0);  // a Ctrl-C on the terminal is for the parent, which then stops the server
    sigset_t none{};
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    if (chdir(folder.c_str()) != 0) _exit(126);
    int const log = open("server.log", O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
}

pid_t launch(std::vector<std::string> arguments, fs::path const& folder) {
    auto const* user = unprivileged_user();
    std::vector<char*> pointers{};
    pointers.reserve(arguments.size() + 1);
    for (auto& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    pid_t const child = fork();
    if (child == 0) {
        become_server(user, folder);
        execv(pointers.front(), pointers.data());
        _exit(127);
    }
    return child;
}

std::string log_text(fs::path const& folder) {
    auto const path = folder / "server.log";
    return fs::exists(path) ? read_text(path) : std::string("(no log)\n");
}

constexpr std::string_view client_authentication = R"(local all all trust
host all with_password 127.0.0.1/32 scram-sha-256
host all all 127.0.0.1/32 trust
)";

}  // namespace

std::optional<fs::path> find_server_binaries() {
    std::vector<fs::path> found{};
    fs::path const root = "/usr/lib/postgresql";
    if (!fs::is_directory(root)) return std::nullopt;
    for (auto const& version : fs::directory_iterator(root)) {
        if (fs::exists(version.path() / "bin/initdb") &&
            fs::exists(version.path() / "bin/postgres")) {
            found.push_back(version.path() / "bin");
        }
    }
    if (found.empty()) return std::nullopt;
    return *std::max_element(found.begin(), found.end());
}

ScratchCluster::ScratchCluster(fs::path binaries, std::vector<std::string> settings)
    : binaries_(std::move(binaries)),
      settings_(std::move(settings)),
      folder_(make_folder()),
      port_(free_port()) {
    url_ = fmt::format("postgresql://postgres@127.0.0.1:{}/postgres", port_);
    try {
        initialise();
        start();
        wait_until_ready();
        // Up to version 13 passwords are kept for MD5 unless that is said.
        Session(url_).execute(
            "SET password_encryption = 'scram-sha-256'; CREATE ROLE with_password LOGIN SUPERUSER "
            "PASSWORD 'correct'");
    } catch (...) {
        fs::remove_all(folder_);
        throw;
    }
}

ScratchCluster::~ScratchCluster() {
    kill(server_, SIGINT);  // "fast shutdown": sessions are ended
    waitpid(server_, nullptr, 0);
    std::error_code ignored{};
    fs::remove_all(folder_, ignored);
}

void ScratchCluster::initialise() {
    auto const child =
        launch({(binaries_ / "initdb").string(), "--pgdata=data", "--username=postgres",
                "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"},
               folder_);
    int status = 0;
    waitpid(child, &status, 0);
    if (status != 0) throw std::runtime_error("initdb failed:\n" + log_text(folder_));
    write_text(folder_ / "data/pg_hba.conf", client_authentication);
}

void ScratchCluster::start() {
    std::vector<std::string> arguments{(binaries_ / "postgres").string(),
                                       "-D",
                                       "data",
                                       "-p",
                                       std::to_string(port_),
                                       "-c",
                                       "listen_addresses=127.0.0.1",
                                       "-c",
                                       "unix_socket_directories=" + folder_.string()};
    // Tests run side by side, and some of them connect fifty times: a server's usual hundred
    // connections are not enough for two such.
    std::vector<std::string> settings{
        "fsync=off",      "synchronous_commit=off", "full_page_writes=off",
        "autovacuum=off", "max_wal_size=1GB",       "max_connections=300"};
    settings.insert(settings.end(), settings_.begin(), settings_.end());
    for (auto const& setting : settings) {
        arguments.insert(arguments.end(), {"-c", setting});
    }
    server_ = launch(std::move(arguments), folder_);
}

void ScratchCluster::restart_immediately() {
    kill(server_, SIGQUIT);
    waitpid(server_, nullptr, 0);
    start();
    wait_until_ready();
}

void ScratchCluster::restart_as_replica() {
    write_text(folder_ / "data/standby.signal", "");
    restart_immediately();
}

void ScratchCluster::wait_until_ready() const {
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (PQping(url_.c_str()) != PQPING_OK) {
        bool const ended = waitpid(server_, nullptr, WNOHANG) == server_;
        if (ended || std::chrono::steady_clock::now() > deadline) {
            throw std::runtime_error("the scratch server does not start:\n" + log_text(folder_));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

}  // namespace cm::test
