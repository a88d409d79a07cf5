// See remaining_dependents.hpp.
#include "engine/remaining_dependents.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/overloaded.hpp"
#include "engine/catalog_snapshot.hpp"
#include "engine/remaining_dependents.sql.hpp"
#include "schema/catalog_query.hpp"
#include "sql/token.hpp"

namespace cm::engine {
namespace {

using object::ObjectRef;

struct DroppedObject {
    ObjectRef id{};
    std::string title{}, name{};
    Origin origin{};
    bool is_recreated{};
    std::string attribute{};  ///< which alone goes
};

template <class T>
bool counts(T const& /*object*/, Dropped what) {
    return what == Dropped::everything || std::same_as<T, object::Definition>;
}

/// A fact of a type is one of its attributes, by the name that SQL has for it.
void add_attributes(object::Alter<object::Definition> const& step,
                    std::vector<DroppedObject>& out) {
    constexpr std::string_view prefix = "ATTRIBUTE ";
    for (auto const& [name, value] : step.from.facts) {
        if (!name.starts_with(prefix) || !fact(step.to, name).empty()) continue;
        auto const written = name.substr(prefix.size());
        out.push_back({self(step.from), std::string{title_of(step.from)}, display_name(step.from),
                       step.to.origin, false, sql::name_of(written, sql::next_token(written, 0))});
    }
}

std::vector<DroppedObject> dropped_objects(schema::Steps const& plan, Dropped what) {
    std::vector<DroppedObject> all{};
    std::set<ObjectRef> made{};
    for (auto const& step : plan) {
        match(
            step,
            [&]<class T>(object::Drop<T> const& s) {
                if (counts(s.object, what))
                    all.push_back({self(s.object), std::string{title_of(s.object)},
                                   display_name(s.object), s.object.origin});
            },
            [&](object::Alter<object::Definition> const& s) { add_attributes(s, all); },
            [&]<class T>(object::Create<T> const& s) { made.insert(self(s.object)); },
            [](auto const&) {});
    }
    for (auto& each : all) each.is_recreated = made.contains(each.id);
    return all;
}

/// What the plan takes care of.
std::set<ObjectRef> touched_objects(schema::Steps const& plan) {
    std::set<ObjectRef> all{};
    for (auto const& step : plan) {
        match(
            step, [&]<class T>(object::Drop<T> const& s) { all.insert(self(s.object)); },
            [&]<class T>(object::Alter<T> const& s) { all.insert(self(s.from)); },
            [&](schema::RebuildEnum const& s) {
                all.insert(self(s.from));
                for (auto const& column : s.columns)
                    all.insert({object::ObjectKind::table, column.table});
            },
            [](auto const&) {});
    }
    return all;
}

/// As objects.sql names it.
std::string row_of(ObjectRef const& reference, std::string const& rest = {}) {
    return fmt::format("({}, {}, {}, {}{})",
                       sql::quote_portable_literal(object::word_of(reference.kind)),
                       sql::quote_portable_literal(reference.name.schema),
                       sql::quote_portable_literal(reference.name.name),
                       sql::quote_portable_literal(reference.part), rest);
}

std::string query_about(std::vector<DroppedObject> const& dropped,
                        std::set<ObjectRef> const& touched) {
    auto text = schema::with_objects(sql_text::engine_remaining_dependents);
    std::vector<std::string> rows{};
    auto const fill_in = [&](std::string_view gap) {
        auto const list = fmt::format("{}", fmt::join(rows, ", "));
        text.replace(text.find(gap), gap.size(), list);
        rows.clear();
    };
    for (std::size_t i = 0; i < dropped.size(); ++i)
        rows.push_back(
            row_of(dropped[i].id,
                   fmt::format(", {}, {}", i, sql::quote_portable_literal(dropped[i].attribute))));
    fill_in("$dropped");
    for (auto const& each : touched) rows.push_back(row_of(each));
    fill_in("$touched");
    return text;
}

std::string in_words(std::vector<std::string> const& names) {
    if (names.size() == 1) return names.front();
    return fmt::format("{} and {}", fmt::join(names.begin(), names.end() - 1, ", "), names.back());
}

Finding forbidden(DroppedObject const& dropped, std::vector<std::string> const& names) {
    return {
        {.kind = object::HazardKind::may_fail,
         .code = "CM0312",
         .message = fmt::format(
             "the {}{} `{}` cannot be {}: {} {} on it",
             dropped.attribute.empty() ? std::string{}
                                       : fmt::format("attribute `{}` of the ", dropped.attribute),
             dropped.title, dropped.name, dropped.is_recreated ? "recreated" : "dropped",
             in_words(names), names.size() == 1 ? "depends" : "depend"),
         .help = "drop the dependent object before, and recreate it afterwards",
         .origin = dropped.origin,
         .probe = {}},
        {},
        true};
}

}  // namespace

std::vector<Finding> remaining_dependents(schema::Steps const& plan, pg::Connection& connection,
                                          Dropped what) {
    auto const dropped = dropped_objects(plan, what);
    if (dropped.empty()) return {};
    std::map<std::size_t, std::vector<std::string>> dependents{};
    auto const query = query_about(dropped, touched_objects(plan));
    sql::Rows rows{};
    read_snapshot(connection, [&](sql::QueryFunction const& fetch) { rows = fetch(query); });
    for (std::size_t i = 0; i < rows.size(); ++i) {
        dependents[static_cast<std::size_t>(rows[i].integer("place"))].push_back(
            fmt::format("the {} `{}`", rows[i].text("type"), rows[i].text("identity")));
    }
    std::vector<Finding> findings{};
    for (auto const& [place, names] : dependents)
        findings.push_back(forbidden(dropped[place], names));
    return findings;
}

}  // namespace cm::engine
