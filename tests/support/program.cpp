// See program.hpp.
#include "support/program.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <thread>
#include <utility>

#include "places.hpp"
#include "support/crowded_house.hpp"

namespace cm::test {

namespace {

int exit_code_of(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

double seconds(timeval time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

[[noreturn]] void become(ProjectFolder const& folder, std::string const& url,
                         std::vector<std::string> const& arguments,
                         std::optional<std::chrono::seconds> processor_time, int screen,
                         std::map<std::string, std::string> const& odd) {
    if (processor_time) {
        rlimit const limit{static_cast<rlim_t>(processor_time->count()), RLIM_INFINITY};
        setrlimit(RLIMIT_CPU, &limit);
    }
    for (auto const& [name, value] : odd) setenv(name.c_str(), value.c_str(), 0);
    setenv("DATABASE_URL", url.c_str(), 1);
    setenv("TMPDIR", folder.temporary().c_str(), 1);
    if (chdir(folder.project().c_str()) != 0) _exit(126);
    dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
    dup2(screen, STDOUT_FILENO);
    dup2(screen, STDERR_FILENO);
    std::vector<char*> words{const_cast<char*>(places::program.c_str())};
    for (auto const& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    execv(places::program.c_str(), words.data());
    _exit(127);
}

}  // namespace

Program::Program(ProjectFolder const& folder, std::string const& url,
                 std::vector<std::string> const& arguments,
                 std::optional<std::chrono::seconds> processor_time)
    : screen_(memfd_create("screen", MFD_CLOEXEC)) {
    static std::map<std::string, std::string> const none{};
    auto const& odd = house::is_open_to_this_test() ? house::environment() : none;
    process_ = fork();
    if (process_ == 0) become(folder, url, arguments, processor_time, screen_, odd);
}

Program::Program(Program&& other) noexcept
    : process_(std::exchange(other.process_, 0)),
      screen_(std::exchange(other.screen_, -1)),
      exit_code_(other.exit_code_),
      use_(other.use_) {}

Program::~Program() {
    if (process_ != 0 && !exit_code_) {
        signal(SIGKILL);
        wait();
    }
    if (screen_ >= 0) close(screen_);
}

bool Program::has_ended(int options) {
    if (exit_code_) return true;
    int status = 0;
    rusage usage{};
    if (wait4(process_, &status, options, &usage) != process_) return false;
    exit_code_ = exit_code_of(status);
    use_ = {seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss / 1024};
    return true;
}

std::optional<int> Program::poll() {
    has_ended(WNOHANG);
    return exit_code_;
}

int Program::wait() {
    has_ended(0);
    return exit_code_.value_or(-1);
}

std::optional<int> Program::wait_for(std::chrono::milliseconds time) {
    auto const end = std::chrono::steady_clock::now() + time;
    while (!poll() && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return poll();
}

void Program::signal(int number) {
    if (!poll()) kill(process_, number);
}

std::string Program::output() {
    std::string text{};
    std::array<char, 4096> buffer{};
    lseek(screen_, 0, SEEK_SET);
    for (ssize_t got = 0; (got = read(screen_, buffer.data(), buffer.size())) > 0;) {
        text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return text;
}

}  // namespace cm::test
