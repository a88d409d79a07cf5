// See process.hpp. Between fork and exec only system calls are made: everything they need is
// prepared before.
#include "base/process.hpp"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "base/diagnostic.hpp"

extern char** environ;

namespace cm {
namespace {

constexpr int could_not_start = 127;

/// Argument vector and environment in the shape that execve wants.
class Image {
  public:
    Image(std::vector<std::string> arguments, ProcessOptions const& options)
        : arguments_(std::move(arguments)), folder_(options.folder.string()), user_(options.user) {
        for (auto** entry = environ; *entry != nullptr; ++entry) {
            std::string const text(*entry);
            if (!options.environment.contains(text.substr(0, text.find('=')))) {
                environment_.push_back(text);
            }
        }
        for (auto const& [name, value] : options.environment) {
            environment_.push_back(name + "=" + value);
        }
        for (auto& text : arguments_) {
            argument_pointers_.push_back(text.data());
        }
        for (auto& text : environment_) {
            environment_pointers_.push_back(text.data());
        }
        argument_pointers_.push_back(nullptr);
        environment_pointers_.push_back(nullptr);
    }

    /// Called in the child.
    [[noreturn]] void become() const {
        reset_signals();
        if (drop() && ::chdir(folder_.c_str()) == 0) {
            ::execvpe(argument_pointers_.front(), argument_pointers_.data(),
                      environment_pointers_.data());
        }
        ::_exit(could_not_start);
    }

    /// Gives up root for good: groups first, the user last.
    bool drop() const {
        if (!user_) {
            return true;
        }
        return ::setgroups(0, nullptr) == 0 && ::setgid(user_->group) == 0 &&
               ::setuid(user_->id) == 0;
    }

  private:
    static void reset_signals() {
        for (auto const number : {SIGINT, SIGTERM, SIGPIPE, SIGHUP, SIGQUIT}) {
            ::signal(number, SIG_DFL);
        }
        sigset_t none{};
        sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
    }

    std::vector<std::string> arguments_{};
    std::string folder_{};
    std::optional<User> user_{};
    std::vector<std::string> environment_{};
    std::vector<char*> argument_pointers_{};
    std::vector<char*> environment_pointers_{};
};

[[noreturn]] void fail(std::string_view program) {
    throw Failure(
        error("CM0013", "cannot run `{}`: {}", program, std::generic_category().message(errno))
            .help("check the limits on processes and open files"));
}

int wait_for(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) {
            return could_not_start;
        }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string read_to_end(int file) {
    std::string text{};
    std::array<char, 4096> buffer{};
    while (true) {
        auto const count = ::read(file, buffer.data(), buffer.size());
        if (count > 0) {
            text.append(buffer.data(), static_cast<std::size_t>(count));
        }
        if (count == 0 || (count < 0 && errno != EINTR)) {
            return text;
        }
    }
}

/// What is there to be read now; false at the end.
bool read_some(int file, std::string& text) {
    std::array<char, 4096> buffer{};
    auto const count = ::read(file, buffer.data(), buffer.size());
    if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
    return count > 0 || (count < 0 && errno == EINTR);
}

/// Whoever writes to both would wait for ever if one were read after the other.
void read_both(std::array<int, 2> const& files, std::array<std::string*, 2> const& texts) {
    std::array<pollfd, 2> open{pollfd{files[0], POLLIN, 0}, pollfd{files[1], POLLIN, 0}};
    while (open[0].fd >= 0 || open[1].fd >= 0) {
        if (::poll(open.data(), open.size(), -1) < 0) continue;
        for (std::size_t i = 0; i < open.size(); ++i) {
            if (open[i].fd >= 0 && open[i].revents != 0 && !read_some(open[i].fd, *texts[i]))
                open[i].fd = -1;
        }
    }
}

void redirect(char const* input, int output, int errors) {
    int const empty = ::open(input, O_RDONLY);
    ::dup2(empty, 0);
    ::dup2(output, 1);
    ::dup2(errors, 2);
    if (empty > 2) {
        ::close(empty);
    }
}

}  // namespace

std::optional<User> unprivileged_user() {
    if (::geteuid() != 0) {
        return {};
    }
    for (auto const* name : {"postgres", "nobody"}) {
        if (auto const* entry = ::getpwnam(name); entry != nullptr && entry->pw_uid != 0) {
            return User{entry->pw_uid, entry->pw_gid, name};
        }
    }
    return {};
}

ProcessResult run(std::vector<std::string> const& arguments, ProcessOptions const& options) {
    Image const image(arguments, options);
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
        fail(arguments.front());
    }
    auto const child = ::fork();
    if (child < 0) {
        fail(arguments.front());
    }
    if (child == 0) {
        redirect("/dev/null", pipe[1], pipe[1]);
        image.become();
    }
    ::close(pipe[1]);
    auto output = read_to_end(pipe[0]);
    ::close(pipe[0]);
    return {wait_for(child), std::move(output)};
}

SeparateResult run_shell_apart(std::string const& command, ProcessOptions const& options) {
    Image const image({"/bin/sh", "-c", command}, options);
    std::array<int, 2> output{};
    std::array<int, 2> errors{};
    if (::pipe2(output.data(), O_CLOEXEC) != 0 || ::pipe2(errors.data(), O_CLOEXEC) != 0) {
        fail("/bin/sh");
    }
    auto const child = ::fork();
    if (child < 0) {
        fail("/bin/sh");
    }
    if (child == 0) {
        redirect("/dev/null", output[1], errors[1]);
        image.become();
    }
    ::close(output[1]);
    ::close(errors[1]);
    SeparateResult result{};
    read_both({output[0], errors[0]}, {&result.output, &result.errors});
    ::close(output[0]);
    ::close(errors[0]);
    result.status = wait_for(child);
    return result;
}

pid_t start_detached(std::vector<std::string> const& arguments, std::filesystem::path const& log,
                     ProcessOptions const& options) {
    Image const image(arguments, options);
    int const output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (output < 0) {
        fail(arguments.front());
    }
    auto const child = ::fork();
    if (child < 0) {
        fail(arguments.front());
    }
    if (child == 0) {
        ::setsid();
        redirect("/dev/null", output, output);
        image.become();
    }
    ::close(output);
    return child;
}

std::string quote_word(std::string_view text) {
    std::string word = "'";
    for (auto const c : text) {
        if (c == '\'') {
            word += "'\\''";
        } else {
            word += c;
        }
    }
    return word + "'";
}

int run_shell(std::string const& command, ProcessOptions const& options) {
    Image const image({"/bin/sh", "-c", command}, options);
    auto const child = ::fork();
    if (child < 0) {
        fail("/bin/sh");
    }
    if (child == 0) {
        if (options.output_to_error) ::dup2(STDERR_FILENO, STDOUT_FILENO);
        image.become();
    }
    return wait_for(child);
}

bool may_enter(std::filesystem::path const& folder, std::optional<User> const& user) {
    if (!user) {
        return ::access(folder.c_str(), X_OK) == 0;
    }
    Image const image({"true"}, {.user = user});
    auto const child = ::fork();
    if (child < 0) {
        fail("fork");
    }
    if (child == 0) {
        ::_exit(image.drop() && ::chdir(folder.c_str()) == 0 ? 0 : 1);
    }
    return wait_for(child) == 0;
}

}  // namespace cm
