// Exclusion constraints: manual, 5.4.6.
#include <fmt/ranges.h>

#include "object/definition/constraint_text.hpp"
#include "object/definition/exclusion.sql.hpp"
#include "object/definition/kinds.hpp"
#include "sql/name.hpp"
#include "sql/token.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

Statements create(Definition const& object) {
    return {fmt::format("{} {}", alter_constraint(object, "ADD"), object.text)};
}

Statements drop(Definition const& object) {
    return {alter_constraint(object, "DROP")};
}

std::vector<std::string> rename(Definition const& from, Definition const& to) {
    return {fmt::format("{} TO {}", alter_constraint(from, "RENAME"),
                        sql::quote_identifier(to.id.part))};
}

struct Compared {
    std::string expression{}, comparison{};
};

/// `lower(a)` and `=` of `lower(a) public.my_ops WITH =`.
Compared compared(std::string_view element) {
    constexpr std::string_view with = " WITH ";
    std::string comparison{element.substr(element.rfind(with) + with.size())};
    if (element.starts_with('(')) return {in_brackets(element).text, std::move(comparison)};
    auto end = sql::next_token(element, 0).end;
    while (element.substr(end, 1) == ".") end = sql::next_token(element, end + 1).end;
    if (element.substr(end, 1) == "(") end = in_brackets(element, end).end;
    return {std::string{element.substr(0, end)}, std::move(comparison)};
}

/// Counts rows beside which there is another that they exclude. Where nothing is compared by `=`,
/// each row would have to be compared with each other one.
std::optional<Probe> count_conflicts(Definition const& object) {
    auto const [list, end] = in_brackets(object.text, 0);
    std::vector<std::string> values{}, conditions{};
    auto has_equality = false;
    for (auto const& part : parts_of_list(list)) {
        auto const [expression, comparison] = compared(part);
        auto const i = values.size();
        values.push_back(fmt::format("{} AS v{}", expression, i));
        conditions.push_back(fmt::format("a.v{0} {1} b.v{0}", i, comparison));
        has_equality = has_equality || comparison == "=";
    }
    if (!has_equality) return {};
    auto const where = object.text.find(" WHERE ", end);
    auto const condition =
        where == std::string::npos ? std::string{"true"} : in_brackets(object.text, where).text;
    return Probe{
        fmt::format(
            "WITH r AS MATERIALIZED (SELECT row_number() OVER () AS n, {} FROM {} WHERE {}) "
            "SELECT (SELECT count(*) FROM r AS a WHERE EXISTS (SELECT FROM r AS b WHERE "
            "a.n <> b.n AND {})) AS affected, (SELECT count(*) FROM r) AS total",
            fmt::join(values, ", "), object.address, condition, fmt::join(conditions, " AND ")),
        "{affected} of {total} rows exclude each other"};
}

void hazards(Definition const& /*from*/, Definition const& to, Hazards& out) {
    out.push_back({.kind = HazardKind::may_fail,
                   .code = "CM0606",
                   .message = fmt::format("the exclusion constraint `{}` is added to the table "
                                          "`{}`: this fails if rows exclude each other",
                                          to.id.part, to.id.name.name),
                   .help = "first correct those rows",
                   .origin = to.origin,
                   .probe = count_conflicts(to)});
}

}  // namespace

DefinitionKind const exclusion_kind{.title = "exclusion constraint",
                                    .caption = "ExclusionConstraint",
                                    .id_kind = ObjectKind::constraint,
                                    .query = sql_text::object_definition_exclusion,
                                    .create_rank = 101,
                                    .drop_rank = 35,
                                    .is_member = true,
                                    .has_index = true,
                                    .create = create,
                                    .drop = drop,
                                    .rename = rename,
                                    .hazards = hazards};

}  // namespace cm::object
