// See renamed_definitions.hpp.
#include "schema/renamed_definitions.hpp"

#include <algorithm>

namespace cm::schema {
namespace {

using object::Definition;
using object::ObjectRef;

template <class T>
concept KnowsItsUses = requires(T const& object) {
    object.uses;
};

bool contains(object::References const& uses, ObjectRef const& id) {
    return std::any_of(uses.begin(), uses.end(), [&](ObjectRef const& it) {
        return it.kind == id.kind && it.name == id.name;
    });
}

template <class T>
bool are_used_alike(Objects<T> const& made, Objects<T> const& actual, ObjectRef const& before,
                    ObjectRef const& now) {
    if constexpr (KnowsItsUses<T>) {
        return std::all_of(made.begin(), made.end(), [&](auto const& entry) {
            auto const* const same = actual.find(entry.first);
            return same == nullptr ||
                   contains(entry.second.uses, before) == contains(same->uses, now);
        });
    }
    return true;
}

/// A rename leaves those who stand on it standing there.
bool are_used_alike(Schema const& made, Schema const& actual, ObjectRef const& before,
                    ObjectRef const& now) {
    auto is_alike = true;
    for_each_kind([&](auto member) {
        is_alike = is_alike && are_used_alike(made.*member, actual.*member, before, now);
    });
    return is_alike;
}

std::vector<Definition const*> definitions_without_match(Schema const& schema,
                                                         Schema const& other) {
    std::vector<Definition const*> found{};
    for (auto const& [id, definition] : schema.definitions) {
        if (definition.definition_kind->is_named_by_others &&
            other.definitions.find(id) == nullptr) {
            found.push_back(&definition);
        }
    }
    return found;
}

}  // namespace

std::vector<Alter<Definition>> renamed_definitions(Schema const& made, Schema const& actual) {
    auto const gone = definitions_without_match(made, actual);
    auto const come = definitions_without_match(actual, made);
    std::vector<Alter<Definition>> pairs{};
    for (auto const* const before : gone) {
        for (auto const* const now : come) {
            if (has_other_name(*before, *now) &&
                are_used_alike(made, actual, before->id, now->id)) {
                pairs.push_back({*before, *now});
            }
        }
    }
    auto const is_one_of_several = [&](Alter<Definition> const& pair) {
        return std::count_if(pairs.begin(), pairs.end(), [&](Alter<Definition> const& other) {
                   return other.from.id == pair.from.id || other.to.id == pair.to.id;
               }) > 1;
    };
    std::vector<Alter<Definition>> clear{};
    std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(clear),
                 [&](auto const& pair) { return !is_one_of_several(pair); });
    return clear;
}

}  // namespace cm::schema
