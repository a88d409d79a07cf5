// Foreign-data wrappers: manual, CREATE FOREIGN DATA WRAPPER, ALTER FOREIGN DATA WRAPPER.
#include <fmt/format.h>

#include "object/definition/foreign_data_wrapper.sql.hpp"
#include "object/definition/foreign_options.hpp"
#include "object/definition/kinds.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

Statements create(Definition const& object) {
    auto text = fmt::format("CREATE FOREIGN DATA WRAPPER {}", object.address);
    for (auto const& it : object.facts) {
        if (!is_foreign_option(it)) text += fmt::format(" {} {}", it.first, it.second);
    }
    return {text + foreign_options(object)};
}

Statements drop(Definition const& object) {
    return {fmt::format("DROP FOREIGN DATA WRAPPER {}", object.address)};
}

std::optional<Statements> alter(Definition const& from, Definition const& to) {
    auto text = fmt::format("ALTER FOREIGN DATA WRAPPER {}", to.address);
    for (auto const* const what : {"HANDLER", "VALIDATOR"}) {
        auto const now = fact(to, what);
        if (now == fact(from, what)) continue;
        text += now.empty() ? fmt::format(" NO {}", what) : fmt::format(" {} {}", what, now);
    }
    return Statements{text + changed_foreign_options(from, to)};
}

}  // namespace

DefinitionKind const foreign_data_wrapper_kind{
    .title = "foreign-data wrapper",
    .caption = "ForeignDataWrapper",
    .id_kind = ObjectKind::foreign_data_wrapper,
    .place = "foreign_servers.sql",
    .query = sql_text::object_definition_foreign_data_wrapper,
    .create_rank = 27,
    .drop_rank = 78,
    .is_named_by_others = true,
    .create = create,
    .drop = drop,
    .alter = alter,
    .rename = rename_object};

}  // namespace cm::object
