// See renamed_names.hpp. By tokens, as sql/unqualified does: the text may be of a newer syntax than
// the linked parser's.
#include "sql/renamed_names.hpp"

#include <algorithm>

#include "sql/token.hpp"
#include "sql/type.hpp"

namespace cm::sql {
namespace {

using Text = std::string_view;

/// The text, cut into tokens.
struct TokenList {
    explicit TokenList(Text script) : text(script) {
        for (auto token = next_token(script, 0); token.kind != TokenKind::end;
             token = next_token(script, token.end)) {
            tokens.push_back(token);
        }
    }

    Text at(std::size_t i) const {
        return i < tokens.size() ? text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin)
                                 : Text{};
    }

    bool is_name(std::size_t i, Text name) const {
        if (i >= tokens.size()) return false;
        auto const kind = tokens[i].kind;
        return (kind == TokenKind::word || kind == TokenKind::name) &&
               name_of(text, tokens[i]) == name;
    }

    /// Behind the blanks that follow.
    std::size_t next(std::size_t i) const {
        for (++i; i < tokens.size() && tokens[i].kind == TokenKind::blank;) ++i;
        return i;
    }

    /// Before the blanks that lead to it; the number of tokens if there is none.
    std::size_t previous(std::size_t i) const {
        while (i > 0) {
            if (tokens[--i].kind != TokenKind::blank) return i;
        }
        return tokens.size();
    }

    Text text;
    std::vector<Token> tokens{};
};

/// Behind it a name is that of a type, a collation, an output column.
bool leads_to_other(Text before) {
    return before == ":" || before == "COLLATE" || before == "AS";
}

bool is_column(TokenList const& list, std::size_t i, Text column,
               std::vector<std::string> const& qualifiers) {
    if (!list.is_name(i, column)) return false;
    auto const after = list.at(list.next(i));
    if (after == "(" || after == ".") return false;
    auto const dot = list.previous(i);
    auto const before = list.at(dot);
    if (before != ".") return !leads_to_other(before);
    auto const qualifier = list.previous(dot);
    if (list.at(list.previous(qualifier)) == ".") return false;
    return std::any_of(qualifiers.begin(), qualifiers.end(),
                       [&](std::string const& name) { return list.is_name(qualifier, name); });
}

std::string written(QualifiedName const& name, bool is_bare) {
    return is_bare ? bare_name(name.name) : bare_name(name.schema) + "." + bare_name(name.name);
}

}  // namespace

std::string with_renamed_column(Text text, Text from, Text to,
                                std::vector<std::string> const& qualifiers) {
    if (text.find(from) == Text::npos) return std::string{text};
    TokenList const list{text};
    std::string result{};
    for (std::size_t i = 0; i < list.tokens.size(); ++i) {
        result += is_column(list, i, from, qualifiers) ? bare_name(to) : std::string{list.at(i)};
    }
    return result;
}

std::string with_renamed_object(Text text, QualifiedName const& from, QualifiedName const& to,
                                Text bare) {
    if (text.find(from.name) == Text::npos) return std::string{text};
    TokenList const list{text};
    std::string result{};
    for (std::size_t i = 0; i < list.tokens.size(); ++i) {
        auto const is_part = list.at(list.previous(i)) == ".";
        auto const dot = list.next(i);
        auto const is_whole = !is_part && list.is_name(i, from.schema) && list.at(dot) == "." &&
                              list.is_name(list.next(dot), from.name);
        if (is_whole) {
            result += written(to, false);
            i = list.next(dot);
        } else if (!is_part && from.schema == bare && list.is_name(i, from.name)) {
            result += written(to, to.schema == bare);
        } else {
            result += list.at(i);
        }
    }
    return result;
}

std::string with_renamed_value(Text text, QualifiedName const& type, Text from, Text to,
                               BareLiterals bare) {
    auto const old = quote_literal(from);
    if (text.find(old) == Text::npos) return std::string{text};
    TokenList const list{text};
    std::string result{};
    auto const is_of_type = [&](std::size_t literal) {
        auto i = list.next(literal);
        if (list.at(i) != ":") {
            // The other elements of an ARRAY, and its end.
            while (list.at(i) == "," || list.at(i).starts_with('\'')) i = list.next(i);
            if (list.at(i) == "]") i = list.next(i);
        }
        if (list.at(i) != ":" || list.at(i + 1) != ":")
            return list.tokens.size() == 1 || bare == BareLiterals::of_the_type;
        i += 2;
        if (list.is_name(i, type.schema) && list.at(i + 1) == ".") i += 2;
        return list.is_name(i, type.name);
    };
    for (std::size_t i = 0; i < list.tokens.size(); ++i) {
        result += list.at(i) == old && is_of_type(i) ? quote_literal(to) : std::string{list.at(i)};
    }
    return result;
}

}  // namespace cm::sql
