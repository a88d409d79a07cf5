// See directive.hpp. Strings and function bodies may hold the same words: only comments count.
#include "sql/directive.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "sql/token.hpp"

namespace cm::sql {
namespace {

constexpr std::string_view program_name = "cm-migrate";

bool starts_with_name(std::string_view text) {
    return text.size() >= program_name.size() &&
           std::equal(program_name.begin(), program_name.end(), text.begin(),
                      [](char expected, char given) { return expected == to_lower(given); });
}

bool mentions_name(std::string_view script) {
    for (auto at = script.find('-'); at != std::string_view::npos; at = script.find('-', at + 1)) {
        if (at >= 2 && starts_with_name(script.substr(at - 2))) {
            return true;
        }
    }
    return false;
}

/// What stands behind `cm-migrate:` in a comment without its marks.
std::optional<std::string_view> words_of(std::string_view comment) {
    auto text = trimmed(comment);
    if (!starts_with_name(text)) {
        return {};
    }
    text = trimmed(text.substr(program_name.size()));
    if (!text.starts_with(':')) {
        return {};
    }
    return trimmed(text.substr(1));
}

/// Where the comment that begins at `at` ends; block comments may hold others.
std::size_t comment_end(std::string_view script, std::size_t at, std::size_t limit) {
    if (script.substr(at, 2) == "--") {
        return std::min(script.find('\n', at), limit);
    }
    int depth = 0;
    for (; at + 1 < limit; ++at) {
        auto const two = script.substr(at, 2);
        if (two == "/*") {
            ++depth;
            ++at;
        } else if (two == "*/") {
            ++at;
            if (--depth == 0) {
                return at + 1;
            }
        }
    }
    return limit;
}

void collect(std::string_view script, Token blank, bool is_in_head,
             std::vector<Directive>& directives) {
    for (auto at = blank.begin; at < blank.end;) {
        auto const two = script.substr(at, 2);
        if (two != "--" && two != "/*") {
            ++at;
            continue;
        }
        auto const end = comment_end(script, at, blank.end);
        auto const is_line = two == "--";
        auto const is_closed = !is_line && end >= at + 4 && script.substr(end - 2, 2) == "*/";
        auto const inner = script.substr(at + 2, end - at - (is_closed ? 4 : 2));
        if (auto const words = words_of(inner)) {
            auto const length = trimmed(script.substr(at, end - at)).size();
            directives.push_back({*words, static_cast<std::uint32_t>(at),
                                  static_cast<std::uint32_t>(at + length), is_in_head, is_line});
        }
        at = end;
    }
}

}  // namespace

std::vector<Directive> find_directives(std::string_view script) {
    std::vector<Directive> directives{};
    if (!mentions_name(script)) {
        return directives;
    }
    bool is_in_head = true;
    for (std::size_t at = 0; at < script.size();) {
        auto const token = next_token(script, at);
        if (token.kind == TokenKind::end || token.end <= at) {
            break;
        }
        if (token.kind == TokenKind::blank) {
            collect(script, token, is_in_head, directives);
        } else {
            is_in_head = false;
        }
        at = token.end;
    }
    return directives;
}

}  // namespace cm::sql
