// Functions and procedures: manual, CREATE FUNCTION. Aggregates are a kind of their own.
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "object/definition/kinds.hpp"
#include "object/definition/routine.sql.hpp"
#include "sql/source_statement.hpp"
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

std::vector<std::string> elements(std::string const& array) {
    std::vector<std::string> all{};
    for (auto token = sql::next_significant_token(array, 0); token.kind != sql::TokenKind::end;
         token = sql::next_significant_token(array, token.end)) {
        if (sql::is_name(token)) all.push_back(sql::name_of(array, token));
    }
    return all;
}

/// The columns of its result: OUT, INOUT and TABLE.
std::set<std::string> given_back(Definition const& object) {
    auto const names = elements(object.shape.at(argument_names));
    auto const modes = elements(object.shape.at(argument_modes));
    std::set<std::string> all{};
    for (std::size_t i = 0; i < std::min(names.size(), modes.size()); ++i) {
        if (modes[i] == "o" || modes[i] == "b" || modes[i] == "t") all.insert(names[i]);
    }
    return all;
}

bool takes_away(Definition const& from, Definition const& to) {
    auto const had = given_back(from), has = given_back(to);
    return count(from.shape.at(default_count)) > count(to.shape.at(default_count)) ||
           !std::includes(has.begin(), has.end(), had.begin(), had.end());
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
        names.merge(sql::names_in(text.substr(token.begin + length, size - 2 * length), 0));
    }
    return names;
}

/// What was worked out by the function before does not change by itself.
void hazards(Definition const& /*from*/, Definition const& to, Hazards& out) {
    if (to.stored_in.empty()) return;
    out.push_back({.kind = HazardKind::data_loss,
                   .code = "CM0686",
                   .message = fmt::format("the function `{}` is replaced, but what it has returned "
                                          "so far stays in {}",
                                          display_name(to), fmt::join(to.stored_in, " and ")),
                   .help = "if it now returns something else: REINDEX such an index, UPDATE the "
                           "rows of a generated column, check the rows of a constraint",
                   .origin = to.origin,
                   .probe = {}});
}

}  // namespace

DefinitionKind const routine_kind{.title = "function",
                                  .caption = "Function",
                                  .id_kind = ObjectKind::routine,
                                  .place = "routines",
                                  .query = sql_text::object_definition_routine,
                                  .create_rank = 125,
                                  .drop_rank = 75,
                                  .is_named_by_others = true,
                                  .create = create,
                                  .drop = drop,
                                  .alter = alter,
                                  .rename = rename_object,
                                  .quoted_names = quoted_names,
                                  .takes_away = takes_away,
                                  .hazards = hazards};

}  // namespace cm::object
