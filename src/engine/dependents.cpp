// See dependents.hpp.
#include "engine/dependents.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/dependents.sql.hpp"

namespace cm::engine {
namespace {

/// What happens to a column, or to a table or an enum as a whole where it has no name.
struct Touch {
    bool is_dropped{};
    bool changes_kind{};  ///< the new type is of another class: expressions may not fit it
    Origin origin{};
    bool is_enum{};
};

using Place = std::tuple<std::string, std::string, std::string>;  ///< schema, table or enum, column
using Touched = std::map<Place, Touch>;

void touch_columns(object::Alter<object::Table> const& step, Touched& touched) {
    auto const place = [&](std::string const& column) {
        return Place{step.from.name.schema, step.from.name.name, column};
    };
    for (auto const& change : step.changes()) {
        if (auto const* const drop = std::get_if<object::Drop<object::Column>>(&change)) {
            touched[place(drop->object.name)] = {true, false, step.to.origin};
        } else if (auto const* const replace = std::get_if<object::ReplaceColumn>(&change)) {
            touched[place(replace->from.name)] = {true, false, replace->to.origin};
        } else if (auto const* const alter = std::get_if<object::Alter<object::Column>>(&change)) {
            auto const &from = alter->from.type, &to = alter->to.type;
            if (from == to) continue;
            auto const is_other = sql::type_class(from) != sql::type_class(to) ||
                                  sql::type_class(to) == sql::TypeClass::other;
            touched[place(alter->from.name)] = {false, is_other, alter->to.origin};
        }
    }
}

Touched touched_by(schema::Steps const& plan) {
    Touched touched{};
    for (auto const& step : plan) {
        if (auto const* const alter = std::get_if<object::Alter<object::Table>>(&step)) {
            touch_columns(*alter, touched);
        } else if (auto const* const drop = std::get_if<object::Drop<object::Table>>(&step)) {
            auto const& name = drop->object.name;
            touched[{name.schema, name.name, ""}] = {true, false, {}};
        } else if (auto const* const drop_enum = std::get_if<object::Drop<object::Enum>>(&step)) {
            auto const& name = drop_enum->object.name;
            touched[{name.schema, name.name, ""}] = {true, false, {}, true};
        } else if (auto const* const rebuild = std::get_if<schema::RebuildEnum>(&step)) {
            auto const& name = rebuild->from.name;
            touched[{name.schema, name.name, ""}] = {false, true, rebuild->to.origin, true};
            for (auto const& column : rebuild->columns) {
                if (column.is_inherited) continue;
                touched.try_emplace({column.table.schema, column.table.name, column.column},
                                    Touch{false, true, rebuild->to.origin});
            }
        }
    }
    return touched;
}

std::string query_for(Touched const& touched) {
    std::vector<std::string> rows{};
    for (auto const& [place, touch] : touched) {
        auto const& [schema, table, column] = place;
        rows.push_back(fmt::format("({}, {}, {})", sql::quote_portable_literal(schema),
                                   sql::quote_portable_literal(table),
                                   sql::quote_portable_literal(column)));
    }
    std::string text{sql_text::engine_dependents};
    constexpr std::string_view gap = "VALUES $touched";
    return text.replace(text.find(gap), gap.size(),
                        fmt::format("VALUES {}", fmt::join(rows, ", ")));
}

/// What hangs on one place, by what happens to it.
struct Hanging {
    std::vector<std::string> parents{}, blocking{}, going{}, rebuilt{};
};

void sort_in(sql::Row const& row, Touch const& touch, Hanging& hanging) {
    auto const kind = row.text("kind");
    auto const name = fmt::format("`{}`", row.text("name"));
    if (kind == "parent table") {
        hanging.parents.push_back(name);
        return;
    }
    if (kind == "heir") {
        // A new type is no loss: the column of the child gets it as well.
        if (touch.is_dropped)
            hanging.going.push_back(fmt::format("the same column of the table {}", name));
        return;
    }
    auto const blocks = row.boolean("blocks") || (row.boolean("tied") && !touch.is_dropped);
    auto& list = blocks ? hanging.blocking : touch.is_dropped ? hanging.going : hanging.rebuilt;
    list.push_back(fmt::format("the {} {}", kind, name));
}

/// True if the plan drops the dependent itself: a generated column, or a table that inherits.
bool goes_as_well(sql::Row const& row, Touched const& touched) {
    auto const is_dropped = [&](Place const& place) {
        auto const found = touched.find(place);
        return found != touched.end() && found->second.is_dropped;
    };
    auto const kind = row.text("kind");
    return (kind == "generated column" &&
            is_dropped({row.text("schema"), row.text("table_name"), row.text("name")})) ||
           (kind == "inherited table" && is_dropped({row.text("schema"), row.text("name"), ""}));
}

std::map<Place, Hanging> hanging_on(Touched const& touched, pg::Connection& connection) {
    std::map<Place, Hanging> result{};
    auto const rows = connection.fetch(query_for(touched));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const row = rows[i];
        if (goes_as_well(row, touched)) continue;
        Place const place{row.text("schema"), row.text("table_name"), row.text("column_name")};
        sort_in(row, touched.at(place), result[place]);
    }
    return result;
}

std::string words(Place const& place, Touch const& touch) {
    auto const& [schema, table, column] = place;
    if (touch.is_enum) return fmt::format("the enum `{}`", table);
    return column.empty() ? fmt::format("the table `{}`", table)
                          : fmt::format("the column `{}` of the table `{}`", column, table);
}

std::string listed(std::vector<std::string> const& names) {
    if (names.size() == 1) return names.front();
    return fmt::format("{} and {}", fmt::join(names.begin(), names.end() - 1, ", "), names.back());
}

Finding blocked(Place const& place, Touch const& touch, std::vector<std::string> const& names) {
    return {{.kind = object::HazardKind::may_fail,
             .code = "CM0312",
             .message = fmt::format("{} cannot {}: PostgreSQL keeps it for {}", words(place, touch),
                                    touch.is_dropped ? "be dropped"
                                    : touch.is_enum  ? "be made anew"
                                                     : "change its type",
                                    listed(names)),
             .help = "drop what needs it in a migration before this one, and make it anew after it",
             .origin = touch.origin,
             .probe = {}},
            {},
            true};
}

Finding inherited(Place const& place, Touch const& touch, std::vector<std::string> const& parents) {
    return {{.kind = object::HazardKind::may_fail,
             .code = "CM0315",
             .message =
                 fmt::format("{} cannot {} by itself: it is inherited from {}", words(place, touch),
                             touch.is_dropped ? "be dropped" : "change its type", listed(parents)),
             .help = fmt::format(
                 "make the same change in {}, whose statement changes both tables; "
                 "where no model stands for it, write the statement in a migration by hand",
                 listed(parents)),
             .origin = touch.origin,
             .probe = {}},
            {},
            true};
}

Finding going(Place const& place, Touch const& touch, std::vector<std::string> const& names) {
    return {
        {.kind = object::HazardKind::data_loss,
         .code = "CM0313",
         .message = fmt::format("with {} {} {}, which the schema cannot say", words(place, touch),
                                names.size() == 1 ? "goes" : "go", listed(names)),
         .help = {},
         .origin = touch.origin,
         .probe = {}},
        {},
        false};
}

Finding rebuilt(Place const& place, Touch const& touch, std::vector<std::string> const& names) {
    return {{.kind = object::HazardKind::may_fail,
             .code = "CM0314",
             .message = fmt::format("{} changes its type under {}: this fails if the expression "
                                    "there does not fit the new type",
                                    words(place, touch), listed(names)),
             .help = "if it fails, drop what does not fit in the migration, before the change, and "
                     "make it anew after it",
             .origin = touch.origin,
             .probe = {}},
            {},
            false};
}

}  // namespace

std::vector<Finding> dependents(schema::Steps const& plan, pg::Connection& connection) {
    auto const touched = touched_by(plan);
    if (touched.empty()) return {};
    std::vector<Finding> findings{};
    for (auto const& [place, hanging] : hanging_on(touched, connection)) {
        auto const& touch = touched.at(place);
        if (!hanging.parents.empty()) findings.push_back(inherited(place, touch, hanging.parents));
        if (!hanging.blocking.empty()) findings.push_back(blocked(place, touch, hanging.blocking));
        if (!hanging.going.empty()) findings.push_back(going(place, touch, hanging.going));
        if (!hanging.rebuilt.empty() && touch.changes_kind)
            findings.push_back(rebuilt(place, touch, hanging.rebuilt));
    }
    return findings;
}

}  // namespace cm::engine
