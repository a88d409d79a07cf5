// See dependents.hpp.
#include "engine/dependents.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/dependents.sql.hpp"
#include "schema/renames.hpp"

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
    auto const& name = step.from.name;
    auto const place = [&](std::string const& column) {
        return Place{name.schema, name.name, column, {}};
    };
    for (auto const& change : step.changes()) {
        if (auto const* const add = std::get_if<object::Create<object::Column>>(&change)) {
            if (fills_rows(add->object)) {
                touched[place("")] = {.origin = add->object.origin, .is_rewritten = true};
            }
        } else if (auto const* const key = std::get_if<object::Drop<object::PrimaryKey>>(&change)) {
            touched[{name.schema, name.name, {}, key->object.name}] = {.is_dropped = true,
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

/// The server is asked before the plan has renamed anything.
Touched under_names_of_today(schema::Steps const& plan, Touched const& touched) {
    Touched today{};
    for (auto const& [place, touch] : touched) {
        sql::QualifiedName const planned{place.schema, place.name};
        auto const name = schema::name_today(plan, planned);
        today.emplace(Place{name.schema, name.name,
                            schema::column_today(plan, planned, place.column), place.key},
                      touch);
    }
    return today;
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
    return under_names_of_today(plan, touched);
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
struct DependentObjects {
    std::vector<std::string> parents{}, blocking{}, going{}, rebuilt{};
};

void sort_in(sql::Row const& row, Touch const& touch, DependentObjects& dependents) {
    auto const kind = row.text("kind");
    auto const name = fmt::format("`{}`", row.text("name"));
    if (kind == "parent table") {
        dependents.parents.push_back(name);
        return;
    }
    if (kind == "heir") {
        // A new type is no loss: the column of the child gets it as well.
        if (touch.is_dropped)
            dependents.going.push_back(fmt::format("the same column of the table {}", name));
        return;
    }
    auto const blocks = row.boolean("blocks") || (row.boolean("tied") && !touch.is_dropped);
    auto& list = blocks             ? dependents.blocking
                 : touch.is_dropped ? dependents.going
                                    : dependents.rebuilt;
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

/// `public.v`: only that of another schema than the table's is written so.
std::string whole_name(sql::Row const& row) {
    auto name = row.text("name");
    return name.find('.') == std::string::npos ? row.text("schema") + "." + name : name;
}

/// True if the plan drops the dependent itself: a generated column, or a table that inherits.
bool dropped_by_plan(sql::Row const& row, Touched const& touched) {
    auto const is_dropped = [&](Place const& place) {
        auto const found = touched.find(place);
        return found != touched.end() && found->second.is_dropped;
    };
    auto const kind = row.text("kind");
    if (kind == "generated column")
        return is_dropped({row.text("schema"), row.text("table_name"), row.text("name"), {}});
    if (kind != "inherited table") return false;
    auto const name = whole_name(row);
    return std::any_of(touched.begin(), touched.end(), [&](auto const& it) {
        auto const& [place, touch] = it;
        return touch.is_dropped && place.column.empty() && place.key.empty() &&
               place.schema + "." + place.name == name;
    });
}

/// True of a generated column that becomes an ordinary one, which it is before its sources change.
bool becomes_ordinary(sql::Row const& row, schema::Steps const& plan) {
    if (row.text("kind") != "generated column") return false;
    sql::QualifiedName const table{row.text("schema"), row.text("table_name")};
    return std::any_of(plan.begin(), plan.end(), [&](schema::Step const& step) {
        auto const* const alter = std::get_if<object::Alter<object::Table>>(&step);
        if (alter == nullptr || alter->from.name != table) return false;
        auto const* const was = find_column(alter->from, row.text("name"));
        auto const* const now = find_column(alter->to, row.text("name"));
        return was != nullptr && now != nullptr && was->is_generated && !now->is_generated;
    });
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

/// Without what only quotes and sets apart, and without the arguments of a routine.
std::string comparable(std::string name, bool is_routine) {
    if (is_routine) name.resize(std::min(name.find('('), name.size()));
    std::erase_if(name, [](char c) { return c == '"' || c == ' '; });
    return name;
}

/// The words that queries have for the kind of a definition: its own, or those of
/// pg_identify_object.
bool is_called(object::Definition const& object, std::string const& kind) {
    switch (object.id.kind) {
        case object::ObjectKind::routine:
            return kind == "function" || kind == "procedure" || kind == "aggregate";
        case object::ObjectKind::constraint:
            return kind == title_of(object) || kind == "table constraint";
        case object::ObjectKind::enum_:
            return kind == title_of(object) || kind == "type" || kind == "domain constraint";
        default:
            return kind == title_of(object);
    }
}

/// `f`, `other.f`, `t_check on public.t`: columns and keys have dependents of their own schema by
/// their names alone, enums by whole ones. `schema`: of the table.
bool is_named(object::Definition const& object, std::string const& name,
              std::string const& schema) {
    auto const is_routine = object.id.kind == object::ObjectKind::routine;
    auto address = object.address;
    for (std::string_view const word : {"FUNCTION ", "PROCEDURE "}) {
        if (is_routine && address.starts_with(word)) address.erase(0, word.size());
    }
    if (object.definition_kind->is_member) address = object.id.part + " on " + address;
    auto const given = comparable(name, is_routine);
    return given == comparable(address, is_routine) ||
           (given == comparable(display_name(object), is_routine) &&
            (object.definition_kind->is_member || object.id.name.schema.empty() ||
             object.id.name.schema == schema)) ||
           (object.id.kind == object::ObjectKind::enum_ &&
            name.ends_with(" on " + object.address));  // the constraint of a domain
}

/// True if the plan drops this dependent, a definition, and makes it again around the change.
bool is_remade(sql::Row const& row, schema::Steps const& plan) {
    auto const kind = row.text("kind");
    auto const name = row.text("name");
    return std::any_of(plan.begin(), plan.end(), [&](schema::Step const& step) {
        auto const* const drop = std::get_if<object::Drop<object::Definition>>(&step);
        if (drop == nullptr) return false;
        auto const& object = drop->object;
        if (kind == fmt::format("{} column", title_of(object)))
            return name.starts_with(object.address + ".") ||
                   (row.text("schema") + "." + name).starts_with(object.address + ".");
        return is_called(object, kind) && is_named(object, name, row.text("schema"));
    });
}

std::map<Place, DependentObjects> dependents_of(Touched const& touched, schema::Steps const& plan,
                                                DroppedKeys const& keys,
                                                pg::Connection& connection) {
    auto const dropped = dropped_indexes(plan);
    std::map<Place, DependentObjects> result{};
    auto const rows = connection.fetch(query_for(touched));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const row = rows[i];
        Place const place{row.text("schema"), row.text("table_name"), row.text("column_name"),
                          row.text("key_name")};
        auto const& touch = touched.at(place);
        if (is_indifferent(row, touch) || dropped_by_plan(row, touched)) continue;
        if (is_remade(row, plan) || becomes_ordinary(row, plan)) continue;
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

std::string_view depend(std::vector<std::string> const& names) {
    return names.size() == 1 ? "depends" : "depend";
}

Finding blocked(Place const& place, Touch const& touch, std::vector<std::string> const& names) {
    return {{.kind = object::HazardKind::may_fail,
             .code = "CM0312",
             .message = fmt::format("{} cannot {}: {} {} on it", words(place, touch),
                                    touch.is_dropped     ? "be dropped"
                                    : touch.is_enum      ? "be recreated"
                                    : touch.is_rewritten ? "get a new column with values"
                                                         : "change its type",
                                    listed(names), depend(names)),
             .help = "drop the dependent object in a migration before this one, and recreate it "
                     "after this one",
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
                 "make the same change in {}, whose statement changes both tables; if there is no "
                 "model for it, write the statement in a migration manually",
                 listed(parents)),
             .origin = touch.origin,
             .probe = {}},
            {},
            true};
}

Finding going(Place const& place, Touch const& touch, std::vector<std::string> const& names) {
    return {{.kind = object::HazardKind::data_loss,
             .code = "CM0682",
             .message =
                 fmt::format("dropping {} also drops {}, which the schema language cannot express",
                             words(place, touch), listed(names)),
             .help = {},
             .origin = touch.origin,
             .probe = {}},
            {},
            false};
}

Finding rebuilt(Place const& place, Touch const& touch, std::vector<std::string> const& names) {
    return {{.kind = object::HazardKind::may_fail,
             .code = "CM0613",
             .message = fmt::format("{} changes its type, and {} {} on it: this fails if the "
                                    "expression there is not valid for the new type",
                                    words(place, touch), listed(names), depend(names)),
             .help = "if it fails, drop the dependent object in the migration before the change, "
                     "and recreate it after the change",
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
    for (auto const& [place, dependents] :
         dependents_of(touched, plan, dropped_keys(plan), connection)) {
        auto const& touch = touched.at(place);
        if (!dependents.parents.empty())
            findings.push_back(inherited(place, touch, dependents.parents));
        if (!dependents.blocking.empty())
            findings.push_back(blocked(place, touch, dependents.blocking));
        if (!dependents.going.empty()) findings.push_back(going(place, touch, dependents.going));
        if (!dependents.rebuilt.empty() && touch.changes_kind)
            findings.push_back(rebuilt(place, touch, dependents.rebuilt));
    }
    return findings;
}

}  // namespace cm::engine
