// See cleanup_process.hpp.
#include "pg/cleanup_process.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/file.hpp"
#include "base/log.hpp"
#include "pg/connection.hpp"

namespace cm::pg {
namespace {

constexpr unsigned int time_limit_seconds = 10;

/// Whoever reads our output through a pipe waits until the last holder closes it, so nothing may
/// stay open.
void close_all_but(int kept) {
    std::vector<int> files{};
    std::error_code failed{};
    for (auto const& entry : std::filesystem::directory_iterator("/proc/self/fd", failed)) {
        files.push_back(std::atoi(entry.path().filename().c_str()));
    }
    if (failed) {
        for (int file = 0; file < 1024; ++file) {
            files.push_back(file);
        }
    }
    for (auto const file : files) {
        if (file != kept) {
            ::close(file);
        }
    }
    int const empty = ::open("/dev/null", O_RDWR);  // becomes 0
    ::dup2(empty, 1);
    ::dup2(empty, 2);
}

void ignore_signals() {
    for (auto const number :
         {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGTSTP, SIGTTOU, SIGTTIN}) {
        ::signal(number, SIG_IGN);
    }
    ::signal(SIGALRM, SIG_DFL);
    ::signal(SIGCHLD, SIG_DFL);
}

bool farewell_arrives(int pipe) {
    char byte = 0;
    while (true) {
        auto const count = ::read(pipe, &byte, 1);
        if (count >= 0 || errno != EINTR) {
            return count == 1;
        }
    }
}

[[noreturn]] void watch(int pipe, pid_t parent, std::function<void()> const& tidy) {
    ::setsid();
    ignore_signals();
    close_all_but(pipe);
    [[maybe_unused]] auto const moved = ::chdir("/");
    if (!farewell_arrives(pipe)) {
        ::alarm(time_limit_seconds);
        log::open_in_child();
        log::write(log::Level::warning, "cleaning up after a process that has ended",
                   {{"parent", parent}});
        InterruptsIgnored const tidying{};
        try {
            tidy();
            log::write(log::Level::info, "cleaned up", {{"parent", parent}});
        } catch (std::exception const& failed) {
            log::write(log::Level::error, "cleaning up failed", {{"error", failed.what()}});
            ::_exit(1);
        } catch (...) {
            ::_exit(1);
        }
    }
    ::_exit(0);
}

}  // namespace

CleanupProcess::CleanupProcess(std::function<void()> const& tidy) {
    std::array<int, 2> pipe{};
    auto const parent = ::getpid();
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0 || (child_ = ::fork()) < 0) {
        throw Failure(error("CM0013", "cannot start the cleanup process: {}",
                            std::generic_category().message(errno))
                          .help("check the limits on processes and open files"));
    }
    if (child_ == 0) {
        watch(pipe[0], parent, tidy);
    }
    ::close(pipe[0]);
    pipe_ = pipe[1];
    log::write(log::Level::debug, "cleanup process started", {{"child", child_}});
}

CleanupProcess::~CleanupProcess() {
    close_and_wait();
}

void CleanupProcess::disarm() {
    // The child may have been killed: a broken pipe is no reason to die.
    auto* const before = ::signal(SIGPIPE, SIG_IGN);
    [[maybe_unused]] auto const sent = ::write(pipe_, "x", 1);
    ::signal(SIGPIPE, before);
    close_and_wait();
}

void CleanupProcess::close_and_wait() {
    if (child_ < 0) {
        return;
    }
    ::close(pipe_);
    int status = 0;
    while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
    }
    auto const level = status == 0 ? log::Level::debug : log::Level::error;
    log::write(level, "cleanup process ended", {{"child", child_}, {"status", status}});
    child_ = -1;
}

}  // namespace cm::pg
