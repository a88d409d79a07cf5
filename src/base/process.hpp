// Running other programs: PostgreSQL's own ones and the user's seed and generate commands.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cm {

/// Whom a program runs as, when this process is root and the program refuses root.
struct User {
    uid_t id{};
    gid_t group{};
    std::string name{};
};

/// The account PostgreSQL is run as: none unless this process is root, then `postgres`, else
/// `nobody`.
std::optional<User> unprivileged_user();

struct ProcessOptions {
    std::optional<User> user{};                        ///< drop to this user first
    std::filesystem::path folder = "/";                ///< working folder
    std::map<std::string, std::string> environment{};  ///< added to this process' own
    bool output_to_error = false;  ///< run_shell: standard output becomes standard error
};

struct ProcessResult {
    int status{};  ///< exit status; 128 + n when signal n ended it; 127 when it could not be
                   ///< started
    std::string output{};  ///< standard output and standard error, as they came
};

/// Runs a program to its end without a shell; its standard input is empty.
ProcessResult run(std::vector<std::string> const& arguments, ProcessOptions const& options = {});

/// The same with both streams apart.
struct SeparateResult {
    int status{};  ///< as in ProcessResult
    std::string output{};
    std::string errors{};
};

/// Runs a command line in /bin/sh to its end; its standard input is empty.
SeparateResult run_shell_apart(std::string const& command, ProcessOptions const& options = {});

/// Starts a program that goes on by itself, in a session of its own, its output appended to `log`.
/// Gives its id.
pid_t start_detached(std::vector<std::string> const& arguments, std::filesystem::path const& log,
                     ProcessOptions const& options = {});

/// `'text'`: one word for /bin/sh, whatever is in it.
std::string quote_word(std::string_view text);

/// Runs a command line in /bin/sh with this process' input and output; gives its exit status like
/// `run`.
int run_shell(std::string const& command, ProcessOptions const& options);

/// True if `user` may enter the folder.
bool may_enter(std::filesystem::path const& folder, std::optional<User> const& user);

}  // namespace cm
