// CHECK constraints of tables: manual, 5.4.1.
#include <fmt/format.h>

#include "object/definition/check.sql.hpp"
#include "object/definition/constraint_text.hpp"
#include "object/definition/kinds.hpp"
#include "sql/name.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

constexpr std::string_view not_valid = " NOT VALID";

Statements create(Definition const& object) {
    return {fmt::format("{} {}", alter_constraint(object, "ADD"), object.text)};
}

Statements drop(Definition const& object) {
    return {alter_constraint(object, "DROP")};
}

std::optional<Statements> alter(Definition const& from, Definition const& to) {
    if (from.text != to.text + std::string{not_valid}) return {};
    return Statements{alter_constraint(to, "VALIDATE")};
}

/// Rows that are known to fit are not asked for again.
void hazards(Definition const& from, Definition const& to, Hazards& out) {
    constexpr std::string_view not_enforced = " NOT ENFORCED";
    if (to.text.ends_with(not_valid) || to.text.ends_with(not_enforced)) return;
    auto const& table = to.id.name.name;
    auto const what = from.text.empty() ? fmt::format("is added to the table `{}`", table)
                                        : fmt::format("of the table `{}` is validated", table);
    auto const is_own = to.text.find(" NO INHERIT") != std::string::npos;
    out.push_back(
        {.kind = HazardKind::may_fail,
         .code = "CM0606",
         .message = fmt::format("the check constraint `{}` {}: this fails if a row violates it",
                                to.id.part, what),
         .help = "first correct those rows, or add it with NOT VALID, which leaves them alone, and "
                 "validate it later",
         .origin = to.origin,
         .probe = Probe{fmt::format("SELECT count(*) FILTER (WHERE NOT ({})) AS affected, count(*) "
                                    "AS total FROM {}{}",
                                    in_brackets(to.text).text, is_own ? "ONLY " : "", to.address),
                        "{affected} of {total} rows violate it"}});
}

/// One that is inherited has shape; the parent's statement renames it.
std::vector<std::string> rename(Definition const& from, Definition const& to) {
    return {fmt::format("{} TO {}", alter_constraint(from, "RENAME"),
                        sql::quote_identifier(to.id.part))};
}

}  // namespace

DefinitionKind const check_kind{.title = "check constraint",
                                .caption = "CheckConstraint",
                                .id_kind = ObjectKind::constraint,
                                .query = sql_text::object_definition_check,
                                .create_rank = 95,
                                .drop_rank = 35,
                                .is_member = true,
                                .is_handed_down = true,
                                .is_rebuilt = true,
                                .create = create,
                                .drop = drop,
                                .alter = alter,
                                .rename = rename,
                                .hazards = hazards};

}  // namespace cm::object
