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
    // What messages themselves say of the form of a URL.
    if (url.starts_with("user:password@")) return;
    if (at != std::string_view::npos) {
        if (colon < at) cover(line, begin + colon + 1, begin + at);
    } else if (colon < url.find_first_of("/?#") && (goes_on || !is_port(url, colon))) {
        cover(line, begin + colon + 1, end);
    }
}

bool is_quote_at(std::string_view line, std::size_t at) {
    return at < line.size() && (line[at] == '\'' || line[at] == '"');
}

/// Where the value begins of a name that ends at `at`: behind its `=`, or in quotes.
std::size_t value_of_name(std::string_view line, std::size_t at) {
    auto const next = [&](std::size_t from) {
        return std::min(line.find_first_not_of(" \t", from), line.size());
    };
    if (at < line.size() && line[at] == '=') return at + 1;
    auto value = next(is_quote_at(line, at) ? at + 1 : at);
    if (value < line.size() && (line[value] == '=' || line[value] == ':')) value = next(value + 1);
    return is_quote_at(line, value) ? value : line.size();
}

/// `password=…` of URLs, of libpq's words and of variables, `PASSWORD '…'` of SQL, `"password":
/// "…"`.
void hide_named(std::string& line) {
    constexpr std::array<std::string_view, 4> names{"password", "api_key", "secret", "token"};
    auto const lower = to_lower(line);
    for (auto const name : names) {
        for (auto found = lower.find(name); found != std::string::npos;
             found = lower.find(name, found + 1)) {
            auto const begin = value_of_name(line, found + name.size());
            if (!is_quote_at(line, begin)) {
                cover(line, begin,
                      std::min(line.find_first_of("&\"'`#, \t\n", begin), line.size()));
                continue;
            }
            auto end = end_of_quotes(line, begin + 1, line[begin]);
            while (line[begin] == '\'' && end + 1 < line.size() && line[end + 1] == '\'') {
                end = end_of_quotes(line, end + 2, '\'');  // SQL doubles them
            }
            cover(line, begin + 1, end);
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
        auto end = std::min(line.find('\n', at), line.size());
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
