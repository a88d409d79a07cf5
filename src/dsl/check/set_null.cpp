// `SetNull` on a column that cannot be null: the database refuses the change when it comes.
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

namespace {

void check_set_null(DataModel const& model, ForeignKeyRelation const& key,
                    Diagnostics& diagnostics) {
    auto const& from = model.models[key.from.model];
    auto const required = std::find_if(
        key.fields.begin(), key.fields.end(),
        [&](std::size_t field) { return from.fields[field].arity == Arity::required; });
    if (required == key.fields.end()) return;
    auto const warn = [&](std::string_view argument, Span span) {
        auto constexpr message = FMT_STRING("`{}: SetNull` will always fail: `{}` cannot be null");
        auto const is_error = model.datasource && model.datasource->relation_mode_prisma;
        auto& diagnostic =
            is_error
                ? diagnostics.error("CM0251", span, message, argument, path(from, *required))
                : diagnostics.warning("CM0251", span, message, argument, path(from, *required));
        diagnostic.label(from.fields[*required].type_span, "required")
            .help("make it optional, or choose another action");
    };
    if (key.on_delete == ReferentialAction::set_null) warn("onDelete", key.on_delete_span);
    if (key.on_update == ReferentialAction::set_null) warn("onUpdate", key.on_update_span);
}

}  // namespace

void set_null(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& relation : model.relations) {
        auto const* const key = std::get_if<ForeignKeyRelation>(&relation);
        if (key != nullptr) check_set_null(model, *key, diagnostics);
    }
}

}  // namespace cm::dsl::check_rules
