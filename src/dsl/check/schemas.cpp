// `@@schema` and the datasource's `schemas` belong together.
#include "base/text.hpp"
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

namespace {

void check_schema(std::vector<std::string> const& schemas, std::string_view name,
                  std::string const& schema, bool has_schema, Span span, Diagnostics& diagnostics) {
    std::vector<std::string_view> const names(schemas.begin(), schemas.end());
    if (!has_schema) {
        if (names.empty()) return;
        diagnostics.error("CM0270", span, "`{}` does not say in which schema it lies", name)
            .help("add `@@schema(\"…\")` with one of {}", quoted_list(names, "or"));
        return;
    }
    if (std::find(names.begin(), names.end(), schema) != names.end()) return;
    auto& diagnostic = diagnostics.error(
        "CM0270", span, "the schema `{}` of `{}` is not one of the datasource's", schema, name);
    auto const meant = did_you_mean(schema, names);
    if (meant) {
        diagnostic.help("did you mean `{}`?", *meant);
    } else {
        diagnostic.help("add it to `schemas` in the datasource");
    }
}

}  // namespace

void schemas(DataModel const& model, Diagnostics& diagnostics) {
    static std::vector<std::string> const none{};
    auto const& schemas = model.datasource ? model.datasource->schemas : none;
    for (auto const& owner : model.models) {
        if (!owner.is_incomplete)
            check_schema(schemas, owner.name, owner.database_schema, owner.has_schema,
                         owner.schema_span, diagnostics);
    }
    for (auto const& declared : model.enums) {
        if (!declared.is_incomplete) {
            check_schema(schemas, declared.name, declared.database_schema, declared.has_schema,
                         declared.schema_span, diagnostics);
        }
    }
}

}  // namespace cm::dsl::check_rules
