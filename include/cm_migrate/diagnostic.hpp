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
};

/// Why an operation stopped. what() is the whole report, with the source lines, as the command line
/// shows it.
class Error : public std::runtime_error {
  public:
    Error(std::string const& report, std::vector<Diagnostic> diagnostics)
        : std::runtime_error(report), diagnostics_(std::move(diagnostics)) {}

    std::vector<Diagnostic> const& diagnostics() const { return diagnostics_; }

    /// The code of the first finding; empty if there is none.
    std::string code() const {
        return diagnostics_.empty() ? std::string() : diagnostics_.front().code;
    }

  private:
    std::vector<Diagnostic> diagnostics_{};
};

}  // namespace cm_migrate
