// See diagnostic_printer.hpp. A diagnostic is cut into marks (a label's share of one line), the
// marks are grouped by file and line, and each line is drawn with its marks beneath.
#include "base/diagnostic_printer.hpp"

#include <algorithm>
#include <map>

#include "base/display.hpp"
#include "base/hidden_passwords.hpp"
#include "base/hidden_strings.hpp"
#include "base/utf8.hpp"

namespace cm {
namespace {

enum class Style { primary, secondary, gutter, strong };

/// A label's share of one line, in bytes of that line.
struct Mark {
    std::uint32_t begin{};
    std::uint32_t end{};
    bool primary{};
    std::string text{};
};

using Lines = std::map<std::uint32_t, std::vector<Mark>>;

struct SeverityStyle {
    std::string_view name{};
    std::string_view color{};
};

SeverityStyle style_of(Severity severity) {
    switch (severity) {
        case Severity::error:
            return {"error", "\x1b[1;31m"};
        case Severity::warning:
            return {"warning", "\x1b[1;33m"};
        case Severity::note:
            break;
    }
    return {"note", "\x1b[1;36m"};
}

std::uint32_t to_unsigned(std::size_t value) {
    return static_cast<std::uint32_t>(value);
}

/// A label over several lines is marked on its first and its last line; what lies between is left
/// out.
void add_marks(Lines& lines, Label const& label, bool primary, SourceMap const& sources) {
    auto const [file, begin, end] = label.span;
    auto const first = sources.position(file, begin).line;
    auto const last = end > begin ? sources.position(file, end - 1).line : first;
    auto const start = begin - std::min(begin, sources.line_start(file, first));
    if (first == last) {
        auto const length = to_unsigned(sources.line(file, first).size());
        auto const stop = std::max(std::min(start + (end - begin), length), start);
        lines[first].push_back({start, stop, primary, label.text});
        return;
    }
    lines[first].push_back({start, to_unsigned(sources.line(file, first).size()), primary, {}});
    auto const tail = sources.line(file, last);
    auto const blanks = std::min(tail.find_first_not_of(" \t"), tail.size());
    auto const stop = std::min<std::size_t>(end - sources.line_start(file, last), tail.size());
    lines[last].push_back(
        {to_unsigned(std::min(blanks, stop)), to_unsigned(stop), primary, label.text});
}

class Printer {
  public:
    Printer(Diagnostic const& diagnostic, SourceMap const& sources, Color color)
        : diagnostic_(diagnostic), sources_(sources), color_(color) {
        collect();
    }

    std::string print() {
        auto const word = style_of(diagnostic_.severity);
        auto head = std::string(word.name);
        if (!diagnostic_.code.empty()) {
            head += fmt::format("[{}]", diagnostic_.code);
        }
        out_ += styled(Style::primary, head) +
                styled(Style::strong, ": " + visible(with_passwords_hidden(diagnostic_.message))) +
                "\n";
        for (auto const& [file, lines] : files_) {
            print_file(file, lines);
        }
        for (auto const& note : diagnostic_.notes) {
            print_remark("note", visible(with_passwords_hidden(note)));
        }
        for (auto const& help : diagnostic_.helps) {
            print_remark("help", visible(with_passwords_hidden(help)));
        }
        return std::move(out_);
    }

  private:
    void collect() {
        if (!diagnostic_.primary) {
            return;
        }
        add(*diagnostic_.primary, true);
        for (auto const& label : diagnostic_.secondary) {
            add(label, false);
        }
        std::uint32_t last = 1;
        for (auto const& entry : files_) {
            last = std::max(last, entry.second.rbegin()->first);
        }
        gutter_ = std::max<std::size_t>(2, std::to_string(last).size());
    }

    void add(Label const& label, bool primary) {
        auto const known = std::find_if(files_.begin(), files_.end(), [&](auto const& entry) {
            return entry.first.file == label.span.file;
        });
        auto& lines =
            known != files_.end() ? known->second : files_.emplace_back(label.span, Lines{}).second;
        add_marks(lines, label, primary, sources_);
    }

    /// The first label of a file gives the place in its heading.
    void print_file(Span heading, Lines const& lines) {
        auto const at = sources_.position(heading.file, heading.begin);
        auto const arrow = heading == diagnostic_.primary->span ? "--> " : "::: ";
        out_ += std::string(gutter_, ' ') + styled(Style::gutter, arrow) +
                fmt::format("{}:{}:{}\n", visible(sources_.name(heading.file)), at.line, at.column);
        out_ += bar() + "\n";
        std::uint32_t previous = 0;
        for (auto const& [number, marks] : lines) {
            print_gap(heading.file, previous, number);
            print_line(heading.file, number, marks);
            previous = number;
        }
    }

