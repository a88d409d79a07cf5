// Materialized views: manual, CREATE MATERIALIZED VIEW. One whose query changes is filled anew.
#include <fmt/format.h>

#include "object/definition/kinds.hpp"
#include "object/definition/materialized_view.sql.hpp"
#include "object/definition/parts.hpp"
#include "sql/query_outputs.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

/// Facts of the view itself begin with what ALTER sets, those of a column with its name, which is
/// followed by a blank.
constexpr std::string_view tablespace = "TABLESPACE";

bool is_option(std::string_view what) {
    return what.starts_with("(");
}

struct Setting {
    std::string column{};  ///< empty: of the view
    std::string what{};    ///< `STATISTICS`, or an option: `(fillfactor)`
};

Setting setting_of(std::string const& name) {
    auto const end = name.rfind(' ');
    if (end == std::string::npos) return {{}, name};
    return {name.substr(0, end), name.substr(end + 1)};
}

/// `RESET (fillfactor)`, `SET STATISTICS 100`, where no value means the usual one.
std::string change(Definition const& object, std::string const& name, std::string const& value) {
    auto const [column, what] = setting_of(name);
    auto text = fmt::format("ALTER MATERIALIZED VIEW {} ", object.address);
    if (!column.empty()) text += fmt::format("ALTER COLUMN {} ", column);
    if (!is_option(what)) return text + fmt::format("SET {} {}", what, value);
    if (value.empty()) return text + fmt::format("RESET {}", what);
    return text + fmt::format("SET ({} = {})", what.substr(1, what.size() - 2), value);
}

/// What it is without being set.
std::string usual(Definition const& object, std::string const& name) {
    auto const& shape = object.shape;
    for (std::size_t i = 0; i + 1 < shape.size(); i += 2) {
        if (shape[i] == name) return shape[i + 1];
    }
    auto const what = setting_of(name).what;
    return what == "STATISTICS" ? "-1" : what == "COMPRESSION" ? "DEFAULT" : "";
}

/// What is of the whole is said at once: the rows are then stored so.
Statements create(Definition const& object) {
    std::string options{}, place{};
    Statements out{""};
    for (auto const& [name, value] : object.facts) {
        if (name == tablespace) {
            place = fmt::format(" TABLESPACE {}", value);
        } else if (is_option(name)) {
            options += fmt::format("{}{} = {}", options.empty() ? "" : ", ",
                                   name.substr(1, name.size() - 2), value);
        } else {
            out.push_back(change(object, name, value));
        }
    }
    if (!options.empty()) options = fmt::format(" WITH ({})", options);
    auto const as = object.text.find(" AS\n");
    out.front() = fmt::format("CREATE MATERIALIZED VIEW {}{}{}{}{}", object.address,
                              object.text.substr(0, as), options, place, object.text.substr(as));
    return out;
}

std::optional<Statements> alter(Definition const& from, Definition const& to) {
    if (!has_same_text(from, to)) return {};
    Statements out{};
    for (auto const& before : from.facts) {
        if (fact(to, before.first).empty())
            out.push_back(change(to, before.first, usual(to, before.first)));
    }
    for (auto const& now : to.facts) {
        if (fact(from, now.first) != now.second) out.push_back(change(to, now.first, now.second));
    }
    return out;
}

Statements drop(Definition const& object) {
    return {fmt::format("DROP MATERIALIZED VIEW {}", object.address)};
}

/// The shape has `name STORAGE` of each.
std::vector<std::string> part_names(Definition const& object) {
    std::vector<std::string> names{};
    for (std::size_t i = 2; i < object.shape.size(); i += 2)
        names.push_back(leading_name(object.shape[i]).name);
    return names;
}

void rename_part(Definition& object, std::string const& from, std::string const& to) {
    for (std::size_t i = 2; i < object.shape.size(); i += 2)
        replace_name(object.shape[i], "", from, to);
    for (auto& fact : object.facts) {
        if (!setting_of(fact.first).column.empty()) replace_name(fact.first, "", from, to);
    }
    object.text = sql::with_output_names(object.text, part_names(object));
}

}  // namespace

DefinitionKind const materialized_view_kind{.title = "materialized view",
                                            .caption = "MaterializedView",
                                            .id_kind = ObjectKind::table,
                                            .place = "views",
                                            .query = sql_text::object_definition_materialized_view,
                                            .create_rank = 131,
                                            .drop_rank = 30,
                                            .is_named_by_others = true,
                                            .create = create,
                                            .drop = drop,
                                            .alter = alter,
                                            .rename = rename_object,
                                            .part_names = part_names,
                                            .rename_part = rename_part,
                                            .part_word = "COLUMN",
                                            .is_query = true};

}  // namespace cm::object
