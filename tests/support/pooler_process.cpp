// See pooler_process.hpp.
#include "support/pooler_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <stdexcept>
#include <thread>

#include "support/case_file.hpp"
#include "support/tcp_proxy.hpp"

namespace cm::test {

namespace {

namespace fs = std::filesystem;

fs::path const program = "/usr/sbin/pgbouncer";

/// The parts of `postgresql://user@host:port/database`.
struct Address {
    std::string user{}, host{}, port{}, database{};
};

Address parse(std::string const& url) {
    auto const user = url.find("//") + 2;
    auto const at = url.find('@', user);
    auto const colon = url.find(':', at);
    auto const slash = url.find('/', colon);
    return {url.substr(user, at - user), url.substr(at + 1, colon - at - 1),
            url.substr(colon + 1, slash - colon - 1), url.substr(slash + 1)};
}

void write_settings(fs::path const& file, std::string_view mode, Address const& server, int port) {
    write_text(file,
               fmt::format("[databases]\n{} = host={} port={} user={}\n"
                           "[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {}\n"
                           "auth_type = any\npool_mode = {}\nunix_socket_dir =\n"
                           "default_pool_size = 3\n",
                           server.database, server.host, server.port, server.user, port, mode));
}

}  // namespace

bool PoolerProcess::is_installed() {
    return fs::exists(program);
}

PoolerProcess::PoolerProcess(std::string_view mode, std::string const& url) {
    auto pattern = (fs::temp_directory_path() / "cm-pooler-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make " + pattern);
    folder_ = pattern;
    fs::permissions(folder_, fs::perms{0755});
    auto const server = parse(url);
    auto const port = free_port();
    auto const settings = folder_ / "pgbouncer.ini";
    write_settings(settings, mode, server, port);
    url_ = fmt::format("postgresql://{}@127.0.0.1:{}/{}", server.user, port, server.database);
    process_ = fork();
    if (process_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        auto const null = open("/dev/null", O_RDWR);
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
        if (geteuid() == 0) {
            execl(program.c_str(), "pgbouncer", "-q", "-u", "postgres", settings.c_str(), nullptr);
        } else {
            execl(program.c_str(), "pgbouncer", "-q", settings.c_str(), nullptr);
        }
        _exit(127);
    }
    for (int i = 0; PQping(url_.c_str()) != PQPING_OK; ++i) {
        if (i == 200) throw std::runtime_error("PgBouncer does not start");
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

PoolerProcess::~PoolerProcess() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    std::error_code ignored{};
    fs::remove_all(folder_, ignored);
}

}  // namespace cm::test