    /// A single line between two shown ones is shown, more become `...`.
    void print_gap(FileId file, std::uint32_t previous, std::uint32_t next) {
        if (previous == 0 || next <= previous + 1) {
            return;
        }
        if (next == previous + 2) {
            constexpr std::size_t enough = 2000;
            auto const text = safe_line(file, previous + 1);
            auto const between = display(std::string_view(text).substr(0, enough));
            print_text(previous + 1, between.width() > limit
                                         ? cut_columns(between.text, 0, limit - 1) + "…"
                                         : between.text);
            return;
        }
        out_ += styled(Style::gutter, "...") + "\n";
    }

    void print_text(std::uint32_t number, std::string const& text) {
        out_ += styled(Style::gutter, fmt::format("{:>{}} |", number, gutter_));
        out_ += (text.empty() ? "" : " " + text) + "\n";
    }

    /// The part of a line of megabytes that can come to be shown, with the marks moved with it.
    static std::string_view near_focus(std::string_view line, std::vector<Mark>& marks) {
        constexpr std::uint32_t reach = 2000;
        if (line.size() <= 4 * reach) return line;
        auto const focus =
            std::find_if(marks.begin(), marks.end(), [](Mark const& m) { return m.primary; });
        auto const at = (focus == marks.end() ? marks.begin() : focus)->begin;
        auto const is_inside = [&](std::size_t i) {
            return i < line.size() && utf8::continues_character(line[i]);
        };
        auto begin = at > reach ? at - reach : 0;
        while (begin > 0 && is_inside(begin)) --begin;
        auto end = std::min<std::size_t>(at + reach, line.size());
        while (is_inside(end)) ++end;
        for (auto& mark : marks) {
            mark.begin = std::clamp(mark.begin, begin, to_unsigned(end)) - begin;
            mark.end = std::clamp(mark.end, begin, to_unsigned(end)) - begin;
        }
        return line.substr(begin, end - begin);
    }

    /// Before it is cut: what is left of a password would no longer look like one.
    std::string safe_line(FileId file, std::uint32_t number) const {
        auto const line = sources_.line(file, number);
        auto const begin = sources_.line_start(file, number);
        auto const name = std::string_view(sources_.name(file));
        if (!is_program(name)) {
            if (!name.ends_with(".sql") && name.find('.') != std::string_view::npos) {
                return with_passwords_hidden(line);
            }
            // SQL has the word PASSWORD lines before its value, at times.
            constexpr std::size_t before = 4096;
            auto const from = begin - std::min<std::size_t>(begin, before);
            auto const whole = sources_.text(file).substr(from, begin - from + line.size());
            return with_passwords_hidden(
                std::string_view(with_passwords_hidden(whole)).substr(begin - from));
        }
        return with_strings_hidden(sources_.text(file), begin, begin + line.size());
    }

    void print_line(FileId file, std::uint32_t number, std::vector<Mark> marks) {
        auto const line = safe_line(file, number);
        auto const shown = display(near_focus(line, marks));
        for (auto& mark : marks) {
            mark.begin =
                shown.columns.at(std::min<std::size_t>(mark.begin, shown.columns.size() - 1));
            mark.end = shown.columns.at(std::min<std::size_t>(mark.end, shown.columns.size() - 1));
            mark.end = std::max(mark.end, mark.begin + 1);
        }
        std::stable_sort(marks.begin(), marks.end(),
                         [](Mark const& a, Mark const& b) { return a.begin < b.begin; });
        print_text(number, clip(shown, marks));
        print_marks(marks);
    }

    /// Cuts a long line to a window around its first primary mark and moves the marks with it.
    static std::string clip(DisplayLine const& shown, std::vector<Mark>& marks) {
        if (shown.width() <= limit) {
            return shown.text;
        }
        auto focus =
            std::find_if(marks.begin(), marks.end(), [](Mark const& m) { return m.primary; });
        if (focus == marks.end()) {
            focus = marks.begin();
        }
        auto const begin = focus->begin > limit / 2 ? focus->begin - limit / 2 : 0;
        auto const end = std::min(begin + limit, shown.width());
        auto text = cut_columns(shown.text, begin, end);
        if (begin > 0) {
            text.insert(0, "…");
        }
        if (end < shown.width()) {
            text += "…";
        }
        auto const move = [&, ahead = begin > 0 ? 1U : 0U](std::uint32_t column) {
            return std::clamp(column, begin, end) - begin + ahead;
        };
        for (auto& mark : marks) {
            mark.begin = move(mark.begin);
            mark.end = std::max(move(mark.end), mark.begin + 1);
        }
        return text;
    }

