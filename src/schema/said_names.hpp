// What is said beside new names (object::FormerNames), gathered to be judged together.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "schema/acting_names.hpp"

namespace cm::schema {

inline std::string shown_name(sql::QualifiedName const& name) {
    return name.name;
}

inline std::string shown_name(std::string const& name) {
    return name;
}

inline std::string shown_name(object::ObjectRef const& object) {
    return object.name.name;
}

/// What was copied with its comment must not move rows.
template <class Name, class OriginOf>
void refuse_copies(Acting<Name> const& acting, std::string_view kind, OriginOf origin_of) {
    std::map<Name, Name> first{};
    for (auto const& [name, old] : acting) {
        auto const [found, is_new] = first.emplace(old, name);
        if (is_new) continue;
        auto failure = error("CM0332", "two {}s would be renamed from `{}`: `{}` and `{}`", kind,
                             shown_name(old), shown_name(found->second), shown_name(name));
        Origin const origin = origin_of(name);
        if (origin.span) failure.primary = Label{*origin.span, {}};
        throw Failure(std::move(failure).help("remove `@renamed from {}` from the one that is new",
                                              shown_name(old)),
                      ExitCode::usage);
    }
}

/// A former name without a schema lies where the object is.
inline std::vector<sql::QualifiedName> completed_names(object::FormerNames const& former,
                                                       std::string const& schema) {
    auto names = former.names;
    for (auto& name : names) {
        if (name.schema.empty()) name.schema = schema;
    }
    return names;
}

/// What is said beside new names: of objects, of the parts of one.
template <class Name>
struct Said {
    Wishes<Name> wishes{};
    std::set<Name> asked{};

    void add(Name const& name, object::FormerNames const& former, std::vector<Name> names) {
        wishes[name] = std::move(names);
        if (former.is_asked) asked.insert(name);
    }
};

inline std::vector<std::string> plain_names(object::FormerNames const& former) {
    std::vector<std::string> all{};
    for (auto const& name : former.names) all.push_back(name.name);
    return all;
}

}  // namespace cm::schema
