// What a user is told when something is wrong: one type for schema errors, failed migrations, bad
// configuration and hazards alike. Messages live where they are raised; the printer is elsewhere.
#pragma once
#include <fmt/format.h>

#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/boxed.hpp"
#include "base/source.hpp"
#include "base/text.hpp"

namespace cm {

enum class Severity { error, warning, note };

/// A span with a word about it; an empty text only underlines.
struct Label {
    Span span{};
    std::string text{};
    bool operator==(Label const&) const = default;
};

/// What a program would otherwise have to read out of the texts; empty or zero where it is not
/// known.
struct Facts {
    std::string sqlstate{};
    std::string migration{};
    std::size_t statement{};  ///< of the script, from 1
    int process{};            ///< of the server: whoever is in the way
    bool operator==(Facts const&) const = default;
};

/// One finding. Style: lower-case, no final stop, names in back-ticks; what to do goes into
/// `helps`.
struct Diagnostic {
    Severity severity = Severity::error;
    std::string_view code{};  ///< "CM0214"; each has a page docs/reference/errors/<code>.md
    std::string message{};
    std::optional<Label> primary{};  ///< none if no file is to blame
    std::vector<Label> secondary{};
    std::vector<std::string> notes{};  ///< facts: "= note: …"
    std::vector<std::string> helps{};  ///< what to do next: "= help: …"
    unsigned stage{};                  ///< see Diagnostics::set_stage
    Boxed<Facts> facts{};
    bool operator==(Diagnostic const&) const = default;

    /// Adds what is known here to what is known already.
    Diagnostic& about(Facts const& known) &;
    Diagnostic&& about(Facts const& known) &&;

    Diagnostic& label(Span span, std::string text) &;
    Diagnostic&& label(Span span, std::string text) &&;

    template <class... Arguments>
    Diagnostic& note(fmt::format_string<Arguments...> text, Arguments&&... arguments) & {
        notes.push_back(fmt::format(text, std::forward<Arguments>(arguments)...));
        return *this;
    }

    template <class... Arguments>
    Diagnostic&& note(fmt::format_string<Arguments...> text, Arguments&&... arguments) && {
        return std::move(note(text, std::forward<Arguments>(arguments)...));
    }

    template <class... Arguments>
    Diagnostic& help(fmt::format_string<Arguments...> text, Arguments&&... arguments) & {
        helps.push_back(shortened(fmt::format(text, std::forward<Arguments>(arguments)...)));
        return *this;
    }

    template <class... Arguments>
    Diagnostic&& help(fmt::format_string<Arguments...> text, Arguments&&... arguments) && {
        return std::move(help(text, std::forward<Arguments>(arguments)...));
    }
};

/// What a user wrote wrong is collected here while the work goes on, so that all of it is reported
/// at once.
class Diagnostics {
  public:
    template <class... Arguments>
    Diagnostic& error(std::string_view code, Span at, fmt::format_string<Arguments...> message,
                      Arguments&&... arguments) {
        return add({Severity::error, code,
                    fmt::format(message, std::forward<Arguments>(arguments)...), Label{at, {}}});
    }

    template <class... Arguments>
    Diagnostic& warning(std::string_view code, Span at, fmt::format_string<Arguments...> message,
                        Arguments&&... arguments) {
        return add({Severity::warning, code,
                    fmt::format(message, std::forward<Arguments>(arguments)...), Label{at, {}}});
    }

    /// The reference holds until the next one is added.
    Diagnostic& add(Diagnostic diagnostic);

    bool has_errors() const { return has_errors_; }

    bool empty() const { return all_.empty(); }

    /// All that are kept: a file of nonsense has no end of errors, and nobody reads them.
    std::vector<Diagnostic> const& all() const { return all_; }

    /// How many were added, kept or not.
    std::size_t count() const { return all_.size() + left_out_; }

    /// Whether a finding may still be given a suggestion that costs a search through all names.
    bool may_search() const { return all_.size() <= searched; }

    /// Orders by stage, file and place; findings without a place come first in their stage.
    void sort();

    unsigned stage() const { return stage_; }

    /// The step of the work that what is added from now on belongs to; findings of a later one may
    /// follow from those of an earlier one, and are shown behind them.
    void set_stage(unsigned stage) { stage_ = stage; }

  private:
    static constexpr std::size_t kept = 50'000;
    static constexpr std::size_t searched = 200;

    std::vector<Diagnostic> all_{};
    std::size_t left_out_ = 0;
    Diagnostic last_left_out_{};
    bool has_errors_ = false;
    unsigned stage_{};
};

/// The process' exit codes; what they mean is told by command/exit_codes.cpp.
enum class ExitCode : int {
    ok = 0,
    failure = 1,           ///< the command could not do its work
    usage = 2,             ///< wrong arguments, or an answer is needed and there is no terminal
    pending = 3,           ///< status: migrations are pending
    drift = 4,             ///< status: drift, or an edited or missing migration
    failed_migration = 5,  ///< a migration failed, or a failed one stands in the way
    cannot_connect = 6,    ///< no connection now; it may work in a moment
    busy = 7,              ///< another cm-migrate, or a lock or index build that outlasted the wait
    not_verified = 8,      ///< status: could not check that the database is up to date
    misconfigured = 9,     ///< the connection can never work as it is configured
    interrupted = 130      ///< Ctrl-C
};

/// What stops a command (server, file, lock). Caught in main only.
class Failure : public std::exception {
  public:
    explicit Failure(Diagnostic diagnostic, ExitCode exit_code = ExitCode::failure);
    explicit Failure(std::vector<Diagnostic> diagnostics, ExitCode exit_code = ExitCode::failure);

    std::vector<Diagnostic> const& diagnostics() const { return diagnostics_; }

    ExitCode exit_code() const { return exit_code_; }

    /// The same failure with what is known of its first finding.
    Failure about(Facts const& known) const;

    char const* what() const noexcept override;

  private:
    std::vector<Diagnostic> diagnostics_{};
    ExitCode exit_code_{};
};

/// A diagnostic without a place, to be completed with `.label()`, `.note()`, `.help()` and thrown
/// in a Failure.
template <class... Arguments>
Diagnostic error(std::string_view code, fmt::format_string<Arguments...> message,
                 Arguments&&... arguments) {
    return {Severity::error, code, fmt::format(message, std::forward<Arguments>(arguments)...), {}};
}

}  // namespace cm
