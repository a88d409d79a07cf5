// Functions and procedures: manual, CREATE FUNCTION. Aggregates are a kind of their own.
#include <fmt/format.h>

#include <charconv>

#include "object/definition/kinds.hpp"
#include "object/definition/routine.sql.hpp"

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

}  // namespace

DefinitionKind const routine_kind{.title = "function",
                                  .caption = "Function",
                                  .id_kind = ObjectKind::routine,
                                  .query = sql_text::object_definition_routine,
                                  .create_rank = 125,
                                  .drop_rank = 75,
                                  .create = create,
                                  .drop = drop,
                                  .alter = alter};

}  // namespace cm::object
