// Many references, looked up by value.
#pragma once
#include <functional>
#include <string_view>
#include <unordered_set>

#include "object/object.hpp"

namespace cm::object {

struct ObjectRefHash {
    std::size_t operator()(ObjectRef const& reference) const {
        constexpr std::hash<std::string_view> text{};
        auto const kinds = static_cast<std::size_t>(reference.kind) * 16 +
                           static_cast<std::size_t>(reference.aspect);
        // The schema is nearly always the same.
        return (text(reference.name.name) * 31 + text(reference.part)) * 31 + kinds;
    }
};

/// In no order.
using ObjectRefs = std::unordered_set<ObjectRef, ObjectRefHash>;

}  // namespace cm::object
