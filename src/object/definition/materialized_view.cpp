// Materialized views: manual, CREATE MATERIALIZED VIEW. One whose query changes is filled anew.
#include <fmt/format.h>

#include "object/definition/kinds.hpp"
#include "object/definition/materialized_view.sql.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

/// `STATISTICS "a b"` → what ALTER says of the column.
std::string set(Definition const& object, Fact const& fact) {
    auto const& [name, value] = fact;
    auto const end = name.find(' ');
    auto const what = name.substr(0, end);
    auto const says =
        what == "options" ? fmt::format("({})", value) : fmt::format("{} {}", what, value);
    return fmt::format("ALTER MATERIALIZED VIEW {} ALTER COLUMN {} SET {}", object.address,
                       name.substr(end + 1), says);
}

Statements create(Definition const& object) {
    Statements out{fmt::format("CREATE MATERIALIZED VIEW {}{}", object.address, object.text)};
    for (auto const& fact : object.facts) out.push_back(set(object, fact));
    return out;
}

/// What a column no longer has is taken away; the usual storage has no word before PostgreSQL 16.
std::optional<Statements> alter(Definition const& from, Definition const& to) {
    if (!has_same_text(from, to)) return {};
    Statements out{};
    for (auto const& before : from.facts) {
        if (!fact(to, before.first).empty()) continue;
        if (before.first.starts_with("STATISTICS ")) {
            out.push_back(set(to, {before.first, "-1"}));
        } else if (before.first.starts_with("COMPRESSION ")) {
            out.push_back(set(to, {before.first, "DEFAULT"}));
        } else {
            return {};
        }
    }
    for (auto const& now : to.facts) {
        auto const before = fact(from, now.first);
        if (before == now.second) continue;
        if (now.first.starts_with("options ") && !before.empty()) return {};
        out.push_back(set(to, now));
    }
    return out;
}

Statements drop(Definition const& object) {
    return {fmt::format("DROP MATERIALIZED VIEW {}", object.address)};
}

}  // namespace

DefinitionKind const materialized_view_kind{.title = "materialized view",
                                            .caption = "MaterializedView",
                                            .id_kind = ObjectKind::table,
                                            .query = sql_text::object_definition_materialized_view,
                                            .create_rank = 131,
                                            .drop_rank = 30,
                                            .create = create,
                                            .drop = drop,
                                            .alter = alter};

}  // namespace cm::object
