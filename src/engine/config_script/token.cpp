// See token.hpp.
#include "engine/config_script/token.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace cm::engine::config_script {
namespace {

bool is_word_byte(char c) {
    return is_lower(c) || is_upper(c) || is_digit(c) || c == '_' || c == '$' || c == '#' ||
           static_cast<unsigned char>(c) >= 0x80U;
}

/// Moves past blanks and comments; true if a line ended there.
bool skip_blanks(std::string_view source, std::size_t& at) {
    bool is_line_passed = false;
    while (at < source.size()) {
        auto const c = source[at];
        auto const two = source.substr(at, 2);
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v') {
            is_line_passed = is_line_passed || c == '\n';
            ++at;
        } else if (two == "//" || (two == "#!" && at == 0)) {
            at = std::min(source.find('\n', at), source.size());
        } else if (two == "/*") {
            auto const end = source.find("*/", at + 2);
            auto const behind = end == std::string_view::npos ? source.size() : end + 2;
            is_line_passed = is_line_passed ||
                             source.substr(at, behind - at).find('\n') != std::string_view::npos;
            at = behind;
        } else {
            break;
        }
    }
    return is_line_passed;
}

std::size_t quoted_end(std::string_view source, std::size_t at) {
    auto const quote = source[at];
    for (++at; at < source.size(); ++at) {
        if (source[at] == '\\') {
            ++at;
        } else if (source[at] == quote) {
            return at + 1;
        } else if (source[at] == '\n') {
            return at;
        }
    }
    return source.size();
}

/// Templates may hold expressions, and those may hold templates.
std::size_t template_end(std::string_view source, std::size_t at, int depth);

std::size_t substitution_end(std::string_view source, std::size_t at, int depth) {
    int open = 1;
    while (at < source.size() && open > 0) {
        auto const c = source[at];
        if (c == '"' || c == '\'') {
            at = quoted_end(source, at);
            continue;
        }
        if (c == '`') {
            at = template_end(source, at, depth + 1);
            continue;
        }
        open += c == '{' ? 1 : 0;
        open -= c == '}' ? 1 : 0;
        ++at;
    }
    return at;
}

std::size_t template_end(std::string_view source, std::size_t at, int depth) {
    constexpr int deepest_template = 50;
    for (++at; at < source.size();) {
        if (source[at] == '\\') {
            at += 2;
        } else if (source[at] == '`') {
            return at + 1;
        } else if (source.substr(at, 2) == "${" && depth < deepest_template) {
            at = substitution_end(source, at + 2, depth);
        } else {
            ++at;
        }
    }
    return source.size();
}

std::size_t symbol_end(std::string_view source, std::size_t at) {
    constexpr std::array<std::string_view, 22> longer{
        ">>>=", "...", "===", "!==", "**=", "?\?=", "||=", "&&=", "=>", "?.", "??",
        "||",   "&&",  "==",  "!=",  "<=",  ">=",   "+=",  "-=",  "*=", "++", "--"};
    for (auto const symbol : longer) {
        // `a?.5:1` has no optional chaining.
        auto const is_number = symbol == "?." && at + 2 < source.size() && is_digit(source[at + 2]);
        if (source.substr(at).starts_with(symbol) && !is_number) {
            return at + symbol.size();
        }
    }
    return at + 1;
}

}  // namespace

Token next_token(std::string_view source, std::size_t at) {
    Token token{};
    token.on_new_line = skip_blanks(source, at);
    token.begin = token.end = std::min(at, source.size());
    if (at >= source.size()) {
        return token;
    }
    auto const c = source[at];
    if (c == '"' || c == '\'') {
        token.kind = TokenKind::text;
        token.end = quoted_end(source, at);
    } else if (c == '`') {
        token.kind = TokenKind::template_text;
        token.end = template_end(source, at, 0);
    } else if (is_word_byte(c)) {
        token.kind = is_digit(c) ? TokenKind::number : TokenKind::word;
        while (at < source.size() &&
               (is_word_byte(source[at]) || (is_digit(c) && source[at] == '.'))) {
            ++at;
        }
        token.end = at;
    } else {
        token.kind = TokenKind::symbol;
        token.end = symbol_end(source, at);
    }
    token.end = std::min(token.end, source.size());
    return token;
}

std::size_t regular_expression_end(std::string_view source, std::size_t at) {
    bool is_in_class = false;
    for (++at; at < source.size() && source[at] != '\n'; ++at) {
        if (source[at] == '\\') {
            ++at;
        } else if (source[at] == '[') {
            is_in_class = true;
        } else if (source[at] == ']') {
            is_in_class = false;
        } else if (source[at] == '/' && !is_in_class) {
            ++at;
            break;
        }
    }
    while (at < source.size() && is_word_byte(source[at])) {
        ++at;
    }
    return std::min(at, source.size());
}

std::string unescaped(std::string_view text) {
    constexpr std::string_view letters = "nrtbfv0";
    constexpr std::string_view meanings{"\n\r\t\b\f\v\0", 7};
    std::string result{};
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\' || at + 1 == text.size()) {
            result += text[at];
            continue;
        }
        auto const c = text[++at];
        if (c == '\n') {
            continue;  // the line goes on
        }
        if (c == 'x' || c == 'u') {
            auto const is_braced = text.substr(at + 1, 1) == "{";
            auto const begin = at + (is_braced ? 2 : 1);
            auto const digits =
                is_braced ? text.substr(begin, std::min(text.find('}', begin), text.size()) - begin)
                          : text.substr(begin, c == 'x' ? 2 : 4);
            std::uint32_t code = 0;
            std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
            utf8::append(result, code);
            at = begin + digits.size() - (is_braced ? 0 : 1);
            continue;
        }
        auto const known = letters.find(c);
        result += known == std::string_view::npos ? c : meanings[known];
    }
    return result;
}

}  // namespace cm::engine::config_script
