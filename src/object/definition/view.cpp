// Views: manual, CREATE VIEW.
#include <fmt/ranges.h>

#include <algorithm>

#include "object/definition/kinds.hpp"
#include "object/definition/parts.hpp"
#include "object/definition/view.sql.hpp"
#include "sql/query_outputs.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

/// The defaults of its columns: facts of the name `default <column>`.
void set_defaults(Definition const& from, Definition const& to, Statements& out) {
    constexpr std::string_view prefix = "default ";
    auto const column = [&](Fact const& fact) { return fact.first.substr(prefix.size()); };
    for (auto const& it : from.facts) {
        if (fact(to, it.first).empty()) {
            out.push_back(
                fmt::format("ALTER VIEW {} ALTER COLUMN {} DROP DEFAULT", to.address, column(it)));
        }
    }
    for (auto const& it : to.facts) {
        if (fact(from, it.first) == it.second) continue;
        out.push_back(fmt::format("ALTER VIEW {} ALTER COLUMN {} SET DEFAULT {}", to.address,
                                  column(it), it.second));
    }
}

Statements create(Definition const& object) {
    Statements out{fmt::format("CREATE VIEW {}{}", object.address, object.text)};
    set_defaults({}, object, out);
    return out;
}

Statements drop(Definition const& object) {
    return {fmt::format("DROP VIEW {}", object.address)};
}

/// CREATE OR REPLACE VIEW may add columns at the end, no more. It replaces the options, too.
std::optional<Statements> alter(Definition const& from, Definition const& to) {
    if (from.shape.size() > to.shape.size() ||
        !std::equal(from.shape.begin(), from.shape.end(), to.shape.begin())) {
        return {};
    }
    Statements out{};
    if (!has_same_text(from, to)) {
        out.push_back(fmt::format("CREATE OR REPLACE VIEW {}{}", to.address, to.text));
    }
    set_defaults(from, to, out);
    return out;
}

std::vector<std::string> part_names(Definition const& object) {
    std::vector<std::string> names{};
    for (auto const& column : object.shape) names.push_back(leading_name(column).name);
    return names;
}

void rename_part(Definition& object, std::string const& from, std::string const& to) {
    for (auto& column : object.shape) replace_name(column, "", from, to);
    for (auto& fact : object.facts) replace_name(fact.first, "default ", from, to);
    object.text = sql::with_output_names(object.text, part_names(object));
}

/// Its columns, without values: `"a b" integer` of the shape becomes `NULL::integer AS "a b"`.
std::optional<Definition> loosened(Definition const& object) {
    std::vector<std::string> columns{};
    for (auto const& column : object.shape) {
        auto const [name, type] = leading_name(column);
        columns.push_back(fmt::format("NULL::{} AS {}", type.substr(1),
                                      column.substr(0, column.size() - type.size())));
    }
    auto rest = object;
    rest.text = fmt::format(" AS\n SELECT {}", fmt::join(columns, ",\n    "));
    rest.facts.clear();
    std::erase_if(rest.uses, [](ObjectRef const& it) {
        return it.kind != ObjectKind::enum_ && it.kind != ObjectKind::collation &&
               it.kind != ObjectKind::extension;
    });
    return rest;
}

}  // namespace

DefinitionKind const view_kind{.title = "view",
                               .caption = "View",
                               .id_kind = ObjectKind::table,
                               .place = "views",
                               .query = sql_text::object_definition_view,
                               .create_rank = 130,
                               .drop_rank = 30,
                               .is_named_by_others = true,
                               .create = create,
                               .drop = drop,
                               .alter = alter,
                               .rename = rename_object,
                               .part_names = part_names,
                               .rename_part = rename_part,
                               .part_word = "COLUMN",
                               .is_query = true,
                               .loosened = loosened};

}  // namespace cm::object
