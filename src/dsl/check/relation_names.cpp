// Tables, views and indexes share one namespace per database schema, the indexes of primary keys
// included: an index cannot have the name of a table.
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

namespace {

using Name = std::pair<std::string_view, std::string_view>;
using Tables = std::map<Name, Span>;

Tables tables_of(DataModel const& model) {
    Tables tables{};
    for (auto const& declared : model.models) {
        tables.emplace(Name{declared.database_schema, declared.database_name}, declared.map_span);
    }
    for (auto const& relation : model.relations) {
        auto const* const join = std::get_if<JoinTableRelation>(&relation);
        if (join == nullptr) continue;
        tables.emplace(Name{model.models[join->a.model].database_schema, join->table_name},
                       join->span);
    }
    return tables;
}

}  // namespace

void relation_names(DataModel const& model, Diagnostics& diagnostics) {
    auto const tables = tables_of(model);
    for (auto const& declared : model.models) {
        if (declared.is_view) continue;
        for (auto const& index : declared.indexes) {
            auto const found = tables.find({declared.database_schema, index.database_name});
            if (found == tables.end()) continue;
            diagnostics
                .error("CM0285", index.name_span,
                       "an index cannot be named `{}`, which is the name of a table",
                       index.database_name)
                .label(found->second, "the table")
                .help(
                    "give it another name with `map: \"…\"`: tables and indexes share one "
                    "namespace in PostgreSQL");
        }
    }
}

}  // namespace cm::dsl::check_rules
