// See acting_names.hpp.
#include "schema/acting_names.hpp"

#include "base/stopover.hpp"

namespace cm::schema {

std::vector<OrderedRename> ordered_renames(Acting<sql::QualifiedName> const& acting) {
    auto const by_stopover = [](sql::QualifiedName const& name) {
        return sql::QualifiedName{name.schema, stopover(name.name)};
    };
    std::map<sql::QualifiedName, sql::QualifiedName> before{};
    std::vector<OrderedRename> renames{};
    for (auto const& [old, now] : in_order(acting, by_stopover)) {
        auto const first = before.contains(old) ? before.at(old) : old;
        before[now] = first;
        renames.push_back({first, old, now});
    }
    return renames;
}

std::vector<NameChange> ordered_changes(Acting<std::string> const& acting) {
    std::vector<NameChange> changes{};
    for (auto const& [old, now] :
         in_order(acting, [](std::string const& name) { return stopover(name); })) {
        changes.push_back({old, now});
    }
    return changes;
}

}  // namespace cm::schema
