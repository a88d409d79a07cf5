// Two fields cannot share a column.
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

void column_names(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& owner : model.models) {
        std::map<std::string_view, Span> seen{};
        for (auto const& field : owner.fields) {
            if (std::holds_alternative<ModelType>(field.type)) continue;
            auto const [first, is_new] = seen.emplace(field.database_name, field.name_span);
            if (is_new) continue;
            diagnostics
                .error("CM0261", field.name_span, "two fields of `{}` would be the column `{}`",
                       owner.name, field.database_name)
                .label(first->second, "the other one")
                .help("give one of them another column with `@map`");
        }
    }
}

}  // namespace cm::dsl::check_rules
