// Enum types share a namespace with each other and with tables, whose rows are types too.
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

void enum_names(DataModel const& model, Diagnostics& diagnostics) {
    using Key = std::pair<std::string_view, std::string_view>;  // views into the model
    std::map<Key, Span> seen{};
    for (auto const& table : model.models) {
        seen.emplace(Key{table.database_schema, table.database_name}, table.name_span);
    }
    for (auto const& declared : model.enums) {
        auto const key = Key{declared.database_schema, declared.database_name};
        auto const [first, is_new] = seen.emplace(key, declared.name_span);
        if (is_new) continue;
        diagnostics
            .error("CM0265", declared.name_span,
                   "the type `{}` would be defined twice in the database", declared.database_name)
            .label(first->second, "the other one; a table creates a type of the same name")
            .help("give one of them another name with `@@map`");
    }
}

}  // namespace cm::dsl::check_rules
