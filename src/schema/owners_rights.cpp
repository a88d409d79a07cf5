// See owners_rights.hpp.
#include "schema/owners_rights.hpp"

#include <algorithm>
#include <set>

#include "base/overloaded.hpp"
#include "object/definition/kinds.hpp"
#include "object/definition/privileges.hpp"

namespace cm::schema {

std::map<object::ObjectRef, std::string> named_owners(Schema const& schema) {
    std::map<object::ObjectRef, std::string> owners{};
    for (auto const& [id, ownership] : schema.definitions) {
        if (ownership.definition_kind != &object::ownership_kind || !ownership.owned_by) continue;
        auto const& role = owning_role(ownership);
        if (!role.empty()) owners.emplace(*ownership.owned_by, role);
    }
    return owners;
}

Steps leave_rights_of_owners(Schema const& from, Schema const& to, Steps steps) {
    auto const before = named_owners(from), after = named_owners(to);
    if (before.empty() && after.empty()) return steps;
    auto const reduce = [&](object::Definition& definition) {
        if (!is_privileges(definition) || !definition.owned_by) return false;
        std::set<std::string> owners{};
        for (auto const* const side : {&before, &after}) {
            auto const found = side->find(*definition.owned_by);
            if (found != side->end()) owners.insert(found->second);
        }
        definition = without_grantees(std::move(definition), owners);
        return true;
    };
    std::erase_if(steps, [&](Step& step) {
        return std::visit(overloaded{[&](Create<object::Definition>& s) {
                                         return reduce(s.object) && s.object.facts.empty();
                                     },
                                     [&](Drop<object::Definition>& s) {
                                         return reduce(s.object) && s.object.facts.empty();
                                     },
                                     [&](Alter<object::Definition>& s) {
                                         return reduce(s.from) && reduce(s.to) &&
                                                s.from.facts == s.to.facts;
                                     },
                                     [](auto&) { return false; }},
                          step);
    });
    return steps;
}

}  // namespace cm::schema
