// See terminal.hpp.
#include "command/terminal.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cctype>
#include <cerrno>
#include <cstdio>
#include <iostream>
#include <span>
#include <system_error>
#include <utility>

#include "base/display.hpp"
#include "base/plural.hpp"
#include "base/text.hpp"
#include "command/annotations.hpp"
#include "pg/connection.hpp"

namespace cm::command {
namespace {

Color color_for(int stream, ColorChoice choice, TerminalHabits const& habits) {
    return has_colors(choice, habits, isatty(stream) != 0) ? Color::always : Color::never;
}

constexpr std::string_view erase_line = "\r\x1b[K";

/// More than this nobody reads at once.
constexpr std::ptrdiff_t most_diagnostics = 100;

bool is_error(Diagnostic const& diagnostic) {
    return diagnostic.severity == Severity::error;
}

std::string count_left_out(std::int64_t count, std::string_view noun) {
    return fmt::format("{} more {}", grouped(count),
                       noun_for(static_cast<std::uint64_t>(count), noun));
}

}  // namespace

bool has_colors(ColorChoice choice, TerminalHabits const& habits, bool is_terminal) {
    if (choice != ColorChoice::automatic) return choice == ColorChoice::always;
    if (habits.no_color) return false;
    return habits.force_color || (is_terminal && !habits.is_dumb);
}

Terminal::Terminal(TerminalHabits const& habits)
    : habits_(habits),
      is_interactive_(isatty(STDIN_FILENO) != 0 && isatty(STDERR_FILENO) != 0),
      is_output_terminal_(isatty(STDOUT_FILENO) != 0),
      redraws_(isatty(STDERR_FILENO) != 0 && !habits.is_dumb) {
    choose_color(ColorChoice::automatic);
}

void Terminal::choose_color(ColorChoice choice) {
    output_color_ = color_for(STDOUT_FILENO, choice, habits_);
    error_color_ = color_for(STDERR_FILENO, choice, habits_);
}

void Terminal::write(FILE* stream, std::string_view text) {
    if (only_data_) {
        return;
    }
    if (auto const counted = std::exchange(counted_, {}); !counted.empty()) {
        write_always(stderr, readable(counted) + "\n");
    }
    if (std::exchange(live_line_, false)) write_always(stderr, erase_line);
    write_always(stream, text);
}

void Terminal::data(std::string_view text) {
    has_written_data_ = true;
    write_always(stdout, is_output_terminal_ ? visible(text) : text);
}

void Terminal::json(std::string_view text) {
    has_written_data_ = true;
    write_always(stdout, habits_.annotation_folder ? json_without_workflow_commands(text) : text);
}

std::string Terminal::readable(std::string_view text) const {
    auto shown = visible(text);
    return habits_.annotation_folder ? without_workflow_commands(shown) : shown;
}

void Terminal::write_always(FILE* stream, std::string_view text) {
    auto const is_written =
        std::fwrite(text.data(), 1, text.size(), stream) == text.size() && std::fflush(stream) == 0;
    if (!is_written && stream == stdout && output_error_ == 0) {
        output_error_ = errno;
    }
}

std::optional<Failure> Terminal::failure() const {
    if (output_error_ == 0 || output_error_ == EPIPE) {
        return {};
    }
    return Failure(error("CM0004", "the output could not be written: {}",
                         std::system_category().message(output_error_))
                       .note("the command itself has completed"));
}

void Terminal::text(std::string_view text) {
    if (!is_quiet_) result(text);
}

void Terminal::result(std::string_view text) {
    write(stdout, is_output_terminal_ ? visible(text) : text);
}

void Terminal::lines(std::string_view text) {
    if (!is_quiet_) write(stdout, readable(text));
}

void Terminal::line(std::string_view text) {
    if (!is_quiet_) {
        write(stdout, fmt::format("{}\n", readable(with_options_in(text, repeated_))));
    }
}

void Terminal::detail(std::string_view text) {
    if (!is_verbose()) return;
    end_live_line();
    remark(text);
}

void Terminal::success(std::string_view text) {
    if (is_quiet_) return;
    auto const shown = readable(with_options_in(text, repeated_));
    write(stdout, output_color_ == Color::always ? fmt::format("\x1b[32m{}\x1b[0m\n", shown)
                                                 : shown + "\n");
}

void Terminal::remark(std::string_view text) {
    if (!is_quiet_) {
        write(stderr, fmt::format("{}\n", readable(with_options_in(text, repeated_))));
    }
}

void Terminal::findings(std::vector<Diagnostic> const& diagnostics, SourceMap const& sources) {
    end_live_line();
    if (habits_.annotation_folder) {
        write(stdout, annotations(diagnostics, sources, *habits_.annotation_folder));
    }
    auto const text = with_options_in(render(diagnostics, sources, output_color_), repeated_);
    write(stdout, habits_.annotation_folder ? without_workflow_commands(text) : text);
}

void Terminal::report(std::vector<Diagnostic> const& diagnostics, SourceMap const& sources) {
    if (only_data_) {
        reported_.insert(reported_.end(), diagnostics.begin(), diagnostics.end());
        return;
    }
    if (is_quiet_ && !std::all_of(diagnostics.begin(), diagnostics.end(), is_error)) {
        std::vector<Diagnostic> errors{};
        std::copy_if(diagnostics.begin(), diagnostics.end(), std::back_inserter(errors), is_error);
        return report(errors, sources);
    }
    end_live_line();
    std::fflush(stdout);
    if (habits_.annotation_folder) {
        write(stderr, annotations(diagnostics, sources, *habits_.annotation_folder));
    }
    auto const show = [&](std::vector<Diagnostic> const& some) {
        auto const text = with_options_in(render(some, sources, error_color_), repeated_);
        write(stderr, habits_.annotation_folder ? without_workflow_commands(text) : text);
    };
    if (diagnostics.size() <= most_diagnostics) {
        return show(diagnostics);
    }
    show({diagnostics.begin(), diagnostics.begin() + most_diagnostics});
    auto const rest = std::span(diagnostics).subspan(most_diagnostics);
    auto const errors = std::count_if(rest.begin(), rest.end(), is_error);
    auto const warnings = static_cast<std::ptrdiff_t>(rest.size()) - errors;
    remark(fmt::format("\n… and {}{}{}", errors > 0 ? count_left_out(errors, "error") : "",
                       errors > 0 && warnings > 0 ? " and " : "",
                       warnings > 0 ? count_left_out(warnings, "warning") : ""));
}

std::optional<std::string> Terminal::ask(std::string_view question) {
    std::fflush(stdout);
    write(stderr, fmt::format("{} ", readable(question)));
    std::string answer{};
    // Read by hand: an interrupt must end the question, which std::getline would not let it.
    for (char c = 0; c != '\n';) {
        auto const got = ::read(STDIN_FILENO, &c, 1);
        pg::throw_if_interrupted();
        if (got <= 0 && answer.empty()) {
            return {};
        }
        if (got <= 0) {
            break;
        }
        if (c != '\n') {
            answer += c;
        }
    }
    auto const begin = answer.find_first_not_of(" \t\r");
    if (begin == std::string::npos) {
        return "";
    }
    return answer.substr(begin, answer.find_last_not_of(" \t\r") - begin + 1);
}

bool Terminal::confirm(std::string_view question) {
    auto const answer = ask(fmt::format("{} [y/N]", question));
    return answer && (*answer == "y" || *answer == "Y" || *answer == "yes" || *answer == "Yes");
}

std::optional<char> Terminal::choose(std::string_view question, std::string_view letters) {
    for (;;) {
        auto const answer = ask(question);
        if (!answer) {
            return {};
        }
        if (answer->size() != 1) {
            continue;
        }
        auto const letter =
            static_cast<char>(std::tolower(static_cast<unsigned char>(answer->front())));
        if (letters.find(letter) != std::string_view::npos) {
            return letter;
        }
    }
}

void Terminal::progress(std::string_view what, std::size_t done, std::size_t total) {
    auto const now = std::chrono::steady_clock::now();
    if (what != progress_of_) {
        progress_of_ = what;
        progress_shown_ = now;
        return;
    }
    if (now - progress_shown_ < std::chrono::seconds{1}) {
        return;
    }
    progress_shown_ = now;
    remark(fmt::format("{} … {} of {}", what, done, total));
}

void Terminal::live_line(std::string_view text, std::chrono::milliseconds elapsed) {
    constexpr std::chrono::seconds first{2};
    constexpr std::chrono::seconds often{10};
    constexpr std::chrono::seconds seldom{60};
    if (is_quiet_) return;
    if (elapsed < first) {
        next_plain_line_ = first;
        return;
    }
    if (redraws_) {
        constexpr std::size_t width = 200;
        write(stderr, fmt::format("{}{}", erase_line, readable(text.substr(0, width))));
        live_line_ = true;
        return;
    }
    if (elapsed >= next_plain_line_) {
        remark(text);
        next_plain_line_ = elapsed + (elapsed < std::chrono::minutes{1} ? often : seldom);
    }
}

void Terminal::end_live_line() {
    if (!only_data_ && std::exchange(live_line_, false)) write_always(stderr, erase_line);
}

void Terminal::counted_line(std::string text) {
    if (is_quiet_) return;
    if (redraws_) {
        write(stderr, fmt::format("{}{}", erase_line, readable(text)));
        live_line_ = true;
    } else {
        counted_ = std::move(text);
    }
}

std::string bold(std::string_view text, Color color) {
    return color == Color::always ? fmt::format("\x1b[1m{}\x1b[0m", text) : std::string{text};
}

}  // namespace cm::command
