// The road back from a database to the schema language, for the laws. In the header, because the
// harness itself knows neither.
#pragma once
#include <gtest/gtest.h>

#include "dsl/format/format.hpp"
#include "dsl/preview_features.hpp"
#include "schema/pull/merge.hpp"
#include "schema/scope.hpp"
#include "support/golden.hpp"
#include "support/round_trip.hpp"

namespace cm::test {

inline std::string formatted(std::string_view text) {
    SourceMap sources{};
    return dsl::format(sources, sources.add("schema", std::string(text)));
}

/// What `pull` makes of the text `schema` and a database that is like `actual`.
inline std::string pulled(schema::Schema const& actual, std::string const& schema_text,
                          dsl::Naming const& naming) {
    SourceMap sources{};
    std::vector const files{sources.add("schema", schema_text)};
    Diagnostics diagnostics{};
    auto const document = dsl::parse(sources, files, diagnostics);
    auto const model = dsl::resolve(document, naming, diagnostics);
    schema::DraftOptions options{};
    options.default_schema = default_schema;
    options.naming = naming;
    options.writes_schemas = model.datasource && !model.datasource->schemas.empty();
    options.partial_indexes = dsl::has_preview_feature(model, "partialIndexes");
    auto const expected =
        schema::adapted(schema::from_dsl(model, default_schema), actual, options.partial_indexes);
    auto const draft = schema::draft(actual, {}, model, options);
    auto const merged =
        schema::merge(draft, actual, {sources, files, document, model, expected}, options, false);
    return formatted(merged.texts.front());
}

/// Namespaces and extensions are never dropped: what the schema does not speak of may be there.
inline schema::Schema with_what_stays_of(schema::Schema const& from, schema::Schema to) {
    for (auto const& [key, space] : from.namespaces) to.namespaces.add(space);
    for (auto const& [key, extension] : from.extensions) to.extensions.add(extension);
    return to;
}

/// The law: pulled over the text of another schema, a database gives one that means what it has.
inline void expect_pulls_over(schema::Schema const& actual, std::string const& old_models,
                              std::string const& datasource, dsl::Naming const& naming = {}) {
    auto const text = pulled(actual, datasource + "\n" + old_models, naming);
    EXPECT_EQ(text, formatted(text)) << "pulled, it is not formatted";
    auto const again = with_what_stays_of(actual, declared(text, "", naming));
    EXPECT_EQ(migration(actual, again), "") << "pulled over:\n" << old_models << "it is:\n" << text;
    EXPECT_EQ(migration(again, actual), "") << "pulled over:\n" << old_models << "it is:\n" << text;
}

/// The law: a database made from a schema, pulled over it, leaves the text as it is; pulled from
/// nothing, it gives a schema that means the same.
inline void expect_pulls_back(schema::Schema const& actual, std::string const& models,
                              std::string const& datasource, dsl::Naming const& naming = {}) {
    auto const written = datasource + "\n" + models;
    EXPECT_TRUE(same_text(formatted(written), pulled(actual, written, naming)))
        << "expected: the schema; actual: pulled over it\n";
    auto const anew = pulled(actual, datasource, naming);
    EXPECT_EQ(anew, formatted(anew)) << "pulled, it is not formatted";
    auto const again = with_what_stays_of(actual, declared(anew, "", naming));
    EXPECT_EQ(migration(actual, again), "") << "pulled, it is another schema:\n" << anew;
    EXPECT_EQ(migration(again, actual), "") << "pulled, it is another schema:\n" << anew;
}

}  // namespace cm::test
