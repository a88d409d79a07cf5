// Enum types: identity, change, and both roads in.
#include "object/enum/enum.hpp"

#include <algorithm>
#include <iterator>

#include "base/contains.hpp"
#include "object/enum/enum.sql.hpp"

namespace cm::object {
namespace {

using Values = std::vector<std::string>;

Values::const_iterator find(Values const& values, std::string const& value) {
    return std::find(values.begin(), values.end(), value);
}

Values without(Values const& values, Values const& taken) {
    Values rest{};
    std::copy_if(values.begin(), values.end(), std::back_inserter(rest),
                 [&](std::string const& value) { return !contains(taken, value); });
    return rest;
}

/// Where the first of `wanted` that is among the values stands.
Values::const_iterator first_of(Values const& wanted, Values const& values) {
    auto const first = std::find_if(wanted.begin(), wanted.end(),
                                    [&](auto const& value) { return contains(values, value); });
    return first == wanted.end() ? values.end() : find(values, *first);
}

}  // namespace

std::string_view const Enum::catalog_query = sql_text::object_enum_enum;

bool operator==(Enum const& a, Enum const& b) {
    if (a.name != b.name) return false;
    if (a.has_known_order && b.has_known_order) return a.values == b.values;
    return std::is_permutation(a.values.begin(), a.values.end(), b.values.begin(), b.values.end());
}

sql::QualifiedName key(Enum const& object) {
    return object.name;
}

std::string display_name(Enum const& object) {
    return object.name.name;
}

ObjectRef self(Enum const& object) {
    return {ObjectKind::enum_, object.name};
}

References references(Enum const& object) {
    return {{ObjectKind::namespace_, {object.name.schema, {}}}};
}

std::optional<ObjectRef> owner(Enum const& /*object*/) {
    return {};
}

bool renamed(Enum const& /*from*/, Enum const& /*to*/) {
    return false;
}

ChangeStrategy strategy(Enum const& from, Enum const& to) {
    return from == to ? ChangeStrategy::none : ChangeStrategy::alter;
}

std::vector<std::string> added_values(Enum const& from, Enum const& to) {
    return without(to.values, from.values);
}

std::vector<std::string> removed_values(Enum const& from, Enum const& to) {
    return without(from.values, to.values);
}

bool is_reordered(Enum const& from, Enum const& to) {
    if (!from.has_known_order || !to.has_known_order) return false;
    return without(from.values, removed_values(from, to)) !=
           without(to.values, added_values(from, to));
}

std::vector<std::string> describe(Alter<Enum> const& step) {
    std::vector<std::string> lines{};
    for (auto const& value : added_values(step.from, step.to)) {
        lines.push_back("[+] Added variant `" + value + "`");
    }
    for (auto const& value : removed_values(step.from, step.to)) {
        lines.push_back("[-] Removed variant `" + value + "`");
    }
    if (is_reordered(step.from, step.to)) lines.emplace_back("[*] Changed the order of variants");
    return lines;
}

void read(sql::Row const& row, Enum& object) {
    object.name = {row.text("schema"), row.text("name")};
    object.values = row.text_array("values");
    object.has_known_order = true;
    object.oid = row.integer("oid");
}

void take_unsaid(Enum& declared, Enum const& actual) {
    if (declared.has_known_order || !actual.has_known_order) return;
    auto values = without(actual.values, removed_values(actual, declared));
    auto const& wanted = declared.values;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (contains(values, wanted[i])) continue;
        // The one before has its place by now.
        auto const place =
            i == 0 ? first_of(wanted, values) : std::next(find(values, wanted[i - 1]));
        values.insert(place, wanted[i]);
    }
    declared.values = std::move(values);
    declared.has_known_order = true;
}

void drop_details(Enum& object) {
    object.has_known_order = false;
}

void forget_unmade(Enum& made) {
    made.has_known_order = false;
}

Enum lower(dsl::Enum const& declaration, std::string_view default_schema) {
    Enum object{};
    object.name.schema = declaration.database_schema.empty() ? std::string{default_schema}
                                                             : declaration.database_schema;
    object.name.name = declaration.database_name;
    for (auto const& value : declaration.values) {
        object.values.push_back(value.database_name);
        if (value.former_names)
            object.former_values[value.database_name] = lower(*value.former_names);
    }
    if (declaration.former_names) object.former_names = lower(*declaration.former_names);
    object.origin.span = declaration.name_span;
    return object;
}

}  // namespace cm::object