    /// Underlines all marks in one row; the last one's text stands beside it, the others' texts
    /// hang below.
    void print_marks(std::vector<Mark> const& marks) {
        std::uint32_t width = 0;
        for (auto const& mark : marks) {
            width = std::max(width, mark.end);
        }
        std::string row(width, ' ');
        for (auto const primary : {false, true}) {
            for (auto const& mark : marks) {
                if (mark.primary != primary) {
                    continue;
                }
                std::fill(row.begin() + mark.begin, row.begin() + mark.end, primary ? '^' : '-');
            }
        }
        auto const beside = marks.back().end >= width;
        out_ += bar() + " " + colored_row(row);
        if (beside && !marks.back().text.empty()) {
            out_ += " " + styled(style(marks.back()), visible(marks.back().text));
        }
        out_ += "\n";
        for (auto i = marks.size() - (beside ? 1 : 0); i-- > 0;) {
            print_hanging(marks, i);
        }
    }

    void print_hanging(std::vector<Mark> const& marks, std::size_t index) {
        if (marks[index].text.empty()) {
            return;
        }
        std::string row{};
        for (std::size_t i = 0; i < index; ++i) {
            if (marks[i].text.empty() || marks[i].begin < row.size() ||
                marks[i].begin >= marks[index].begin) {
                continue;
            }
            row.append(marks[i].begin - row.size(), ' ');
            row += '|';
        }
        row.append(marks[index].begin - std::min<std::size_t>(row.size(), marks[index].begin), ' ');
        out_ += bar() + " " + styled(Style::secondary, row) +
                styled(style(marks[index]), visible(marks[index].text)) + "\n";
    }

    std::string colored_row(std::string const& row) const {
        std::string result{};
        for (std::size_t i = 0; i < row.size();) {
            auto const end = std::min(row.find_first_not_of(row[i], i), row.size());
            auto const run = row.substr(i, end - i);
            result += row[i] == ' '
                          ? run
                          : styled(row[i] == '^' ? Style::primary : Style::secondary, run);
            i = end;
        }
        return result;
    }

    /// Further lines of a remark are set beneath its first word.
    void print_remark(std::string_view kind, std::string_view text) {
        auto const indent = diagnostic_.primary ? gutter_ + 1 : 2;
        out_ += std::string(indent, ' ') + styled(Style::gutter, "= ") +
                styled(Style::strong, std::string(kind) + ":") + " ";
        for (auto const c : text) {
            out_ += c;
            if (c == '\n') {
                out_.append(indent + 2 + kind.size() + 2, ' ');
            }
        }
        out_ += "\n";
    }

    std::string bar() const { return styled(Style::gutter, std::string(gutter_, ' ') + " |"); }

    static Style style(Mark const& mark) {
        return mark.primary ? Style::primary : Style::secondary;
    }

    std::string styled(Style style, std::string_view text) const {
        if (color_ == Color::never || text.empty()) {
            return std::string(text);
        }
        std::string_view begin = "\x1b[1;34m";
        if (style == Style::primary) {
            begin = style_of(diagnostic_.severity).color;
        }
        if (style == Style::strong) {
            begin = "\x1b[1m";
        }
        return fmt::format("{}{}\x1b[0m", begin, text);
    }

    static constexpr std::uint32_t limit = 140;

    Diagnostic const& diagnostic_;
    SourceMap const& sources_;
    Color color_{};
    std::vector<std::pair<Span, Lines>> files_{};
    std::size_t gutter_ = 2;
    std::string out_{};
};

}  // namespace

std::string render(Diagnostic const& diagnostic, SourceMap const& sources, Color color) {
    return Printer(diagnostic, sources, color).print();
}

std::string render(std::vector<Diagnostic> const& diagnostics, SourceMap const& sources,
                   Color color) {
    std::string text{};
    for (auto const& diagnostic : diagnostics) {
        if (!text.empty()) {
            text += "\n";
        }
        text += render(diagnostic, sources, color);
    }
    return text;
}

}  // namespace cm
