// Runs one shell command as a user would: with stdout and stderr on the same screen, in a given
// folder and environment, and where the command asks questions, on a pseudo-terminal with somebody
// who answers.
#pragma once
#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace cm::test {

struct Shell {
    std::filesystem::path folder{};
    std::map<std::string, std::string> environment{};  ///< all of it: nothing is inherited
    std::chrono::milliseconds patience = std::chrono::seconds(60);
};

struct Output {
    /// What came, up to the first question, between the questions, and after the last answer that
    /// was typed.
    std::vector<std::string> pieces{};
    int exit_code{};
    bool timed_out{};
};

/// `bash -c command` without a terminal and with nothing to read.
Output run(Shell const& shell, std::string const& command);

/// Are there pseudo-terminals here? A bare root folder may have none.
bool has_terminals();

/// The same on a terminal. Each answer is typed, and Enter pressed, when the command has gone quiet
/// after printing something that does not end a line; answers which nobody asked for are not typed.
Output run_on_terminal(Shell const& shell, std::string const& command,
                       std::vector<std::string> const& answers);

}  // namespace cm::test

/// Leaves the test, reported as skipped, where there are no pseudo-terminals.
#define CM_NEEDS_TERMINALS()          \
    if (!::cm::test::has_terminals()) \
    GTEST_SKIP() << "there are no pseudo-terminals here (/dev/pts)"
