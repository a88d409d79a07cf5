// When a constraint is checked: of unique constraints, primary keys and foreign keys.
#pragma once
#include <string>

namespace cm::object {

struct Deferrability {
    bool is_deferrable{};
    bool is_initially_deferred{};
    bool operator==(Deferrability const&) const = default;
};

/// ` DEFERRABLE INITIALLY DEFERRED`; nothing for a constraint that cannot be deferred.
inline std::string clause(Deferrability const& when) {
    if (!when.is_deferrable) return {};
    return when.is_initially_deferred ? " DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE";
}

}  // namespace cm::object
