// What the user reads and answers. Results and progress go to standard output, errors and questions
// to standard error.
#pragma once
#include <chrono>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/diagnostic.hpp"
#include "base/diagnostic_printer.hpp"
#include "command/advised_commands.hpp"

namespace cm::command {

/// --color.
enum class ColorChoice { automatic, always, never };

/// What the environment says about the terminal.
struct TerminalHabits {
    bool no_color = false;     ///< NO_COLOR
    bool force_color = false;  ///< CLICOLOR_FORCE
    bool is_dumb = false;      ///< TERM=dumb: no colors, and no line is drawn anew
    /// GITHUB_ACTIONS: from the repository's folder to the working folder; see annotations.hpp.
    std::optional<std::string> annotation_folder{};
};

/// Does a stream get colors? What was asked for on the command line wins, then NO_COLOR.
bool has_colors(ColorChoice choice, TerminalHabits const& habits, bool is_terminal);

class Terminal {
  public:
    /// Looks at the standard streams.
    explicit Terminal(TerminalHabits const& habits);

    void choose_color(ColorChoice choice);

    /// For a program that went to another folder.
    void set_habits(TerminalHabits habits) { habits_ = std::move(habits); }

    /// From the repository to the working folder, for annotations of GitHub Actions.
    std::string annotation_folder() const { return habits_.annotation_folder.value_or(""); }

    /// True if there is somebody to ask.
    bool is_interactive() const { return is_interactive_ && !only_data_ && !is_quiet_; }

    Color output_color() const { return output_color_; }

    Color error_color() const { return error_color_; }

    /// A line on standard output. Like all that is there to be read, without what a terminal, or
    /// the runner of GitHub Actions, would act upon: names, rows and messages may hold anything.
    void line(std::string_view text = {});
    /// Several lines, each with its end.
    void lines(std::string_view text);
    /// SQL or a schema on standard output: to the byte, unless a terminal would act upon it.
    void text(std::string_view text);
    /// The same for what a command was asked for: quiet does not mean it.
    void result(std::string_view text);
    /// A line of success, with a green tick on a terminal.
    void success(std::string_view text);
    /// A line on standard error that is no error: where things come from.
    void remark(std::string_view text);
    /// Diagnostics that a command was asked for: all of them, on standard output.
    void findings(std::vector<Diagnostic> const& diagnostics, SourceMap const& sources);
    /// Diagnostics on standard error.
    void report(std::vector<Diagnostic> const& diagnostics, SourceMap const& sources);

    /// A line of input without its end; none at the end of input.
    std::optional<std::string> ask(std::string_view question);
    /// `question [y/N]`; only an explicit yes is one.
    bool confirm(std::string_view question);
    /// One of the letters; none at the end of input. Asks again for anything else.
    std::optional<char> choose(std::string_view question, std::string_view letters);

    /// Why output could not be written; a reader that went away is no failure.
    std::optional<Failure> failure() const;

    /// Shows progress once work has taken longer than a second, and at most once a second.
    void progress(std::string_view what, std::size_t done, std::size_t total);

    /// Work that has been going on for `elapsed`: from two seconds on a line that is drawn anew on
    /// a terminal; elsewhere a plain line now and then.
    void live_line(std::string_view text, std::chrono::milliseconds elapsed);
    /// Removes it.
    void end_live_line();
    /// What happens again and again, with its count so far: drawn anew on a terminal; elsewhere
    /// only the last one is written, before whatever comes next.
    void counted_line(std::string text);

    /// --quiet: from now on only results, data and errors are written, and nobody is asked.
    void be_quiet() { is_quiet_ = true; }

    /// Options that commands in messages repeat.
    RepeatedOptions& repeated() { return repeated_; }

    /// --verbose.
    void be_verbose() { is_verbose_ = true; }

    bool is_verbose() const { return is_verbose_ && !is_quiet_; }

    /// A line on standard error for those who asked for more.
    void detail(std::string_view text);

    /// From now on only `data` is written: the output is for a program.
    void only_data() { only_data_ = true; }

    bool writes_only_data() const { return only_data_; }

    /// Text for a program, on standard output; as with `text`.
    void data(std::string_view text);
    /// The same of JSON.
    void json(std::string_view text);

    bool has_written_data() const { return has_written_data_; }

    /// What was reported since while only data is written.
    std::vector<Diagnostic> take_reported() { return std::exchange(reported_, {}); }

  private:
    std::string readable(std::string_view text) const;
    void write(FILE* stream, std::string_view text);
    void write_always(FILE* stream, std::string_view text);

    TerminalHabits habits_{};
    int output_error_{};  ///< errno of the first write to standard output that failed
    bool is_interactive_{};
    bool only_data_ = false;
    bool is_output_terminal_{};
    bool has_written_data_ = false;
    std::vector<Diagnostic> reported_{};
    bool is_quiet_ = false;
    bool is_verbose_ = false;
    RepeatedOptions repeated_{};
    bool redraws_{};          ///< standard error is a terminal
    bool live_line_ = false;  ///< stands there without a line end
    std::string counted_{};   ///< still to be written
    std::chrono::milliseconds next_plain_line_{};
    Color output_color_ = Color::never;
    Color error_color_ = Color::never;
    std::string progress_of_{};
    std::chrono::steady_clock::time_point progress_shown_{};
};

/// `text` in bold, if there are colors.
std::string bold(std::string_view text, Color color);

}  // namespace cm::command
