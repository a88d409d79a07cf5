// Models, views and join tables share one namespace per database schema.
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

namespace {

struct Named {
    std::string name{};
    Span span{};
    bool is_mapped{};
};

void add(std::map<std::pair<std::string, std::string>, Named>& seen, std::string const& schema,
         Named const& named, Diagnostics& diagnostics) {
    auto const [first, is_new] = seen.emplace(std::pair(schema, named.name), named);
    if (is_new) return;
    // Who has chosen the name is to blame.
    auto const& earlier = first->second;
    auto const earlier_is_blamed = earlier.is_mapped && !named.is_mapped;
    diagnostics
        .error("CM0260", earlier_is_blamed ? earlier.span : named.span,
               "two tables would be called `{}` in the database", named.name)
        .label(earlier_is_blamed ? named.span : earlier.span, "the other one")
        .help("give one of them another name with `@@map`, or name the relation");
}

}  // namespace

void table_names(DataModel const& model, Diagnostics& diagnostics) {
    std::map<std::pair<std::string, std::string>, Named> seen{};
    // Of a model and a view, the view is to blame.
    for (auto const is_view : {false, true})
        for (auto const& declared : model.models) {
            if (declared.is_view != is_view) continue;
            add(seen, declared.database_schema,
                {declared.database_name, declared.map_span, declared.is_mapped}, diagnostics);
        }
    for (auto const& relation : model.relations) {
        auto const* const join = std::get_if<JoinTableRelation>(&relation);
        if (join == nullptr) continue;
        auto const& owner = model.models[join->a.model];
        add(seen, owner.database_schema, {join->table_name, join->span, false}, diagnostics);
    }
}

}  // namespace cm::dsl::check_rules
