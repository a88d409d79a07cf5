// Functions and procedures: manual, CREATE FUNCTION. Aggregates are a kind of their own.
#include <fmt/format.h>

#include <charconv>

#include "object/definition/kinds.hpp"
#include "object/definition/routine.sql.hpp"
#include "sql/token.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

/// Of Definition::shape.
enum Shape : std::size_t { prokind, result, argument_names, argument_modes, default_count };

Statements create(Definition const& object) {
    return {object.text};
}

Statements drop(Definition const& object) {
    return {fmt::format("DROP {}", object.address)};
}

int count(std::string const& text) {
    int value{};
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// CREATE OR REPLACE changes neither the kind, the result nor the names of arguments, and takes no
/// default away.
std::optional<Statements> alter(Definition const& from, Definition const& to) {
    auto const is_replaceable =
        from.shape.at(prokind) == to.shape.at(prokind) &&
        from.shape.at(result) == to.shape.at(result) &&
        from.shape.at(argument_names) == to.shape.at(argument_names) &&
        from.shape.at(argument_modes) == to.shape.at(argument_modes) &&
        count(from.shape.at(default_count)) <= count(to.shape.at(default_count));
    if (!is_replaceable) return {};
    return Statements{to.text};
}

void add_names(std::string_view body, std::set<std::string>& names) {
    for (auto token = sql::next_significant_token(body, 0); token.kind != sql::TokenKind::end;
         token = sql::next_significant_token(body, token.end)) {
        if (token.kind == sql::TokenKind::word || token.kind == sql::TokenKind::name)
            names.insert(sql::name_of(body, token));
    }
}

/// pg_get_functiondef has dollars around the body alone. What a body keeps in strings of its own is
/// only run when it is called.
std::set<std::string> quoted_names(Definition const& object) {
    std::set<std::string> names{};
    std::string_view const text{object.text};
    for (auto token = sql::next_significant_token(text, 0); token.kind != sql::TokenKind::end;
         token = sql::next_significant_token(text, token.end)) {
        if (token.kind != sql::TokenKind::text || text[token.begin] != '$') continue;
        auto const length = text.find('$', token.begin + 1) + 1 - token.begin;
        auto const size = token.end - token.begin;
        if (size < 2 * length) continue;
        add_names(text.substr(token.begin + length, size - 2 * length), names);
    }
    return names;
}

}  // namespace

DefinitionKind const routine_kind{.title = "function",
                                  .caption = "Function",
                                  .id_kind = ObjectKind::routine,
                                  .place = "routines",
                                  .query = sql_text::object_definition_routine,
                                  .create_rank = 125,
                                  .drop_rank = 75,
                                  .create = create,
                                  .drop = drop,
                                  .alter = alter,
                                  .quoted_names = quoted_names};

}  // namespace cm::object
