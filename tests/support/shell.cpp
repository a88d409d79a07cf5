// fork and forkpty, reading until the command has ended.
#include "support/shell.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <stdexcept>

namespace cm::test {

namespace {

using Clock = std::chrono::steady_clock;

/// How long a terminal must be silent behind an unfinished line to count as waiting for an answer.
constexpr auto quiet_before_answer = std::chrono::milliseconds(150);
/// How long what a command left in the background may still hold the screen.
constexpr auto quiet_after_exit = std::chrono::milliseconds(100);

struct Child {
    pid_t process{};
    int screen{};
};

[[noreturn]] void execute(Shell const& shell, std::string const& command) {
    sigset_t none{};
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    signal(SIGINT, SIG_DFL);  // a shell has it ignored in what it starts in the background
    clearenv();
    for (auto const& [name, value] : shell.environment) setenv(name.c_str(), value.c_str(), 1);
    if (chdir(shell.folder.c_str()) != 0) _exit(126);
    execl("/bin/bash", "bash", "-c", command.c_str(), nullptr);
    _exit(127);
}

Child start_without_terminal(Shell const& shell, std::string const& command) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    pid_t const process = fork();
    if (process == 0) {
        setsid();  // no controlling terminal, so that /dev/tty cannot be opened
        dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        execute(shell, command);
    }
    close(ends[1]);
    return {process, ends[0]};
}

Child start_on_terminal(Shell const& shell, std::string const& command) {
    termios settings{};
    cfmakeraw(&settings);
    settings.c_lflag |= ISIG | ICANON;  // Ctrl-C and Ctrl-D work; answers are not echoed
    settings.c_cc[VINTR] = 3;
    settings.c_cc[VEOF] = 4;
    winsize size{.ws_row = 50, .ws_col = 120, .ws_xpixel = 0, .ws_ypixel = 0};
    int screen = -1;
    pid_t const process = forkpty(&screen, nullptr, &settings, &size);
    if (process < 0) throw std::runtime_error("no pseudo-terminal");
    if (process == 0) execute(shell, command);
    return {process, screen};
}

/// Somebody at the screen: reads, answers, and loses patience in the end.
class TerminalSession {
  public:
    TerminalSession(Child child, std::vector<std::string> const& answers,
                    Clock::time_point deadline)
        : child_(child), answers_(answers), deadline_(deadline) {}

    TerminalSession(TerminalSession const&) = delete;
    TerminalSession& operator=(TerminalSession const&) = delete;

    ~TerminalSession() { close(child_.screen); }

    Output read_all() {
        while (is_open_ && !is_over()) step();
        if (!status_) wait_for_exit();
        output_.exit_code = WIFEXITED(*status_) ? WEXITSTATUS(*status_) : 128 + WTERMSIG(*status_);
        return output_;
    }

  private:
    void step() {
        pollfd watch{child_.screen, POLLIN, 0};
        if (poll(&watch, 1, 50) > 0) {
            is_open_ = read_some();
            last_heard_ = Clock::now();
        }
        int status = 0;
        if (!status_ && waitpid(child_.process, &status, WNOHANG) == child_.process) {
            status_ = status;
            last_heard_ = Clock::now();
        }
        if (is_waiting_for_answer()) type(answers_.at(output_.pieces.size() - 1));
        if (!status_ && Clock::now() > deadline_) give_up();
    }

    bool read_some() {
        std::array<char, 4096> buffer{};
        auto const count = read(child_.screen, buffer.data(), buffer.size());
        if (count <= 0) return false;
        output_.pieces.back().append(buffer.data(), static_cast<std::size_t>(count));
        return true;
    }

    bool is_over() const { return status_ && Clock::now() - last_heard_ > quiet_after_exit; }

    bool is_waiting_for_answer() const {
        auto const& piece = output_.pieces.back();
        return !status_ && is_open_ && output_.pieces.size() <= answers_.size() && !piece.empty() &&
               piece.back() != '\n' && Clock::now() - last_heard_ > quiet_before_answer;
    }

    void type(std::string answer) {
        // ^C and ^D stand for the keys; nothing else is special.
        if (answer == "^C") {
            answer = "\x03";
        } else if (answer == "^D") {
            answer = "\x04";
        } else {
            answer += '\n';
        }
        if (write(child_.screen, answer.data(), answer.size()) < 0) is_open_ = false;
        output_.pieces.emplace_back();
        last_heard_ = Clock::now();
    }

    void give_up() {
        output_.timed_out = true;
        kill(-child_.process, SIGTERM);
        kill(-child_.process, SIGKILL);
        kill(child_.process, SIGKILL);
        wait_for_exit();
    }

    void wait_for_exit() {
        int status = 0;
        while (waitpid(child_.process, &status, WNOHANG) != child_.process) {
            if (Clock::now() > deadline_ && !output_.timed_out) {
                output_.timed_out = true;
                kill(child_.process, SIGKILL);
            }
            poll(nullptr, 0, 2);
        }
        status_ = status;
    }

    Child child_;
    std::vector<std::string> const& answers_;
    Clock::time_point deadline_;
    Clock::time_point last_heard_ = Clock::now();
    Output output_{.pieces = {""}, .exit_code = 0, .timed_out = false};
    std::optional<int> status_{};
    bool is_open_ = true;
};

}  // namespace

Output run(Shell const& shell, std::string const& command) {
    std::vector<std::string> const no_answers{};
    auto const child = start_without_terminal(shell, command);
    return TerminalSession(child, no_answers, Clock::now() + shell.patience).read_all();
}

bool has_terminals() {
    int ours = -1;
    int theirs = -1;
    if (openpty(&ours, &theirs, nullptr, nullptr, nullptr) != 0) return false;
    close(ours);
    close(theirs);
    return true;
}

Output run_on_terminal(Shell const& shell, std::string const& command,
                       std::vector<std::string> const& answers) {
    auto const child = start_on_terminal(shell, command);
    return TerminalSession(child, answers, Clock::now() + shell.patience).read_all();
}

}  // namespace cm::test
