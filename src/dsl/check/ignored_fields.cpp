// `@ignore` where it says nothing, and where it is needed.
#include "dsl/check/rule.hpp"
#include "dsl/stage.hpp"

namespace cm::dsl::check_rules {

void ignored_fields(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& owner : model.models) {
        for (auto const& field : owner.fields) {
            auto const is_relation = std::holds_alternative<ModelType>(field.type);
            if (owner.is_ignored && field.is_ignored && !is_relation) {
                InStage const in_stage(Stage::reading, diagnostics);
                diagnostics
                    .error(
                        "CM0272", field.name_span,
                        "`{}` is ignored as a whole, so `@ignore` on its field `{}` is redundant",
                        owner.name, field.name)
                    .help("remove `@ignore` from the field");
            }
            if (field.is_ignored && std::holds_alternative<UnsupportedType>(field.type)) {
                InStage const in_stage(Stage::reading, diagnostics);
                diagnostics
                    .error("CM0272", field.name_span,
                           "clients cannot see `{}.{}` anyway: its type is `Unsupported`",
                           owner.name, field.name)
                    .help("remove `@ignore`");
            }
            auto const* const target = std::get_if<ModelType>(&field.type);
            if (target == nullptr || owner.is_ignored || field.is_ignored) continue;
            auto const& other = model.models[target->index];
            if (!other.is_ignored) continue;
            diagnostics
                .error("CM0256", field.name_span, "`{}` refers to `{}`, which is ignored",
                       field.name, other.name)
                .label(other.name_span, "ignored by `@@ignore`")
                .help("add `@ignore` to the field");
        }
    }
}

}  // namespace cm::dsl::check_rules
