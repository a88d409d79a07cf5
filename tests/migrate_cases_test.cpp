// tests/cases/migrate/<kind>/*.txtar: models and enums `from` and `to`, and the `migration.sql`
// between them. Optional: `options` (see naming_options.hpp), `datasource` (instead of the plain
// one; or `datasource of from` and `datasource of to`), `rows.sql`, run on a database that looks
// like `from` before it is migrated, and `except`: the word pg_dump, where two databases are the
// same to cm-migrate that are not so to pg_dump, and `needs`: the oldest version of PostgreSQL that
// can do it, if that is not 12. `not-null-names`: why the names of NOT NULL constraints do not
// count.
//
// What an author need not write down is checked for every case:
//   without a server: nothing leads from `to` to `to`;
//   with one: `from` and then migration.sql read back as `to`; planning again finds nothing to do;
//   and neither the catalog nor pg_dump (which knows no server newer than itself) can tell the
//   result from `to` made from nothing, the order of columns aside; pulled back, it is `to`, and
//   over the text of `to` nothing changes. Meanwhile others use the database, and build on the
//   tables of the case (support/near_neighbours.hpp): what is theirs stays as it was.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <sstream>

#include "support/case_file.hpp"
#include "support/dump.hpp"
#include "support/golden.hpp"
#include "support/naming_options.hpp"
#include "support/near_neighbours.hpp"
#include "support/pulled.hpp"
#include "support/round_trip.hpp"

namespace cm::test {

namespace {

std::string datasource_of(CaseFile const& file, std::string const& section) {
    auto const own = "datasource of " + section;
    return file.has(own)            ? file.text(own)
           : file.has("datasource") ? file.text("datasource")
                                    : std::string(plain_datasource);
}

/// One side of a case as objects of a database.
schema::Schema read_side(CaseFile const& file, std::string const& section) {
    return declared(file.text(section), datasource_of(file, section), read_naming(file));
}

/// A namespace may hold what cm-migrate does not see, and so may use an extension: they stay where
/// `to` has none of them.
schema::Schema with_what_stays_of(schema::Schema const& from, schema::Schema to) {
    for (auto const& [key, space] : from.namespaces) to.namespaces.add(space);
    for (auto const& [key, extension] : from.extensions) to.extensions.add(extension);
    return to;
}

/// As a schema file would ask for them.
std::vector<dsl::PostgresExtension> listed_extensions(schema::Schema const& schema) {
    std::vector<dsl::PostgresExtension> extensions{};
    for (auto const& [name, extension] : schema.extensions)
        extensions.push_back({name, extension.schema, extension.version, {}});
    return extensions;
}

/// A case with both sides read.
struct Sides {
    explicit Sides(std::string const& name)
        : path(case_path("migrate", name)),
          file(read_case(path)),
          from(read_side(file, "from")),
          to(read_side(file, "to")) {}

    std::filesystem::path path;
    CaseFile file;
    schema::Schema from;
    schema::Schema to;
    schema::Schema expected = with_what_stays_of(from, to);
    schema::Scope scope{.extensions = listed_extensions(expected), .partial_indexes = true};
};

std::vector<std::string> schema_names(Sides const& sides) {
    std::set<std::string> names{};
    for (auto const* side : {&sides.from, &sides.to}) {
        for (auto const& [key, space] : side->namespaces) names.insert(space.name);
    }
    return {names.begin(), names.end()};
}

/// A script from one file to another is for servers of any version: on PostgreSQL 18 the names of
/// NOT NULL constraints stay when a column is renamed. A case says so in `not-null-names`.
std::string without_names_of_not_null(std::string const& text) {
    static std::regex const of_snapshot{R"(constraint [^\n]* on ([^\n]*) NOT NULL )"};
    static std::regex const of_dump{R"( CONSTRAINT ("[^"]*"|\w+) NOT NULL)"};
    auto const unnamed = std::regex_replace(text, of_snapshot, "constraint on $1 NOT NULL ");
    std::istringstream in(std::regex_replace(unnamed, of_dump, " NOT NULL"));
    std::multiset<std::string> lines{};
    for (std::string line{}; std::getline(in, line);) lines.insert(line);
    return fmt::format("{}", fmt::join(lines, "\n"));
}

class Migrate : public testing::TestWithParam<std::string> {};

TEST_P(Migrate, text) {
    Sides const sides(GetParam());
    EXPECT_TRUE(matches_section(sides.path, "migration.sql", migration(sides.from, sides.to)));
    EXPECT_EQ(migration(sides.to, sides.to), "") << "something leads from `to` to `to`";
    EXPECT_EQ(migration(sides.from, sides.from), "") << "something leads from `from` to `from`";
}

TEST_P(Migrate, server) {
    CM_NEEDS_SERVER();
    Sides const sides(GetParam());
    auto const nothing = schema::empty(default_schema);

    TestDatabase const migrated(server_url().value());
    Session session(migrated.url());
    if (sides.file.has("needs") && server_version(session) < std::stoi(sides.file.text("needs")))
        GTEST_SKIP() << "the server is older than " << sides.file.text("needs");
    complete(session);
    session.execute(migration(nothing, sides.from));
    session.execute(near_neighbours(sides.from, sides.to));
    if (sides.file.has("rows.sql")) session.execute(sides.file.text("rows.sql"));
    session.execute(sides.file.text("migration.sql"));

    auto const actual = read_back(session, schema_names(sides), sides.scope);
    auto const& expected = sides.expected;
    EXPECT_EQ(migration(actual, sides.to), "") << "planning again finds something to do";
    EXPECT_EQ(migration(expected, actual), "") << "planning the other way finds something to do";
    EXPECT_TRUE(actual == expected) << "read back from the database, it is not `to`:\n"
                                    << schema::summary(schema::diff(actual, expected));

    auto const datasource = datasource_of(sides.file, "to");
    expect_pulls_back(actual, sides.file.text("to"), datasource, read_naming(sides.file));
    expect_pulls_over(actual, sides.file.text("from"), datasource, read_naming(sides.file));

    if (sides.file.has("except") && sides.file.text("except") == "pg_dump\n") return;
    TestDatabase const direct(server_url().value());
    Session other(direct.url());
    complete(other);
    other.execute(migration(nothing, expected));
    other.execute(near_neighbours(sides.from, sides.to));
    auto const* const sides_of_text = "expected: `to` made from nothing; actual: `from` migrated\n";
    auto const shown = [&](std::string text) {
        return sides.file.has("not-null-names") ? without_names_of_not_null(text) : text;
    };
    EXPECT_TRUE(same_text(shown(snapshot(other)), shown(snapshot(session)))) << sides_of_text;
    if (auto const dump = dump_schema(direct.url())) {
        EXPECT_TRUE(same_text(shown(*dump), shown(dump_schema(migrated.url()).value())))
            << sides_of_text;
    }
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Migrate);
INSTANTIATE_TEST_SUITE_P(cases, Migrate, testing::ValuesIn(find_cases("migrate")), parameter_name);

}  // namespace

}  // namespace cm::test
