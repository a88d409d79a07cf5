// See unqualified.hpp.
#include "sql/unqualified.hpp"

#include <optional>

#include "sql/name.hpp"
#include "sql/system_types.hpp"
#include "sql/token.hpp"

namespace cm::sql {
namespace {

using Text = std::string_view;

Text text_of(Text script, Token token) {
    return script.substr(token.begin, token.end - token.begin);
}

/// PostgreSQL prints a name in quotes wherever it could be taken for something else.
bool is_named(Text script, Token token, Text name) {
    if (token.kind == TokenKind::name) return text_of(script, token) == quote_identifier(name);
    return token.kind == TokenKind::word && text_of(script, token) == name;
}

bool is_point(Text script, Token token) {
    return token.kind == TokenKind::symbol && text_of(script, token) == ".";
}

bool is_cast(Text script, Token token) {
    return script.substr(0, token.begin).ends_with("::");
}

/// Without the quotes around it.
Text bare_text(Text script, Token token) {
    auto text = text_of(script, token);
    if (token.kind != TokenKind::name || text.size() < 2) return text;
    return text.substr(1, text.size() - 2);
}

bool names_the_time(Text name) {
    return name == "now" || name == "transaction_timestamp";
}

/// Where the name begins of which the token at hand is the schema; none if it is no schema.
std::optional<std::size_t> name_behind(Text script, Token token, Text schema,
                                       CalledFunctions called) {
    if (!is_named(script, token, schema)) return {};
    auto const point = next_token(script, token.end);
    if (!is_point(script, point)) return {};
    auto const name = next_token(script, point.end);
    if (is_cast(script, token) && is_system_type_name(bare_text(script, name))) return {};
    if (!is_name(name) || names_the_time(text_of(script, name))) return {};
    auto const next = next_token(script, name.end);
    if (is_point(script, next)) return {};  // a table in between
    if (called == CalledFunctions::whole && text_of(script, next) == "(" && !is_cast(script, token))
        return {};
    return name.begin;
}

/// `'app.t_seq'` before `::regclass`: without the schema.
std::optional<std::string> bare_relation(Text script, Token token, Text schema) {
    auto const literal = text_of(script, token);
    if (!script.substr(token.end).starts_with("::regclass")) return {};
    for (auto const& written : {std::string{schema}, quote_identifier(schema)}) {
        auto start = quote_literal(written + ".");
        start.pop_back();
        if (literal.starts_with(start)) return "'" + std::string{literal.substr(start.size())};
    }
    return {};
}

}  // namespace

std::string unqualified(Text expression, Text schema, CalledFunctions called) {
    if (schema.empty() || expression.find(schema) == Text::npos) return std::string{expression};
    std::string result{};
    bool is_part = false;  // behind a point
    for (auto token = next_token(expression, 0); token.kind != TokenKind::end;) {
        auto at = token.end;
        if (auto const name =
                is_part ? std::nullopt : name_behind(expression, token, schema, called)) {
            at = *name;
        } else if (auto bare = token.kind == TokenKind::text
                                   ? bare_relation(expression, token, schema)
                                   : std::nullopt) {
            result += *bare;
        } else {
            result += text_of(expression, token);
        }
        is_part = is_point(expression, token);
        token = next_token(expression, at);
    }
    return result;
}

}  // namespace cm::sql
