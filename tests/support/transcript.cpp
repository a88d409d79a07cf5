// Reading transcripts and writing them anew from what a shell gave.
#include "support/transcript.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace cm::test {

namespace {

constexpr std::string_view command_mark = "$ ";
constexpr std::string_view continuation_mark = "> ";
constexpr std::string_view answer_mark = "< ";
constexpr std::string_view terminal_mark = "tty: ";

std::vector<std::string> split_lines(std::string_view text) {
    std::vector<std::string> lines{};
    while (!text.empty()) {
        auto const end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

/// An empty continuation line may have lost its blank to an editor.
bool is_continuation(std::string_view line) {
    return line.starts_with(continuation_mark) || line == ">";
}

bool needs_escape(std::string_view line) {
    auto const body = line.substr(std::min(line.find_first_not_of('\\'), line.size()));
    return body.starts_with(command_mark) || body.starts_with(answer_mark) ||
           body.starts_with("[exit ") || (body.starts_with("-- ") && body.ends_with(" --"));
}

/// As a terminal shows a line: a carriage return goes back to its start, and colors are not
/// letters.
std::string visible(std::string line) {
    while (!line.empty() && line.back() == '\r') line.pop_back();
    if (auto const back = line.rfind('\r'); back != std::string::npos) line.erase(0, back + 1);
    for (auto const* erase : {"\x1b[K", "\x1b[2K", "\x1b[0K"}) {
        for (auto at = line.find(erase); at != std::string::npos; at = line.find(erase)) {
            line.erase(at, std::string_view(erase).size());
        }
    }
    line.erase(line.find_last_not_of(" \t") + 1);
    return line;
}

std::string output_text(std::string const& output) {
    std::string result{};
    for (auto const& raw : split_lines(output)) {
        auto const line = visible(raw);
        result += needs_escape(line) ? "\\" + line + "\n" : line + "\n";
    }
    return result;
}

std::string command_text(TranscriptCommand const& command) {
    auto const lines = split_lines(command.text);
    auto result = fmt::format("{}{}{}\n", command_mark, command.on_terminal ? terminal_mark : "",
                              lines.empty() ? "" : lines.front());
    for (std::size_t index = 1; index < lines.size(); ++index) {
        result +=
            lines[index].empty() ? ">\n" : fmt::format("{}{}\n", continuation_mark, lines[index]);
    }
    return result;
}

std::string perform(TranscriptCommand const& command, Shell const& shell,
                    Normalize const& normalize) {
    auto const output = command.on_terminal ? run_on_terminal(shell, command.text, command.answers)
                                            : run(shell, command.text);
    auto result = command_text(command);
    for (std::size_t index = 0; index < output.pieces.size(); ++index) {
        if (index > 0) result += fmt::format("{}{}\n", answer_mark, command.answers.at(index - 1));
        result += output_text(normalize(output.pieces[index]));
    }
    if (output.timed_out) result += "[timed out]\n";
    if (output.exit_code != 0) result += fmt::format("[exit {}]\n", output.exit_code);
    return result;
}

}  // namespace

std::vector<TranscriptCommand> parse_transcript(std::string_view text) {
    std::vector<TranscriptCommand> commands{};
    bool is_command_open = false;
    for (std::string_view const line : split_lines(text)) {
        if (line.starts_with(command_mark)) {
            auto body = line.substr(command_mark.size());
            bool const on_terminal = body.starts_with(terminal_mark);
            if (on_terminal) body.remove_prefix(terminal_mark.size());
            commands.push_back({std::string(body), on_terminal, {}});
            is_command_open = true;
            continue;
        }
        if (commands.empty())
            throw std::runtime_error("a transcript begins with a command (`$ …`)");
        if (is_command_open && is_continuation(line)) {
            commands.back().text += '\n';
            commands.back().text += line.substr(std::min(line.size(), continuation_mark.size()));
            continue;
        }
        is_command_open = false;
        if (line.starts_with(answer_mark) || line == "<") {
            commands.back().answers.emplace_back(
                line.substr(std::min<std::size_t>(2, line.size())));
        }
    }
    return commands;
}

std::string perform(std::vector<TranscriptCommand> const& commands, Shell const& shell,
                    Normalize const& normalize) {
    std::string result{};
    for (auto const& command : commands) result += perform(command, shell, normalize);
    return result;
}

}  // namespace cm::test
