// See cluster.hpp. The server is started directly rather than by pg_ctl, which goes through a
// shell.
#include "pg/cluster.hpp"

#include <libpq-fe.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <thread>

#include "base/diagnostic.hpp"
#include "base/file.hpp"
#include "base/log.hpp"
#include "pg/connection.hpp"
#include "pg/local_server.hpp"
#include "pg/server_variables.hpp"
#include "sql/name.hpp"

namespace cm::pg {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr auto superuser = "postgres";
constexpr auto patience = std::chrono::seconds(60);  // crash recovery may take its time

[[noreturn]] void fail(std::string_view what, std::string_view detail) {
    throw Failure(error("CM0411", "the private PostgreSQL server could not {}", what)
                      .note("{}", detail.empty() ? "no reason was reported" : detail)
                      .help("fix the cause, or specify a database with `--url` or DATABASE_URL"));
}

fs::path program(std::string_view name) {
    auto const folder = find_server_binaries();
    if (!folder) {
        throw Failure(
            error("CM0410", "no PostgreSQL server installation found")
                .note("looked in PATH, asked `pg_config --bindir`, looked in /usr/lib/postgresql")
                .help("install it (Debian, Ubuntu: `apt install postgresql`), or specify a "
                      "database with `--url` or DATABASE_URL"));
    }
    return *folder / name;
}

std::string last_lines(std::string_view text, int count) {
    while (text.ends_with('\n')) {
        text.remove_suffix(1);
    }
    auto begin = text.size();
    while (count-- > 0 && begin != 0 && begin != std::string_view::npos) {
        begin = text.rfind('\n', begin - 1);
    }
    return std::string(begin == std::string_view::npos || begin == 0 ? text
                                                                     : text.substr(begin + 1));
}

std::string log_end(Cluster const& cluster) {
    return last_lines(read_file_if_exists(cluster.log).value_or(""), 5);
}

/// PostgreSQL reads the list of folders with the rules for quoted identifiers.
std::string socket_setting(fs::path const& folder) {
    return "unix_socket_directories=" + sql::quote_identifier(folder.string());
}

void wait_until_it_answers(Cluster const& cluster, pid_t process) {
    auto const deadline = Clock::now() + patience;
    while (!answers(cluster)) {
        throw_if_interrupted();
        if (::waitpid(process, nullptr, WNOHANG) == process) {
            fail("start", log_end(cluster));
        }
        if (Clock::now() > deadline) {
            fail("start in time", log_end(cluster));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

bool alive(pid_t process) {
    ::waitpid(process, nullptr,
              WNOHANG);  // if it is our own child, do not take its zombie for alive
    return ::kill(process, 0) == 0 || errno == EPERM;
}

}  // namespace

void make_private_folder(fs::path const& folder, std::optional<User> const& user) {
    auto const owner = user ? user->id : ::geteuid();
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
        fail("create its folder",
             fmt::format("`{}`: {}", folder.string(), std::generic_category().message(errno)));
    }

    struct stat status {};

    bool const found = ::lstat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
    if (!found || (status.st_uid != owner && status.st_uid != ::geteuid())) {
        fail("create its folder", fmt::format("`{}` belongs to another user", folder.string()));
    }
    if (user && status.st_uid != owner && ::lchown(folder.c_str(), user->id, user->group) != 0) {
        fail("create its folder",
             fmt::format("`{}`: {}", folder.string(), std::generic_category().message(errno)));
    }
}

void initialise(Cluster const& cluster) {
    LibpqVariablesHidden const environment{};
    auto const unfinished = fs::path(cluster.data.string() + ".new");
    std::error_code ignored{};
    fs::remove_all(unfinished, ignored);
    make_private_folder(unfinished, cluster.user);
    RemovalGuard guard(unfinished);
    ProcessResult result{};
    for (auto const* locale : {"C.UTF-8", "C"}) {  // not every system has C.UTF-8
        result = run({program("initdb"), "-D", unfinished, "-U", superuser, "--auth=trust", "-E",
                      "UTF8", fmt::format("--locale={}", locale), "--no-sync", "--no-instructions"},
                     {.user = cluster.user, .folder = unfinished});
        throw_if_interrupted();
        if (result.status == 0) {
            break;
        }
    }
    if (result.status != 0) {
        fail("be created by initdb", last_lines(result.output, 5));
    }
    if (::rename(unfinished.c_str(), cluster.data.c_str()) != 0) {
        fail("be created", std::generic_category().message(errno));
    }
    guard.keep();
}

void start(Cluster const& cluster, std::vector<std::string> const& settings) {
    // The server itself reads PGPORT and others.
    LibpqVariablesHidden const environment{};
    make_private_folder(cluster.sockets, cluster.user);
    // A stale file whose process number is in use by another program again would keep the server
    // from starting.
    if (!main_process(cluster)) {
        ::unlink((cluster.data / "postmaster.pid").c_str());
    }
    std::vector<std::string> arguments{
        program("postgres"),           "-D", cluster.data.string(),           "-c",
        "listen_addresses=",           "-c", socket_setting(cluster.sockets), "-c",
        "unix_socket_permissions=0700"};
    for (auto const& setting : settings) {
        arguments.emplace_back("-c");
        arguments.push_back(setting);
    }
    auto const process =
        start_detached(arguments, cluster.log, {.user = cluster.user, .folder = cluster.data});
    wait_until_it_answers(cluster, process);
}

std::optional<pid_t> main_process(Cluster const& cluster) {
    std::string text{};
    try {
        text = read_file_if_exists(cluster.data / "postmaster.pid").value_or("");
    } catch (Failure const& unreadable) {
        log::swallowed("reading postmaster.pid", unreadable);
        return {};
    }
    pid_t process = 0;
    std::from_chars(text.data(), text.data() + text.size(), process);
    if (process <= 1 || !alive(process)) {
        return {};
    }
    std::error_code unreadable{};
    auto const working_folder = fs::read_symlink(fmt::format("/proc/{}/cwd", process), unreadable);
    if (!unreadable && working_folder != fs::canonical(cluster.data, unreadable) && !unreadable) {
        return {};
    }
    return process;
}

void shut_down(Cluster const& cluster, int signal_number) {
    auto const process = main_process(cluster);
    if (!process) {
        return;
    }
    if (::kill(*process, signal_number) != 0) {
        fail("be stopped", std::generic_category().message(errno));
    }
    auto const deadline = Clock::now() + patience;
    while (alive(*process)) {
        if (Clock::now() > deadline) {
            fail("be stopped in time", log_end(cluster));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

bool answers(Cluster const& cluster) {
    LibpqVariablesHidden const environment{};
    auto const folder = cluster.sockets.string();
    char const* const names[] = {"host", "port", "dbname", "user", "connect_timeout", nullptr};
    char const* const values[] = {folder.c_str(), "5432", "postgres", superuser, "3", nullptr};
    return PQpingParams(names, values, 0) == PQPING_OK;
}

Url url(Cluster const& cluster, std::string const& database) {
    return {.parameters = {{"host", cluster.sockets.string()},
                           {"port", "5432"},
                           {"user", superuser},
                           {"dbname", database}},
            .is_private = true};
}

}  // namespace cm::pg
