// `previewFeatures`: which there are, and what needs one of them.
#include "base/text.hpp"
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

namespace {

// Those of any version of Prisma 5 to 7, also the ones that later became part of the language.
constexpr std::string_view known[] = {"aggregateApi",
                                      "atomicNumberOperations",
                                      "clientExtensions",
                                      "cockroachDb",
                                      "cockroachdb",
                                      "connectOrCreate",
                                      "createMany",
                                      "dataProxy",
                                      "deno",
                                      "distinct",
                                      "driverAdapters",
                                      "extendedIndexes",
                                      "extendedWhereUnique",
                                      "fieldReference",
                                      "filterJson",
                                      "filteredRelationCount",
                                      "fullTextIndex",
                                      "fullTextSearch",
                                      "fullTextSearchPostgres",
                                      "groupBy",
                                      "improvedQueryRaw",
                                      "insensitiveFilters",
                                      "interactiveTransactions",
                                      "jsonProtocol",
                                      "metrics",
                                      "microsoftSqlServer",
                                      "middlewares",
                                      "mongoDb",
                                      "mongodb",
                                      "multiSchema",
                                      "nApi",
                                      "namedConstraints",
                                      "nativeDistinct",
                                      "nativeTypes",
                                      "omitApi",
                                      "orderByAggregateGroup",
                                      "orderByNulls",
                                      "orderByRelation",
                                      "partialIndexes",
                                      "postgresqlExtensions",
                                      "prismaSchemaFolder",
                                      "queryCompiler",
                                      "reactNative",
                                      "referentialActions",
                                      "referentialIntegrity",
                                      "relationJoins",
                                      "schemaEngineDriverAdapters",
                                      "selectRelationCount",
                                      "shardKeys",
                                      "strictUndefinedChecks",
                                      "tracing",
                                      "transactionApi",
                                      "typedSql",
                                      "uncheckedScalarInputs",
                                      "views"};

bool is_on(DataModel const& model, std::string_view name) {
    return std::any_of(model.preview_features.begin(), model.preview_features.end(),
                       [&](PreviewFeature const& feature) { return feature.name == name; });
}

void need(DataModel const& model, std::string_view feature, Span span, std::string_view what,
          Diagnostics& diagnostics) {
    if (is_on(model, feature)) return;
    diagnostics.error("CM0275", span, "{} are a preview feature, which is not switched on", what)
        .help("add `previewFeatures = [\"{}\"]` to the generator", feature);
}

}  // namespace

void known_preview_features(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& feature : model.preview_features) {
        if (std::find(std::begin(known), std::end(known), feature.name) != std::end(known))
            continue;
        auto& diagnostic = diagnostics.error("CM0275", feature.span,
                                             "there is no preview feature `{}`", feature.name);
        if (auto const meant = did_you_mean(feature.name, {std::begin(known), std::end(known)})) {
            diagnostic.help("did you mean `{}`?", *meant);
        } else {
            diagnostic.help("remove it");
        }
    }
}

void preview_features(DataModel const& model, Diagnostics& diagnostics) {
    if (model.datasource && model.datasource->has_extensions) {
        need(model, "postgresqlExtensions", model.datasource->extensions_span, "`extensions`",
             diagnostics);
    }
    for (auto const& declared : model.models) {
        if (declared.is_view) need(model, "views", declared.name_span, "views", diagnostics);
        for (auto const& index : declared.indexes) {
            if (!index.predicate.empty())
                need(model, "partialIndexes", index.predicate_span, "partial indexes", diagnostics);
        }
    }
}

}  // namespace cm::dsl::check_rules
