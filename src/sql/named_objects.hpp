// The names that a statement gives, from PostgreSQL's parse tree: for advice that must name the
// right object, with its schema.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/name.hpp"

namespace cm::sql {

/// A function or procedure that is called.
struct NamedRoutine {
    QualifiedName name{};
    std::size_t arguments{};
    bool operator==(NamedRoutine const&) const = default;
};

/// A name without a schema has an empty one.
struct NamedObjects {
    std::vector<QualifiedName>
        relations{};  ///< in the statement's order, each as often as it is there
    std::vector<NamedRoutine> routines{};
    /// What the statement creates, or replaces; of an index its table.
    std::optional<QualifiedName> created{};
};

/// None if PostgreSQL's parser refuses the text. Bodies of functions and blocks are not looked
/// into.
std::optional<NamedObjects> named_objects(std::string_view statement);

}  // namespace cm::sql
