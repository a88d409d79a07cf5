// The one place that adds options to commands in messages.
#include "command/advised_commands.hpp"

#include <algorithm>
#include <array>

#include "base/process.hpp"

namespace cm::command {
namespace {

constexpr std::string_view program = "cm-migrate ";

/// They need no project.
constexpr std::array<std::string_view, 7> without_project{
    "help", "version", "explain", "completion", "manual", "reference", "init"};

bool takes_options(std::string_view words) {
    auto const name = words.substr(0, words.find(' '));
    return !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
           std::find(without_project.begin(), without_project.end(), name) == without_project.end();
}

}  // namespace

std::string with_options(std::string_view command, RepeatedOptions const& repeated) {
    if (repeated.empty() || !command.starts_with(program) ||
        !takes_options(command.substr(program.size()))) {
        return std::string{command};
    }
    auto const words = command.substr(program.size());
    // What stands behind `--` is passed on to the project's own program.
    auto const end = std::min(words.find(" -- "), words.size());
    std::string result{program};
    result += repeated.before;
    result += words.substr(0, end);
    if (words.find(repeated.after) == std::string_view::npos) result += repeated.after;
    result += words.substr(end);
    return result;
}

std::string with_options_in(std::string_view text, RepeatedOptions const& repeated) {
    if (repeated.empty()) return std::string{text};
    std::string result{};
    constexpr std::string_view begin_mark = "`cm-migrate ";
    for (;;) {
        auto const begin = text.find(begin_mark);
        auto const end =
            begin == std::string_view::npos ? begin : text.find('`', begin + begin_mark.size());
        if (end == std::string_view::npos) break;
        result += text.substr(0, begin + 1);
        result += with_options(text.substr(begin + 1, end - begin - 1), repeated);
        result += '`';
        text.remove_prefix(end + 1);
    }
    result += text;
    return result;
}

std::string shell_word(std::string_view text) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@%+,";
    auto const is_plain = !text.empty() && text.find_first_not_of(plain) == std::string_view::npos;
    return is_plain ? std::string{text} : quote_word(text);
}

}  // namespace cm::command
