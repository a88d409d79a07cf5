// See dependents.hpp.
#include "engine/dependents.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/dependents.sql.hpp"

namespace cm::engine {
namespace {

/// What happens to a column or a key, or to a table or an enum as a whole.
struct Touch {
    bool is_dropped{};
    bool changes_kind{};  ///< the new type is of another class: expressions may not fit it
    Origin origin{};
    bool is_enum{};
    bool is_rewritten{};  ///< a table that stays, but whose rows are given another form
};

struct Place {
    std::string schema{};
    std::string name{};    ///< of the table or the enum
    std::string column{};  ///< empty: the whole
    std::string key{};     ///< the name of a primary key or unique index of the table
    auto operator<=>(Place const&) const = default;
};

using Touched = std::map<Place, Touch>;

/// The table with whole rows of it elsewhere cannot be given a column that has values at once.
bool fills_rows(object::Column const& column) {
    return column.default_value.has_value() || column.is_generated;
}

void touch_columns(object::Alter<object::Table> const& step, Touched& touched) {
    auto const& [schema, table] = step.from.name;
    auto const place = [&](std::string const& column) { return Place{schema, table, column, {}}; };
    for (auto const& change : step.changes()) {
        if (auto const* const add = std::get_if<object::Create<object::Column>>(&change)) {
            if (fills_rows(add->object)) {
                touched[place("")] = {.origin = add->object.origin, .is_rewritten = true};
            }
        } else if (auto const* const key = std::get_if<object::Drop<object::PrimaryKey>>(&change)) {
            touched[{schema, table, {}, key->object.name}] = {.is_dropped = true,
                                                              .origin = step.to.origin};
        } else if (auto const* const drop = std::get_if<object::Drop<object::Column>>(&change)) {
            touched[place(drop->object.name)] = {.is_dropped = true, .origin = step.to.origin};
        } else if (auto const* const replace = std::get_if<object::ReplaceColumn>(&change)) {
            touched[place(replace->from.name)] = {.is_dropped = true, .origin = replace->to.origin};
        } else if (auto const* const alter = std::get_if<object::Alter<object::Column>>(&change)) {
            auto const &from = alter->from.type, &to = alter->to.type;
            if (from == to) continue;
            auto const is_other = sql::type_class(from) != sql::type_class(to) ||
                                  sql::type_class(to) == sql::TypeClass::other;
            touched[place(alter->from.name)] = {.changes_kind = is_other,
                                                .origin = alter->to.origin};
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
            touched[{name.schema, name.name, {}, {}}] = {.is_dropped = true};
        } else if (auto const* const index = std::get_if<object::Drop<object::Index>>(&step)) {
            auto const& [schema, table] = index->object.table;
            if (index->object.is_unique) {
                touched[{schema, table, {}, index->object.name.name}] = {.is_dropped = true};
            }
        } else if (auto const* const drop_enum = std::get_if<object::Drop<object::Enum>>(&step)) {
            auto const& name = drop_enum->object.name;
            touched[{name.schema, name.name, {}, {}}] = {.is_dropped = true, .is_enum = true};
        } else if (auto const* const rebuild = std::get_if<schema::RebuildEnum>(&step)) {
            auto const& name = rebuild->from.name;
            touched[{name.schema, name.name, {}, {}}] = {
                .changes_kind = true, .origin = rebuild->to.origin, .is_enum = true};
            for (auto const& column : rebuild->columns) {
                if (column.is_inherited) continue;
                touched.try_emplace({column.table.schema, column.table.name, column.column, {}},
                                    Touch{.changes_kind = true, .origin = rebuild->to.origin});
            }
        }
    }
    return touched;
}

std::string query_for(Touched const& touched) {
    std::vector<std::string> rows{};
    for (auto const& [place, touch] : touched) {
        rows.push_back(fmt::format("({}, {}, {}, {})", sql::quote_portable_literal(place.schema),
                                   sql::quote_portable_literal(place.name),
                                   sql::quote_portable_literal(place.column),
                                   sql::quote_portable_literal(place.key)));
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

/// Foreign keys that go before what they stand on, as `schema.table.name`.
using DroppedKeys = std::set<std::string>;

DroppedKeys dropped_keys(schema::Steps const& plan) {
    DroppedKeys keys{};
    for (auto const& step : plan) {
        auto const* const drop = std::get_if<object::Drop<object::ForeignKey>>(&step);
        if (drop == nullptr) continue;
        auto const& [table, name] = drop->object.name;
        keys.insert(fmt::format("{}.{}.{}", table.schema, table.name, name));
    }
    return keys;
}

/// True if what happens to the place leaves this dependent alone.
bool is_indifferent(sql::Row const& row, Touch const& touch) {
    auto const holds_rows = row.boolean("on_rewrite");
    if (touch.is_rewritten) return !holds_rows;
    if (holds_rows) return touch.is_dropped && !row.text("column_name").empty();
    return row.text("kind") == "foreign key" && !touch.is_dropped;
}

/// True if the plan drops the dependent itself: a generated column, or a table that inherits.
bool goes_as_well(sql::Row const& row, Touched const& touched) {
    auto const is_dropped = [&](Place const& place) {
        auto const found = touched.find(place);
        return found != touched.end() && found->second.is_dropped;
    };
    auto const kind = row.text("kind");
    return (kind == "generated column" &&
            is_dropped({row.text("schema"), row.text("table_name"), row.text("name"), {}})) ||
           (kind == "inherited table" &&
            is_dropped({row.text("schema"), row.text("name"), {}, {}}));
}

/// Indexes that the plan drops before anything happens to their columns.
std::set<std::pair<std::string, std::string>> dropped_indexes(schema::Steps const& plan) {
    std::set<std::pair<std::string, std::string>> names{};
    for (auto const& step : plan) {
        if (auto const* const drop = std::get_if<object::Drop<object::Index>>(&step)) {
            names.emplace(drop->object.name.schema, drop->object.name.name);
        }
    }
    return names;
}

std::map<Place, Hanging> hanging_on(Touched const& touched, schema::Steps const& plan,
                                    DroppedKeys const& keys, pg::Connection& connection) {
    auto const dropped = dropped_indexes(plan);
    std::map<Place, Hanging> result{};
    auto const rows = connection.fetch(query_for(touched));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const row = rows[i];
        Place const place{row.text("schema"), row.text("table_name"), row.text("column_name"),
                          row.text("key_name")};
        auto const& touch = touched.at(place);
        if (is_indifferent(row, touch) || goes_as_well(row, touched)) continue;
        if (row.text("kind") == "foreign key" && keys.contains(row.text("name"))) continue;
        if (row.text("kind") == "index" && dropped.contains({row.text("schema"), row.text("name")}))
            continue;
        sort_in(row, touch, result[place]);
    }
    return result;
}

std::string words(Place const& place, Touch const& touch) {
    auto const& [schema, table, column, key] = place;
    if (!key.empty()) return fmt::format("the key `{}` of the table `{}`", key, table);
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
                                    touch.is_dropped     ? "be dropped"
                                    : touch.is_enum      ? "be made anew"
                                    : touch.is_rewritten ? "be given a column with values"
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
    for (auto const& [place, hanging] : hanging_on(touched, plan, dropped_keys(plan), connection)) {
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
