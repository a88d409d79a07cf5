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
        return i < tokens.size() && sql::is_name(tokens[i]) && name_of(text, tokens[i]) == name;
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

/// Before which full stop stands `table`, or a name that stands for it?
bool is_of_table(TokenList const& list, std::size_t dot, QualifiedName const& table,
                 std::vector<std::string> const& qualifiers) {
    auto const qualifier = list.previous(dot);
    auto const before = list.previous(qualifier);
    if (list.at(before) == ".")
        return list.is_name(qualifier, table.name) &&
               list.is_name(list.previous(before), table.schema);
    return list.is_name(qualifier, table.name) ||
           std::any_of(qualifiers.begin(), qualifiers.end(),
                       [&](std::string const& name) { return list.is_name(qualifier, name); });
}

bool is_column(TokenList const& list, std::size_t i, Text column, QualifiedName const& table,
               std::vector<std::string> const& qualifiers) {
    if (!list.is_name(i, column)) return false;
    auto const after = list.at(list.next(i));
    if (after == "(" || after == ".") return false;
    auto const dot = list.previous(i);
    auto const before = list.at(dot);
    return before == "." ? is_of_table(list, dot, table, qualifiers) : !leads_to_other(before);
}

std::string written(QualifiedName const& name) {
    return bare_name(name.schema) + "." + bare_name(name.name);
}

/// The last token of `schema.name` that begins there; none if none does.
std::size_t end_of_whole(TokenList const& list, std::size_t i, QualifiedName const& name) {
    auto const none = list.tokens.size();
    if (!list.is_name(i, name.schema) || list.at(list.previous(i)) == ".") return none;
    auto const dot = list.next(i);
    auto const last = list.next(dot);
    return list.at(dot) == "." && list.is_name(last, name.name) ? last : none;
}

}  // namespace

std::string with_renamed_column(Text text, QualifiedName const& table, Text from, Text to,
                                std::vector<std::string> const& qualifiers) {
    if (text.find(from) == Text::npos) return std::string{text};
    TokenList const list{text};
    std::string result{};
    for (std::size_t i = 0; i < list.tokens.size(); ++i) {
        auto const is_renamed = is_column(list, i, from, table, qualifiers);
        result += is_renamed ? bare_name(to) : std::string{list.at(i)};
    }
    return result;
}

std::string with_renamed_relation(Text text, QualifiedName const& from, QualifiedName const& to) {
    if (text.find(from.name) == Text::npos) return std::string{text};
    TokenList const list{text};
    std::string result{};
    for (std::size_t i = 0; i < list.tokens.size(); ++i) {
        auto const end = end_of_whole(list, i, from);
        result += end < list.tokens.size() ? written(to) : std::string{list.at(i)};
        if (end < list.tokens.size()) i = end;
    }
    return result;
}

std::vector<std::string> qualifiers_of(Text query, QualifiedName const& relation) {
    std::vector<std::string> names{};
    if (query.find(relation.name) == Text::npos) return names;
    TokenList const list{query};
    for (std::size_t i = 0; i < list.tokens.size(); ++i) {
        auto const end = end_of_whole(list, i, relation);
        if (end >= list.tokens.size()) continue;
        auto const next = list.next(end);
        auto const word = list.at(next);
        // Keywords are printed in capitals.
        auto const is_alias = word.starts_with('"') || word.starts_with('_') ||
                              (!word.empty() && word.front() >= 'a' && word.front() <= 'z');
        names.push_back(is_alias ? name_of(list.text, list.tokens[next]) : relation.name);
    }
    return names;
}

std::string with_renamed_qualifier(Text query, Text from, Text to) {
    if (query.find(from) == Text::npos) return std::string{query};
    TokenList const list{query};
    std::string result{};
    for (std::size_t i = 0; i < list.tokens.size(); ++i) {
        auto const is_qualifier = list.is_name(i, from) && list.at(list.next(i)) == "." &&
                                  list.at(list.previous(i)) != ".";
        result += is_qualifier ? bare_name(to) : std::string{list.at(i)};
    }
    return result;
}

std::string with_renamed_function(Text text, QualifiedName const& from, QualifiedName const& to) {
    if (text.find(from.name) == Text::npos) return std::string{text};
    TokenList const list{text};
    std::string result{};
    for (std::size_t i = 0; i < list.tokens.size(); ++i) {
        auto const end = end_of_whole(list, i, from);
        auto const is_whole = end < list.tokens.size();
        auto const last = is_whole ? end : i;
        auto const is_bare = !is_whole && list.is_name(i, from.name) &&
                             list.at(list.previous(i)) != "." && from.schema == to.schema;
        auto const is_called = list.at(list.next(last)) == "(";
        if (is_called && is_whole) {
            result += written(to);
        } else if (is_called && is_bare) {
            result += bare_name(to.name);
        } else {
            result += list.at(i);
            continue;
        }
        i = last;
    }
    return result;
}

std::string with_renamed_literal(Text text, QualifiedName const& from, QualifiedName const& to) {
    if (text.find("regclass") == Text::npos) return std::string{text};
    TokenList const list{text};
    auto const whole = quote_literal(written(from)), bare = quote_literal(bare_name(from.name));
    std::string result{};
    for (std::size_t i = 0; i < list.tokens.size(); ++i) {
        auto const literal = list.at(i);
        auto const is_relation =
            list.at(list.next(i)) == ":" && (literal == whole || literal == bare);
        auto const is_bare = literal == bare && from.schema == to.schema;
        result += !is_relation ? std::string{literal}
                               : quote_literal(is_bare ? bare_name(to.name) : written(to));
    }
    return result;
}

std::string with_renamed_schema(Text text, Text from, Text to) {
    if (text.find(from) == Text::npos) return std::string{text};
    auto const renamed = with_renamed_qualifier(text, from, to);
    TokenList const list{renamed};
    auto const prefix = bare_name(std::string{from}) + ".";
    std::string result{};
    for (std::size_t i = 0; i < list.tokens.size(); ++i) {
        auto literal = std::string{list.at(i)};
        if (literal.starts_with("'" + prefix) && list.at(list.next(i)) == ":")
            literal.replace(1, prefix.size(), bare_name(std::string{to}) + ".");
        result += literal;
    }
    return result;
}

std::string with_renamed_type(Text text, QualifiedName const& from, QualifiedName const& to) {
    if (text.find(from.name) == Text::npos) return std::string{text};
    auto const whole = with_renamed_relation(text, from, to);
    TokenList const list{whole};
    std::string result{};
    for (std::size_t i = 0; i < list.tokens.size(); ++i) {
        auto const is_cast = list.at(list.previous(i)) == ":" && list.is_name(i, from.name);
        auto const is_bare = is_cast && list.at(list.next(i)) != ".";
        auto const now = to.schema == from.schema ? bare_name(to.name) : written(to);
        result += is_bare ? now : std::string{list.at(i)};
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
