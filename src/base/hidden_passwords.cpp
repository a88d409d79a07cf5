// See hidden_passwords.hpp. What cannot be told from a password is hidden with it: a place is found
// by the rest of the line.
#include "base/hidden_passwords.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace cm {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_scheme_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '+' ||
           c == '-' || c == '.';
}

void cover(std::string& line, std::size_t begin, std::size_t end) {
    if (begin >= end) return;
    std::fill(line.begin() + static_cast<std::ptrdiff_t>(begin),
              line.begin() + static_cast<std::ptrdiff_t>(end), '*');
}

/// Where the quotes end that stand before `begin`, or the line.
std::size_t end_of_quotes(std::string_view line, std::size_t begin, char quote) {
    for (auto at = begin; at < line.size(); ++at) {
        if (line[at] == '\\') {
            ++at;
        } else if (line[at] == quote) {
            return at;
        }
    }
    return line.size();
}

/// `:5432/app`, and nothing else that may follow the name of a server.
bool is_port(std::string_view text, std::size_t colon) {
    auto at = colon + 1;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at == text.size() || text[at] == '/' || text[at] == '?' || text[at] == ',';
}

/// The colon between a user and its password; those of an address in brackets are none.
std::size_t password_colon(std::string_view url) {
    auto const behind_address = url.starts_with("[") ? url.find(']') : 0;
    return behind_address == std::string_view::npos ? behind_address
                                                    : url.find(':', behind_address);
}

/// `url` is what lies between `begin`, behind `://`, and `end`.
void hide_in_url(std::string& line, std::size_t begin, std::size_t end, bool goes_on) {
    auto const url = std::string_view(line).substr(begin, end - begin);
    auto const at = url.rfind('@');
    auto const colon = password_colon(url);
    if (colon == std::string_view::npos) return;
    if (at != std::string_view::npos) {
        if (colon < at) cover(line, begin + colon + 1, begin + at);
    } else if (colon < url.find_first_of("/?#") && (goes_on || !is_port(url, colon))) {
        cover(line, begin + colon + 1, end);
    }
}

/// `password=…` of URLs, of libpq's words and of variables.
void hide_named(std::string& line) {
    constexpr std::array<std::string_view, 4> names{"password=", "api_key=", "secret=", "token="};
    auto const lower = to_lower(line);
    for (auto const name : names) {
        for (auto found = lower.find(name); found != std::string::npos;
             found = lower.find(name, found + 1)) {
            auto const begin = found + name.size();
            auto const is_quoted =
                begin < line.size() && (line[begin] == '\'' || line[begin] == '"');
            auto const end = is_quoted
                                 ? end_of_quotes(line, begin + 1, line[begin])
                                 : std::min(line.find_first_of("&\"'`#, \t", begin), line.size());
            cover(line, begin + (is_quoted ? 1 : 0), end);
        }
    }
}

}  // namespace

std::string with_passwords_hidden(std::string_view shown) {
    constexpr std::string_view mark = "://";
    std::string line(shown);
    for (auto at = line.find(mark); at != std::string::npos; at = line.find(mark, at)) {
        auto scheme = at;
        while (scheme > 0 && is_scheme_byte(line[scheme - 1])) --scheme;
        auto const name = to_lower(std::string_view(line).substr(scheme, at - scheme));
        at += mark.size();
        auto const quote = scheme > 0 ? line[scheme - 1] : ' ';
        auto const is_quoted = quote == '"' || quote == '\'' || quote == '`';
        auto end = line.size();
        if (is_quoted) {
            end = end_of_quotes(line, at, quote);
        } else if (name == "http" || name == "https") {  // in a comment, most often
            end = std::min(line.find_first_of("\"'` \t", at), end);
        }
        // The text of another quotation, or of the next line, may be the rest.
        auto const behind = std::min(line.find_first_not_of(" \t", end + 1), line.size());
        auto const goes_on =
            is_quoted && (end == line.size() || (behind < line.size() && line[behind] == '+'));
        hide_in_url(line, at, end, goes_on);
        at = std::max(at, std::min(end, line.size()));
    }
    hide_named(line);
    return line;
}

}  // namespace cm
