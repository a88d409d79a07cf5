// What others manage, by the patterns of the configuration.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sql/name.hpp"

namespace cm::schema {

/// What others manage, by patterns as in a shell (`*`, `?`, `[…]`): one with a full stop is for
/// `schema.name`, one without for the name in any schema.
struct ExternalObjects {
    std::vector<std::string> tables{};
    std::vector<std::string> enums{};
    /// If there are any, a table that fits none of them is external, too; one with `!` before it
    /// takes away from the others.
    std::vector<std::string> managed_tables{};
    /// Of any kind, or with the kind in words before a colon: `function:public.st_*`. Of what has
    /// arguments, the name alone counts; of a part of a table its own name.
    std::vector<std::string> objects{};
    bool operator==(ExternalObjects const&) const = default;
};

bool is_external_table(sql::QualifiedName const& name, ExternalObjects const& external);
/// `kind` in words: "view".
bool is_external_object(std::string_view kind, sql::QualifiedName const& name,
                        ExternalObjects const& external);
/// A pattern that fits this name alone.
std::string exact_pattern(sql::QualifiedName const& name);

bool is_external(sql::QualifiedName const& name, std::vector<std::string> const& patterns);

}  // namespace cm::schema
