// Enum types: identity, change, and both roads in.
#include "object/enum/enum.hpp"

#include <algorithm>
#include <iterator>

#include "object/enum/enum.sql.hpp"

namespace cm::object {
namespace {

std::vector<std::string> without(std::vector<std::string> const& values,
                                 std::vector<std::string> const& taken) {
    std::vector<std::string> rest{};
    std::copy_if(values.begin(), values.end(), std::back_inserter(rest),
                 [&](std::string const& value) {
                     return std::find(taken.begin(), taken.end(), value) == taken.end();
                 });
    return rest;
}

}  // namespace

std::string_view const Enum::catalogue_query = sql_text::object_enum_enum;

bool operator==(Enum const& a, Enum const& b) {
    return a.name == b.name &&
           std::is_permutation(a.values.begin(), a.values.end(), b.values.begin(), b.values.end());
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

Remedy remedy(Enum const& from, Enum const& to) {
    return from == to ? Remedy::none : Remedy::alter;
}

std::vector<std::string> added_values(Enum const& from, Enum const& to) {
    return without(to.values, from.values);
}

std::vector<std::string> removed_values(Enum const& from, Enum const& to) {
    return without(from.values, to.values);
}

std::vector<std::string> describe(Alter<Enum> const& step) {
    std::vector<std::string> lines{};
    for (auto const& value : added_values(step.from, step.to)) {
        lines.push_back("[+] Added variant `" + value + "`");
    }
    for (auto const& value : removed_values(step.from, step.to)) {
        lines.push_back("[-] Removed variant `" + value + "`");
    }
    return lines;
}

void read(sql::Row const& row, Enum& object) {
    object.name = {row.text("schema"), row.text("name")};
    object.values = row.text_array("values");
}

Enum lower(dsl::Enum const& declaration, std::string_view default_schema) {
    Enum object{};
    object.name.schema = declaration.database_schema.empty() ? std::string{default_schema}
                                                             : declaration.database_schema;
    object.name.name = declaration.database_name;
    for (auto const& value : declaration.values) {
        object.values.push_back(value.database_name);
    }
    object.origin.span = declaration.name_span;
    return object;
}

}  // namespace cm::object
