// See unparsed_effects.hpp.
#include "sql/unparsed_effects.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "sql/reach_words.hpp"
#include "sql/token.hpp"

namespace cm::sql {
namespace {

/// The first words in lower case, and the statement without what its strings hold.
struct Outline {
    std::vector<std::string> first{};
    std::string without_strings{};
};

Outline outline_of(std::string_view statement) {
    constexpr std::size_t most = 4;
    Outline words{};
    for (auto token = next_significant_token(statement, 0); token.kind != TokenKind::end;
         token = next_significant_token(statement, token.end)) {
        auto const text = statement.substr(token.begin, token.end - token.begin);
        if (words.first.size() < most) words.first.push_back(to_lower(text));
        words.without_strings += token.kind == TokenKind::text ? "''" : text;
        words.without_strings += ' ';
    }
    return words;
}

StatementClass class_of(std::vector<std::string> const& first) {
    auto const has = [&](std::string_view word) {
        return std::find(first.begin(), first.end(), word) != first.end();
    };
    if (first.empty()) return StatementClass::other;
    auto const& verb = first.front();
    if (verb == "do") return StatementClass::block;
    if (verb == "select" || verb == "with" || verb == "call") return StatementClass::query;
    if (verb == "insert" || verb == "update" || verb == "delete" || verb == "merge") {
        return StatementClass::data;
    }
    if (verb == "create" && (has("function") || has("procedure"))) return StatementClass::routine;
    return StatementClass::other;
}

}  // namespace

std::vector<Reach> reaches_in_arguments(std::string_view statement) {
    auto const first = next_significant_token(statement, 0);
    if (!is_word(statement, first, "SELECT") && !is_word(statement, first, "CALL") &&
        !is_word(statement, first, "WITH")) {
        return {};
    }
    std::string strings{};
    for (auto token = first; token.kind != TokenKind::end;
         token = next_significant_token(statement, token.end)) {
        if (token.kind != TokenKind::text) continue;
        strings += statement.substr(token.begin, token.end - token.begin);
        strings += ' ';
    }
    return strings.empty() ? std::vector<Reach>{} : reaches_in_words({strings});
}

Effects effects_of_unparsed(std::string_view statement) {
    auto const words = outline_of(statement);
    Effects effects{.statement_class = class_of(words.first)};
    for (std::size_t i = 0; i < std::min<std::size_t>(words.first.size(), 2); ++i) {
        effects.words += (i == 0 ? "a statement " : " ") + words.first[i];
    }
    auto const runs_strings = effects.statement_class == StatementClass::block ||
                              effects.statement_class == StatementClass::routine;
    effects.reaches =
        reaches_in_words({runs_strings ? std::string{statement} : words.without_strings});
    // `CREATE TABLE …` that calls something makes a table besides; `ALTER SYSTEM` is all that it
    // is.
    effects.is_mixed = effects.statement_class == StatementClass::other &&
                       std::any_of(effects.reaches.begin(), effects.reaches.end(),
                                   [](Reach const& reach) { return reach.words.ends_with("()"); });
    return effects;
}

}  // namespace cm::sql
