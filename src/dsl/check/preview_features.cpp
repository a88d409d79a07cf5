// `previewFeatures`: which there are, and what needs one of them.
#include "dsl/preview_features.hpp"

#include <span>

#include "base/text.hpp"
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

namespace {

constexpr std::string_view current[] = {"fullTextSearchPostgres",
                                        "insensitiveFilters",
                                        "metrics",
                                        "nativeDistinct",
                                        "partialIndexes",
                                        "postgresqlExtensions",
                                        "reactNative",
                                        "relationJoins",
                                        "schemaEngineDriverAdapters",
                                        "shardKeys",
                                        "strictUndefinedChecks",
                                        "typedSql",
                                        "views"};
// What once was a preview feature of Prisma, and has become part of it or been given up.
constexpr std::string_view former[] = {"aggregateApi",
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
                                       "groupBy",
                                       "improvedQueryRaw",
                                       "interactiveTransactions",
                                       "jsonProtocol",
                                       "microsoftSqlServer",
                                       "middlewares",
                                       "mongoDb",
                                       "mongodb",
                                       "multiSchema",
                                       "nApi",
                                       "namedConstraints",
                                       "nativeTypes",
                                       "omitApi",
                                       "orderByAggregateGroup",
                                       "orderByNulls",
                                       "orderByRelation",
                                       "prismaSchemaFolder",
                                       "queryCompiler",
                                       "referentialActions",
                                       "referentialIntegrity",
                                       "selectRelationCount",
                                       "tracing",
                                       "transactionApi",
                                       "uncheckedScalarInputs"};
constexpr std::string_view renamed = "fullTextSearch";

/// The case of letters does not count.
bool is_called(PreviewFeature const& feature, std::string_view name) {
    return to_lower(feature.name) == to_lower(name);
}

void need(DataModel const& model, std::string_view feature, Span span, std::string_view what,
          Diagnostics& diagnostics) {
    if (has_preview_feature(model, feature)) return;
    diagnostics.error("CM0275", span, "{} are a preview feature, which is not enabled", what)
        .help("add `previewFeatures = [\"{}\"]` to the generator", feature);
}

bool is_among(PreviewFeature const& feature, std::span<std::string_view const> names) {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view name) { return is_called(feature, name); });
}

void report_unknown(PreviewFeature const& feature, Diagnostics& diagnostics) {
    auto& diagnostic =
        diagnostics.error("CM0275", feature.span, "unknown preview feature `{}`", feature.name);
    auto const meant = did_you_mean(feature.name, {std::begin(current), std::end(current)});
    if (meant) {
        diagnostic.help("did you mean `{}`?", *meant);
    } else {
        diagnostic.help("remove it");
    }
}

}  // namespace

void known_preview_features(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& feature : model.preview_features) {
        if (is_among(feature, current)) continue;
        if (is_among(feature, former)) {
            diagnostics
                .warning("CM0278", feature.span, "`{}` is no longer a preview feature",
                         feature.name)
                .help("it does not need to be enabled: remove it");
        } else if (is_called(feature, renamed)) {
            diagnostics
                .warning("CM0278", feature.span, "`{}` has another name for PostgreSQL",
                         feature.name)
                .help("write `fullTextSearchPostgres`");
        } else {
            report_unknown(feature, diagnostics);
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
