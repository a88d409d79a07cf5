// `@@schema` and the datasource's `schemas` belong together.
#include "base/text.hpp"
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

namespace {

/// The datasource's schemas: in their order for what is said, and as a set, since a project may
/// have many models.
struct Listed {
    std::vector<std::string_view> names{};
    std::set<std::string_view> set{};
};

void check_schema(Listed const& listed, std::string_view name, std::string const& schema,
                  bool has_schema, Span span, Diagnostics& diagnostics) {
    if (!has_schema) {
        if (listed.names.empty()) return;
        diagnostics.error("CM0270", span, "`{}` does not specify its schema", name)
            .help("add `@@schema(\"…\")` with one of {}", quoted_list(listed.names, "or"));
        return;
    }
    if (listed.set.contains(schema)) return;
    auto& diagnostic = diagnostics.error(
        "CM0270", span, "the schema `{}` of `{}` is not one of the datasource's", schema, name);
    auto const meant = did_you_mean(schema, listed.names);
    if (meant) {
        diagnostic.help("did you mean `{}`?", *meant);
    } else {
        diagnostic.help("add it to `schemas` in the datasource");
    }
}

}  // namespace

void schemas(DataModel const& model, Diagnostics& diagnostics) {
    Listed listed{};
    if (model.datasource) {
        auto const& all = model.datasource->schemas;
        listed = {.names = {all.begin(), all.end()}, .set = {all.begin(), all.end()}};
    }
    for (auto const& owner : model.models) {
        if (!owner.is_incomplete)
            check_schema(listed, owner.name, owner.database_schema, owner.has_schema,
                         owner.schema_span, diagnostics);
    }
    for (auto const& declared : model.enums) {
        if (!declared.is_incomplete) {
            check_schema(listed, declared.name, declared.database_schema, declared.has_schema,
                         declared.schema_span, diagnostics);
        }
    }
}

}  // namespace cm::dsl::check_rules
