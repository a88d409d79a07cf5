// An enum type without values could never hold anything.
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

void enum_values(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& declared : model.enums) {
        if (!declared.values.empty() || declared.is_open) continue;
        diagnostics
            .error("CM0205", declared.name_span, "the enum `{}` has no values", declared.name)
            .help("add at least one, each on a line of its own");
    }
}

}  // namespace cm::dsl::check_rules
