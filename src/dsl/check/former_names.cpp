// A rename from a name that something else has still says nothing.
#include <algorithm>
#include <map>

#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {
namespace {

/// What is declared, by its name in the database; whether it says itself what it was called.
using DeclaredNames = std::map<std::string, bool>;

void warn_of_declared(std::string_view kind, Boxed<FormerNames> const& former,
                      std::string const& own, DeclaredNames const& declared,
                      Diagnostics& diagnostics) {
    if (!former) return;
    for (auto const& name : former->names) {
        auto const found = declared.find(name.name);
        if (name.name == own || found == declared.end() || found->second) continue;
        diagnostics
            .warning("CM0287", former->span,
                     "the {} `{}` is still declared: nothing is renamed from it", kind, name.name)
            .help("remove its declaration, or this comment");
    }
}

/// Nearly always nothing does.
bool says_any(auto const& parts) {
    return std::any_of(parts.begin(), parts.end(),
                       [](auto const& part) { return part.former_names.has_value(); });
}

void check_fields(Model const& model, Diagnostics& diagnostics) {
    if (!says_any(model.fields)) return;
    DeclaredNames columns{};
    for (auto const& field : model.fields) {
        if (!field.database_name.empty())
            columns.emplace(field.database_name, field.former_names.has_value());
    }
    for (auto const& field : model.fields)
        warn_of_declared("column", field.former_names, field.database_name, columns, diagnostics);
}

void check_values(Enum const& declared, Diagnostics& diagnostics) {
    if (!says_any(declared.values)) return;
    DeclaredNames values{};
    for (auto const& value : declared.values)
        values.emplace(value.database_name, value.former_names.has_value());
    for (auto const& value : declared.values)
        warn_of_declared("value", value.former_names, value.database_name, values, diagnostics);
}

}  // namespace

void former_names(DataModel const& model, Diagnostics& diagnostics) {
    DeclaredNames tables{}, enums{};
    for (auto const& each : model.models)
        tables.emplace(each.database_name, each.former_names.has_value());
    for (auto const& each : model.enums)
        enums.emplace(each.database_name, each.former_names.has_value());
    for (auto const& each : model.models) {
        warn_of_declared("table", each.former_names, each.database_name, tables, diagnostics);
        check_fields(each, diagnostics);
    }
    for (auto const& each : model.enums) {
        warn_of_declared("enum", each.former_names, each.database_name, enums, diagnostics);
        check_values(each, diagnostics);
    }
}

}  // namespace cm::dsl::check_rules
