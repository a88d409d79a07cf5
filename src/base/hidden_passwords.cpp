// See hidden_passwords.hpp. What cannot be told from a password is hidden with it: a place is found
// by the rest of the line.
#include "base/hidden_passwords.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace cm {
namespace {

bool is_scheme_byte(char c) {
    return is_lower(c) || is_upper(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
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

/// Past blanks, and past the comments of SQL.
std::size_t next_solid(std::string_view line, std::size_t at) {
    while (at < line.size()) {
        auto const two = line.substr(at, 2);
        auto end = line.find_first_not_of(" \t\r\n", at);
        if (two == "/*") {
            end = line.find("*/", at + 2);
            if (end != std::string_view::npos) end += 2;
        } else if (two == "--") {
            end = line.find('\n', at);
        } else if (end == at) {
            return at;
        }
        at = std::min(end, line.size());
    }
    return at;
}

/// How long the `$tag$` is that begins at `at`; 0 if none does.
std::size_t dollar_quote_at(std::string_view line, std::size_t at) {
    if (at >= line.size() || line[at] != '$') return 0;
    auto end = at + 1;
    while (end < line.size() && (is_scheme_byte(line[end]) || line[end] == '_' ||
                                 static_cast<unsigned char>(line[end]) >= 0x80U)) {
        ++end;
    }
    auto const is_parameter = at + 1 < line.size() && is_digit(line[at + 1]);
    return end < line.size() && line[end] == '$' && !is_parameter ? end + 1 - at : 0;
}

/// How long the `E` or `U&` is of a string that begins at `at`.
std::size_t string_prefix_at(std::string_view line, std::size_t at) {
    auto const begin = to_lower(line.substr(at, 3));
    if (begin.starts_with("e'") || begin.starts_with("n'")) return 1;
    return begin == "u&'" ? 2 : 0;
}

/// Where the value begins of a name that ends at `at`: behind its `=`, or in quotes.
std::size_t value_of_name(std::string_view line, std::size_t at) {
    auto const is_assigned = at < line.size() && line[at] == '=';
    auto value = next_solid(line, is_quote_at(line, at) ? at + 1 : at);
    while (value < line.size() &&
           (line[value] == '=' || line[value] == ':' || line[value] == '>')) {
        ++value;
    }
    // `PASSWORD=` with nothing behind it in its line is whole.
    auto const behind = is_assigned ? std::min(line.find_first_not_of(" \t", value), line.size())
                                    : next_solid(line, value);
    auto const found = behind < line.size() ? behind + string_prefix_at(line, behind) : behind;
    if (is_quote_at(line, found) || dollar_quote_at(line, found) > 0) return found;
    if (found < line.size() && line[found] == '%') return found;
    return is_assigned ? value : line.size();
}

/// To the last quote of the line of text that `begin` is in.
void cover_to_last_quote(std::string& line, std::size_t begin) {
    if (begin >= line.size()) return;
    auto const text = std::string_view(line).substr(0, line.find('\n', begin));
    auto const last = text.rfind('\'');
    cover(line, begin, last == std::string_view::npos || last < begin ? text.size() : last);
}

/// `''…''`, in a string that is itself in quotes (`EXECUTE '… PASSWORD ''x'''`): the quotes double
/// with each level, and `run` of them open the value.
void cover_doubled(std::string& line, std::size_t begin, std::size_t run) {
    constexpr std::string_view closing = ";),\"`";
    auto const after = begin + run;
    if (after >= line.size() || closing.find(line[after]) != std::string_view::npos) return;
    for (auto at = line.find('\'', after); at != std::string::npos; at = line.find('\'', at)) {
        auto const end = std::min(line.find_first_not_of('\'', at), line.size());
        if (end - at >= run && end - at < 2 * run) {
            cover(line, after, at);
            return;
        }
        at = end;
    }
    auto const is_empty = line[after] == ' ' || line[after] == '\n';
    if (!is_empty) cover(line, after, line.size());
}

void cover_quoted(std::string& line, std::size_t begin) {
    auto const quote = line[begin];
    if (quote == '\'') {
        auto const run = std::min(line.find_first_not_of('\'', begin), line.size()) - begin;
        if (run % 2 == 0) return cover_doubled(line, begin, run);
        if (run > 1) return cover_to_last_quote(line, begin + run);
    }
    auto end = end_of_quotes(line, begin + 1, quote);
    while (quote == '\'' && end + 1 < line.size() && line[end + 1] == '\'') {
        end = end_of_quotes(line, end + 2, '\'');  // SQL doubles them
    }
    cover(line, begin + 1, end);
    // Text that goes on there was not in these quotes: `'… PASSWORD ' || quote_literal('x')`.
    constexpr std::string_view behind = " \t\r\n;,.:)]}\"`|+&#?";
    if (quote == '\'' && end + 1 < line.size() &&
        behind.find(line[end + 1]) == std::string_view::npos) {
        cover_to_last_quote(line, end + 1);
    }
}

/// `format('… PASSWORD %L', 'x')`
void cover_arguments(std::string& line, std::size_t begin) {
    auto const comma = line.find(',', begin);
    auto const open = comma == std::string::npos ? comma : line.find('\'', comma);
    if (open != std::string::npos) cover_to_last_quote(line, open + 1);
}

void cover_value(std::string& line, std::size_t begin) {
    if (begin >= line.size()) return;
    if (auto const length = dollar_quote_at(line, begin)) {
        auto const tag = line.substr(begin, length);
        cover(line, begin + length, std::min(line.find(tag, begin + length), line.size()));
    } else if (is_quote_at(line, begin)) {
        cover_quoted(line, begin);
    } else {
        if (line[begin] == '%') cover_arguments(line, begin);
        cover(line, begin, std::min(line.find_first_of("&\"'`#, \t\n", begin), line.size()));
    }
}

/// `password=…` of URLs, of libpq's words and of variables, `PASSWORD '…'` of SQL, `"password":
/// "…"`.
void hide_named(std::string& line) {
    constexpr std::array<std::string_view, 4> names{"password", "api_key", "secret", "token"};
    auto const lower = to_lower(line);
    for (auto const name : names) {
        for (auto found = lower.find(name); found != std::string::npos;
             found = lower.find(name, found + 1)) {
            // In a password that is covered already these are no names.
            if (line[found] != '*') cover_value(line, value_of_name(line, found + name.size()));
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
