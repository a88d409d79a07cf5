// A view has no key or index of its own in the database. Prisma 5 reads over them, later versions
// refuse them: a warning.
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

namespace {

void check_index(Index const& index, Diagnostics& diagnostics) {
    auto const has_arguments =
        std::any_of(index.fields.begin(), index.fields.end(),
                    [](IndexField const& indexed) { return indexed.has_arguments; });
    if (index.kind == IndexKind::unique && has_arguments) {
        diagnostics.error("CM0271", index.span, "a view has no index to sort")
            .help("list only the field names");
    }
    if (index.kind == IndexKind::primary_key) {
        diagnostics.warning("CM0271", index.span, "a view cannot have a primary key")
            .help("mark what identifies its rows with `@unique` or `@@unique`");
    } else if (index.kind == IndexKind::normal) {
        diagnostics.warning("CM0271", index.span, "a view cannot have an index")
            .help("remove it: no index is created");
    } else if (index.is_mapped) {
        diagnostics.warning("CM0271", index.span, "a view has no index to name with `map`")
            .help("remove `map`");
    }
}

}  // namespace

void views(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& view : model.models) {
        if (!view.is_view) continue;
        for (auto const& index : view.indexes) check_index(index, diagnostics);
    }
}

}  // namespace cm::dsl::check_rules
