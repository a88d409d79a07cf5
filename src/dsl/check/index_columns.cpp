// Types that PostgreSQL cannot compare, so that no index can hold them.
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

void index_columns(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& owner : model.models) {
        for (auto const& index : owner.indexes) {
            // Prisma lets a primary key pass; the server will say no.
            if (index.kind == IndexKind::primary_key) continue;
            for (auto const& indexed : index.fields) {
                auto const& field = owner.fields[indexed.field];
                if (!field.native_type || field.native_type->name != "Xml") continue;
                diagnostics
                    .error("CM0266", field.native_type->span,
                           "`{}` cannot be indexed: PostgreSQL cannot compare XML",
                           path(owner, indexed.field))
                    .label(indexed.span, "the index")
                    .help("give the field another type, or leave it out of the index");
            }
        }
    }
}

}  // namespace cm::dsl::check_rules
