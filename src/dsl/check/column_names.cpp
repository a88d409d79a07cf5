// Two fields cannot share a column.
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

void column_names(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& owner : model.models) {
        std::map<std::string_view, Field const*> seen{};
        for (auto const& field : owner.fields) {
            if (std::holds_alternative<ModelType>(field.type)) continue;
            auto const [first, is_new] = seen.emplace(field.database_name, &field);
            if (is_new) continue;
            // The field that has chosen its column is to blame, if one of them has.
            auto const& blamed = first->second->is_mapped ? *first->second : field;
            auto const& other = &blamed == &field ? *first->second : field;
            diagnostics
                .error("CM0261", blamed.name_span, "two fields of `{}` would be the column `{}`",
                       owner.name, field.database_name)
                .label(other.name_span, "the other one")
                .help("give one of them another column with `@map`");
        }
    }
}

}  // namespace cm::dsl::check_rules
