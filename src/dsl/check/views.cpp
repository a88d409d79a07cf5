// A view has no key or index of its own in the database.
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

void views(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& view : model.models) {
        if (!view.is_view) continue;
        for (auto const& index : view.indexes) {
            if (index.kind == IndexKind::unique && index.is_mapped) {
                diagnostics.error("CM0271", index.span, "a view has no index that `map` could name")
                    .help("remove `map`");
            }
            if (index.kind != IndexKind::primary_key) continue;
            diagnostics.error("CM0271", index.span, "a view cannot have a primary key")
                .help("mark what tells its rows apart with `@unique`");
        }
    }
}

}  // namespace cm::dsl::check_rules
