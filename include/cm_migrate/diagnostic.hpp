// What went wrong, for programs: the same findings that the command line prints.
#pragma once
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace cm_migrate {

/// A place in a file; line and column start at 1.
struct Location {
    std::string file{};
    unsigned line{};
    unsigned column{};
};

/// One finding. `code` ("CM0504") has a page in the documentation.
struct Diagnostic {
    std::string code{};
    std::string message{};
    std::optional<Location> location{};
    std::vector<std::string> notes{};
    std::vector<std::string> helps{};
    std::string
        sqlstate{};  ///< the server's error code ("42P01"), if it was the server that refused
    std::string statement{};  ///< the SQL that it refused, if that is known
};

/// Why an operation stopped. what() is the whole report, with the source lines, as the command line
/// shows it.
class Error : public std::runtime_error {
  public:
    Error(std::string const& report, std::vector<Diagnostic> diagnostics, int exit_code = 1)
        : std::runtime_error(report), diagnostics_(std::move(diagnostics)), exit_code_(exit_code) {}

    std::vector<Diagnostic> const& diagnostics() const { return diagnostics_; }

    /// The code of the first finding; empty if there is none.
    std::string code() const {
        return diagnostics_.empty() ? std::string() : diagnostics_.front().code;
    }

    /// What the program `cm-migrate` would have ended with: 6 (no connection, may work in a
    /// moment), 7 (busy, likewise), 9 (the connection can never work as configured) …
    /// (docs/reference/exit-codes.md).
    int exit_code() const { return exit_code_; }

  private:
    std::vector<Diagnostic> diagnostics_{};
    int exit_code_{};
};

}  // namespace cm_migrate
