// See token.hpp.
#include "sql/token.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace cm::sql {
namespace {

using Text = std::string_view;
constexpr auto npos = Text::npos;

bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool starts_word(char c) {
    return is_lower(c) || is_upper(c) || c == '_' || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

bool continues_word(char c) {
    return starts_word(c) || is_digit(c) || c == '$';
}

std::size_t word_end(Text script, std::size_t at) {
    while (at < script.size() && continues_word(script[at])) {
        ++at;
    }
    return at;
}

/// Block comments nest (manual, 4.1.5).
std::size_t block_comment_end(Text script, std::size_t at) {
    int depth = 0;
    do {
        auto const mark = script.substr(at, 2);
        if (mark == "/*" || mark == "*/") {
            depth += mark == "/*" ? 1 : -1;
            at += 2;
        } else {
            ++at;
        }
    } while (depth > 0 && at < script.size());
    return at;
}

std::size_t blank_end(Text script, std::size_t at) {
    while (at < script.size()) {
        auto const mark = script.substr(at, 2);
        if (is_space(script[at])) {
            ++at;
        } else if (mark == "--") {
            at = std::min(script.find('\n', at), script.size());
        } else if (mark == "/*") {
            at = block_comment_end(script, at);
        } else {
            break;
        }
    }
    return at;
}

enum class Backslash { plain, escapes };

/// `at` is on the opening quote; a doubled quote belongs to the string.
std::size_t quoted_end(Text script, std::size_t at, Backslash backslash) {
    char const quote = script[at++];
    while (at < script.size()) {
        if (script[at] == '\\' && backslash == Backslash::escapes) {
            at += 2;
        } else if (script[at] != quote) {
            ++at;
        } else if (script.substr(at + 1, 1) == Text(&quote, 1)) {
            at += 2;
        } else {
            return at + 1;
        }
    }
    return script.size();  // not closed, though a backslash may have led beyond
}

/// `$tag$ … $tag$`; npos if `at` is not on an opening tag.
std::size_t dollar_quoted_end(Text script, std::size_t at) {
    auto tag_end = at + 1;
    if (tag_end < script.size() && starts_word(script[tag_end])) {
        while (tag_end < script.size() && continues_word(script[tag_end]) &&
               script[tag_end] != '$') {
            ++tag_end;
        }
    }
    if (tag_end >= script.size() || script[tag_end] != '$') {
        return npos;
    }
    auto const tag = script.substr(at, tag_end + 1 - at);
    auto const close = script.find(tag, tag_end + 1);
    return close == npos ? script.size() : close + tag.size();
}

/// E'…' B'…' X'…' N'…' U&'…' U&"…": the prefix's length, 0 if it is an ordinary word.
std::size_t string_prefix(Text script, std::size_t at) {
    auto const next = script.substr(at + 1, 2);
    if (Text("eEbBxXnN").find(script[at]) != npos && next.starts_with('\'')) {
        return 1;
    }
    bool const unicode = script[at] == 'u' || script[at] == 'U';
    return unicode && (next == "&'" || next == "&\"") ? 2 : 0;
}

Token word_or_string(Text script, std::size_t at, Strings strings) {
    auto const prefix = string_prefix(script, at);
    if (prefix == 0) {
        return {TokenKind::word, at, word_end(script, at)};
    }
    auto const follows_setting = script[at] == 'n' || script[at] == 'N';
    bool const escapes = script[at] == 'e' || script[at] == 'E' ||
                         (follows_setting && strings == Strings::backslashes);
    auto const kind = script[at + prefix] == '"' ? TokenKind::name : TokenKind::text;
    return {kind, at,
            quoted_end(script, at + prefix, escapes ? Backslash::escapes : Backslash::plain)};
}

Token dollar(Text script, std::size_t at) {
    if (auto const end = dollar_quoted_end(script, at); end != npos) {
        return {TokenKind::text, at, end};
    }
    auto end = at + 1;
    while (end < script.size() && is_digit(script[end])) {
        ++end;
    }
    return {end > at + 1 ? TokenKind::parameter : TokenKind::symbol, at, end};
}

Token number(Text script, std::size_t at) {
    auto end = at;
    while (end < script.size() && (is_digit(script[end]) || script[end] == '.')) {
        ++end;
    }
    return {TokenKind::number, at, word_end(script, end)};
}

}  // namespace

Token next_token(std::string_view script, std::size_t at, Strings strings) {
    if (at >= script.size()) {
        return {TokenKind::end, script.size(), script.size()};
    }
    if (auto const end = blank_end(script, at); end > at) {
        return {TokenKind::blank, at, end};
    }
    char const c = script[at];
    if (starts_word(c)) {
        return word_or_string(script, at, strings);
    }
    if (is_digit(c)) {
        return number(script, at);
    }
    if (c == '\'') {
        auto const backslash =
            strings == Strings::backslashes ? Backslash::escapes : Backslash::plain;
        return {TokenKind::text, at, quoted_end(script, at, backslash)};
    }
    if (c == '"') {
        return {TokenKind::name, at, quoted_end(script, at, Backslash::plain)};
    }
    if (c == '$') {
        return dollar(script, at);
    }
    return {TokenKind::symbol, at, at + 1};
}

std::string name_of(std::string_view script, Token token) {
    auto const text = script.substr(token.begin, token.end - token.begin);
    if (token.kind != TokenKind::name) return to_lower(text);
    std::string name{};
    for (auto i = text.find('"') + 1; i + 1 < text.size(); ++i) {
        if (text[i] == '"') ++i;  // doubled
        name += text[i];
    }
    return name;
}

Token next_significant_token(std::string_view script, std::size_t at, Strings strings) {
    auto const token = next_token(script, at, strings);
    return token.kind == TokenKind::blank ? next_token(script, token.end, strings) : token;
}

bool is_word(std::string_view script, Token token, std::string_view word) {
    if (token.kind != TokenKind::word || token.end - token.begin != word.size()) {
        return false;
    }
    return std::equal(word.begin(), word.end(),
                      script.begin() + static_cast<std::ptrdiff_t>(token.begin),
                      [&](char expected, char given) { return expected == to_upper(given); });
}

}  // namespace cm::sql
