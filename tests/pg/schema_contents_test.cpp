// What is told of schemas without knowing kinds of objects. That all kinds go is shown by
// cli/reset/every_kind.
#include "pg/schema_contents.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/database.hpp"

namespace cm::pg {
namespace {

TEST(Batches, HoldAsMuchAsTheLocksAllow) {
    std::vector<DropStatement> const statements{{"a", 3}, {"b", 3}, {"c", 9}, {"d", 1}};
    EXPECT_EQ(in_batches(statements, 6), (std::vector<std::string>{"a;\nb;\n", "c;\n", "d;\n"}));
    EXPECT_EQ(in_batches(statements, 100), std::vector<std::string>{"a;\nb;\nc;\nd;\n"});
    EXPECT_TRUE(in_batches({}, 6).empty());
}

TEST(SchemaContents, AreNamedReadyToDrop) {
    CM_NEEDS_SERVER();
    test::TestDatabase const database(*test::server_url());
    Connection connection(parse_url(database.url()));
    connection.execute(
        "CREATE SCHEMA \"A b\"; CREATE SCHEMA other; SET search_path = \"A b\"; CREATE TABLE t "
        "(id serial, n int GENERATED ALWAYS AS IDENTITY); CREATE TABLE child () INHERITS (t); "
        "CREATE VIEW v AS SELECT * FROM t; CREATE TYPE r AS RANGE (SUBTYPE = float8); CREATE "
        "FUNCTION f(t) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE EXTENSION hstore");
    std::vector<std::string> drops{};
    for (auto const& object : schema_contents(connection, {"A b"})) {
        drops.push_back(drop_statement(object));
    }
    std::vector<std::string> const expected{
        R"(DROP VIEW IF EXISTS "A b".v CASCADE)",
        R"(DROP TABLE IF EXISTS "A b".child CASCADE)",
        R"(DROP TABLE IF EXISTS "A b".t CASCADE)",
        R"(DROP SEQUENCE IF EXISTS "A b".t_id_seq CASCADE)",
        R"(DROP ROUTINE IF EXISTS "A b".f("A b".t) CASCADE)",
        R"(DROP TYPE IF EXISTS "A b".r CASCADE)",
    };
    EXPECT_EQ(drops, expected);
}

/// PostgreSQL drops no key of a partition by itself, and in no order that could be relied on.
TEST(ForeignKeyDrops, LeavePartitionsToTheirTable) {
    CM_NEEDS_SERVER();
    test::TestDatabase const database(*test::server_url());
    Connection connection(parse_url(database.url()));
    connection.execute(
        "CREATE TABLE whole (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE part "
        "PARTITION OF whole DEFAULT; CREATE TABLE refers (id int CONSTRAINT to_whole REFERENCES "
        "whole) PARTITION BY RANGE (id); CREATE TABLE part_refers PARTITION OF refers DEFAULT");
    EXPECT_EQ(foreign_key_drops(connection, {"public"}),
              std::vector<std::string>{
                  "ALTER TABLE IF EXISTS public.refers DROP CONSTRAINT IF EXISTS to_whole"});
}

TEST(OutsideDependents, AreWhatWouldGoThoughItLiesElsewhere) {
    CM_NEEDS_SERVER();
    test::TestDatabase const database(*test::server_url());
    Connection connection(parse_url(database.url()));
    connection.execute(
        "CREATE SCHEMA app; CREATE SCHEMA other; CREATE TABLE app.t (id int PRIMARY KEY, parent "
        "int "
        "REFERENCES app.t); CREATE TYPE app.mood AS ENUM ('a'); CREATE VIEW app.v AS SELECT * FROM "
        "app.t; CREATE TABLE other.fk (t int REFERENCES app.t, m app.mood); CREATE VIEW other.v AS "
        "SELECT * FROM app.v; CREATE TABLE other.kid () INHERITS (app.t); CREATE CAST (text AS "
        "app.mood) WITH INOUT; CREATE TABLE other.free (id int); CREATE FUNCTION other.late() "
        "RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM app.t'");
    std::vector<OutsideObject> const expected{
        {"table", "other.kid", "other", ""},
        {"table column", "other.fk.m", "other", ""},
        {"table constraint", "fk_t_fkey on other.fk", "other", ""},
        {"view", "other.v", "other", ""},
        {"cast", "(pg_catalog.text AS app.mood)", "", ""},
    };
    auto const outside = [&](std::vector<std::string> const& schemas) {
        return outside_dependents(connection, {.schemas = schemas});
    };
    EXPECT_EQ(outside({"app"}), expected);
    EXPECT_TRUE(outside({"app", "other"}).size() == 1) << "the cast";
    EXPECT_TRUE(outside({"nowhere"}).empty());
    connection.execute("ALTER SCHEMA other RENAME TO \"Other\"; DROP TABLE \"Other\".kid");
    EXPECT_EQ(outside({"app"}).at(2), (OutsideObject{"view", "\"Other\".v", "Other", ""}));
}

}  // namespace
}  // namespace cm::pg
