// The schema language and a server as two roads to one value: what tests of the differ compare. In
// the header, because the harness itself knows neither.
#pragma once
#include <stdexcept>
#include <string>
#include <vector>

#include "base/diagnostic_printer.hpp"
#include "dsl/dsl.hpp"
#include "schema/diff.hpp"
#include "schema/from_database.hpp"
#include "schema/from_dsl.hpp"
#include "schema/plan.hpp"
#include "schema/scope.hpp"
#include "schema/summary.hpp"
#include "schema/to_sql.hpp"
#include "support/database.hpp"

namespace cm::test {

inline constexpr std::string_view plain_datasource = R"(datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}
)";

inline constexpr std::string_view default_schema = "public";

/// Models and enums as objects of a database; throws with the report if they are not valid.
inline schema::Schema declared(std::string_view models,
                               std::string_view datasource = plain_datasource,
                               dsl::Naming const& naming = {}) {
    SourceMap sources{};
    std::vector const files{sources.add("models", std::string(models)),
                            sources.add("datasource", std::string(datasource))};
    Diagnostics diagnostics{};
    auto const model = dsl::read(sources, files, naming, diagnostics);
    if (diagnostics.has_errors()) {
        throw std::runtime_error(render(diagnostics.all(), sources, Color::never));
    }
    return schema::from_dsl(model, default_schema);
}

/// What the steps are called, in their order.
inline std::vector<std::string> titles(schema::Steps const& steps) {
    std::vector<std::string> result{};
    for (auto const& step : steps) result.push_back(schema::title(step));
    return result;
}

inline schema::Script script(schema::Schema const& from, schema::Schema const& to) {
    return schema::to_sql(schema::plan(schema::diff(from, to)), std::string(default_schema));
}

/// The text of migration.sql.
inline std::string migration(schema::Schema const& from, schema::Schema const& to) {
    return schema::render(script(from, to));
}

inline schema::Schema read_back(Session& session,
                                std::vector<std::string> const& schemas = {"public"},
                                schema::Scope const& scope = {}) {
    session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL TimeZone TO 'UTC'");
    auto schema = schema::from_database(
        [&](std::string_view query) { return session.fetch(std::string(query)); }, schemas);
    session.execute("COMMIT");
    return schema::scoped(std::move(schema), scope);
}

}  // namespace cm::test
