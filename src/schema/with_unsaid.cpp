// See with_unsaid.hpp: a fold over the kinds that have details.
#include "schema/with_unsaid.hpp"

#include "schema/undeclared_indexes.hpp"

namespace cm::schema {
namespace {

template <class T>
concept HasDetails = requires(T& declared, T const& actual) {
    take_unsaid(declared, actual);
    drop_details(declared);
};

/// The object that the declared one is made of: of the same key, or one that is renamed.
template <class T>
T const* origin_of(T const& declared, Objects<T> const& declared_all, Objects<T> const& actual) {
    if (auto const* const same = actual.find(key(declared))) return same;
    for (auto const& [name, object] : actual) {
        if (declared_all.find(name) == nullptr && renamed(object, declared)) return &object;
    }
    return nullptr;
}

template <class T>
void take_all(Objects<T>& declared, Objects<T> const& actual) {
    if constexpr (HasDetails<T>) {
        for (auto const& [name, object] : declared) {
            auto const* const origin = origin_of(object, declared, actual);
            if (origin != nullptr) take_unsaid(*declared.find(name), *origin);
        }
    }
}

template <class T>
void drop_all(Objects<T>& objects) {
    if constexpr (HasDetails<T>) {
        std::vector<typename Objects<T>::Key> details{};
        for (auto const& [name, object] : objects) {
            drop_details(*objects.find(name));
            if constexpr (requires(T const& kind) { is_detail(kind); }) {
                if (is_detail(object)) details.push_back(name);
            }
        }
        for (auto const& name : details) objects.remove(name);
    }
}

}  // namespace

Schema with_unsaid(Schema declared, Schema const& actual) {
    for_each_kind([&](auto member) { take_all(declared.*member, actual.*member); });
    keep_undeclared_indexes(declared, actual);
    return declared;
}

Schema without_details(Schema schema) {
    for_each_kind([&](auto member) { drop_all(schema.*member); });
    return schema;
}

}  // namespace cm::schema
