// run_with_server [--binaries FOLDER] COMMAND…: starts a scratch cluster of the installed
// PostgreSQL (or of the one in the folder) with neighbours (crowded_house.hpp), runs the command
// with its URL in CM_TEST_URL, removes the cluster, and ends with the command's exit code, or 1 if
// neighbours, roles, databases or settings of the server are not as they were. Ctrl-C and SIGTERM
// go to the command; then we clean up.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string_view>

#include "support/crowded_house.hpp"
#include "support/golden.hpp"
#include "support/scratch_cluster.hpp"

namespace {

sigset_t watched_signals() {
    sigset_t signals{};
    sigemptyset(&signals);
    for (int const signal : {SIGCHLD, SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
    return signals;
}

pid_t launch(char** command, sigset_t const& blocked, std::string const& url) {
    pid_t const child = fork();
    if (child == 0) {
        setenv("CM_TEST_URL", url.c_str(), 1);
        sigprocmask(SIG_UNBLOCK, &blocked, nullptr);
        execvp(command[0], command);
        std::perror(command[0]);
        _exit(127);
    }
    return child;
}

/// Waits for the command, passing on signals that ask us to stop.
int wait_for(pid_t child, sigset_t const& signals) {
    for (;;) {
        int status = 0;
        if (waitpid(child, &status, WNOHANG) == child) {
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        }
        int signal = 0;
        sigwait(&signals, &signal);
        if (signal != SIGCHLD) kill(child, signal);
    }
}

}  // namespace

int main(int argc, char** argv) {
    bool const has_folder = argc > 2 && std::string_view(argv[1]) == "--binaries";
    auto** const command = argv + (has_folder ? 3 : 1);
    if (*command == nullptr) {
        std::fputs("usage: run_with_server [--binaries FOLDER] COMMAND [ARGUMENT…]\n", stderr);
        return 2;
    }
    try {
        std::optional const binaries =
            has_folder ? std::filesystem::absolute(argv[2]) : cm::test::find_server_binaries();
        if (!binaries) {
            std::fputs("no PostgreSQL server is installed: look at tests/packages.txt\n", stderr);
            return 1;
        }
        auto const signals = watched_signals();
        sigprocmask(SIG_BLOCK, &signals, nullptr);
        cm::test::ScratchCluster const cluster(*binaries);
        cm::test::house::settle(cluster.url());
        auto const before = cm::test::house::inventory(cluster.url(), *binaries);
        auto const code = wait_for(launch(command, signals, cluster.url()), signals);
        auto const change =
            cm::test::unified_diff(before, cm::test::house::inventory(cluster.url(), *binaries));
        if (change.empty()) return code;
        std::fprintf(stderr, "run_with_server: the server is not as it was before:\n%s",
                     change.c_str());
        return code == 0 ? 1 : code;
    } catch (std::exception const& error) {
        std::fprintf(stderr, "run_with_server: %s\n", error.what());
        return 1;
    }
}
