#include "sql/source_statement.hpp"

#include <gtest/gtest.h>

#include <array>

#include "sql/source_words.hpp"

namespace cm::sql {
namespace {

using enum SourceTreatment;
using Phase = SourcePhase;

struct Expected {
    std::string_view statement{};
    SourceTreatment treatment{};
    Phase phase{};
};

TEST(SourceStatements, haveAPhase) {
    constexpr std::array all{
        Expected{"CREATE SCHEMA app", managed, Phase::schema},
        Expected{"CREATE EXTENSION citext", managed, Phase::extension},
        Expected{"CREATE TYPE app.mood AS ENUM ('a')", managed, Phase::type},
        Expected{"ALTER TYPE pair ADD ATTRIBUTE c int", managed, Phase::type},
        Expected{"CREATE AGGREGATE s(int) (sfunc = int4pl, stype = int)", managed, Phase::routine},
        Expected{"CREATE COLLATION c FROM \"C\"", managed, Phase::type},
        Expected{"ALTER TABLE t ADD COLUMN c int", managed, Phase::table},
        Expected{"ALTER TABLE t ADD PRIMARY KEY (a)", managed, Phase::table},
        Expected{"ALTER TABLE t ADD PRIMARY KEY USING INDEX i", managed, Phase::constraint},
        Expected{"ALTER TABLE t ADD COLUMN c int, ADD FOREIGN KEY (a) REFERENCES u", managed,
                 Phase::constraint},
        Expected{"ALTER TABLE t ATTACH PARTITION p FOR VALUES IN (1)", managed, Phase::table},
        Expected{"ALTER INDEX i ATTACH PARTITION j", managed, Phase::constraint},
        Expected{"ALTER INDEX i SET (fillfactor = 50)", managed, Phase::index},
        Expected{"ALTER TABLE t DISABLE TRIGGER g", managed, Phase::trigger},
        Expected{"ALTER TABLE t REPLICA IDENTITY USING INDEX i", managed, Phase::constraint},
        Expected{"ALTER TABLE t RENAME TO u", managed, Phase::table},
        Expected{"ALTER FUNCTION f(int) SET SCHEMA app", managed, Phase::routine},
        Expected{"CREATE FOREIGN TABLE t (a int) SERVER s", loaded, Phase::view},
        Expected{"COMMENT ON TABLE t IS 'x'", managed, Phase::comment},
        Expected{"COMMENT ON EXTENSION citext IS 'x'", managed, Phase::comment},
        Expected{"COMMENT ON EXTENSION plpgsql IS 'x'", passed_over, Phase::table},
        Expected{"ALTER TABLE t OWNER TO somebody", passed_over, Phase::table},
        Expected{"ALTER TABLE t OWNER TO somebody, ADD COLUMN a int", managed, Phase::table},
        Expected{"SELECT pg_catalog.setval('s', 1, false)", passed_over, Phase::table},
        Expected{"SELECT setval('s', 1) FROM t", refused, Phase::table},
        Expected{"COMMIT", passed_over, Phase::table},
        Expected{"SAVEPOINT s", refused, Phase::table},
        Expected{"CREATE TABLE t AS SELECT 1", refused, Phase::table},
        Expected{"SELECT 1 INTO t", refused, Phase::table},
        Expected{"CREATE UNLOGGED TABLE t (a int)", managed, Phase::table},
        Expected{"CREATE TEMP TABLE t (a int)", refused, Phase::table},
        Expected{"CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p", refused, Phase::table},
        Expected{"CREATE TABLE p PARTITION OF t FOR VALUES IN (pg_read_file('x'))", refused,
                 Phase::table},
        Expected{"GRANT admin TO somebody", refused, Phase::table},
        // Newer than the linked parser, told by its words.
        Expected{"CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a) VIRTUAL)", managed,
                 Phase::table},
        Expected{"ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES u NOT ENFORCED",
                 managed, Phase::constraint},
    };
    for (auto const& one : all) {
        auto const found = source_statement(one.statement);
        EXPECT_EQ(found.treatment, one.treatment) << one.statement << ": " << found.reason;
        if (found.treatment == managed || found.treatment == loaded) {
            EXPECT_EQ(found.phase, one.phase) << one.statement;
        }
    }
}

TEST(SourceStatements, nameWhatTheyMake) {
    auto const table = source_statement("CREATE TABLE IF NOT EXISTS app.t (a int)");
    EXPECT_EQ(table.object, (QualifiedName{"app", "t"}));
    EXPECT_TRUE(table.creates && table.is_optional);
    auto const index = source_statement("CREATE INDEX CONCURRENTLY i ON app.t (a)");
    EXPECT_EQ(index.object, (QualifiedName{"app", "i"}));
    EXPECT_EQ(index.text, "CREATE INDEX  i ON app.t (a)");
    auto const altered = source_statement(
        "ALTER TABLE t ADD COLUMN a int, ADD CONSTRAINT c CHECK (a > 0), ENABLE ROW LEVEL "
        "SECURITY");
    EXPECT_EQ(altered.columns, (std::vector<std::string>{"a"}));
    EXPECT_EQ(altered.constraints, (std::vector<std::string>{"c"}));
    EXPECT_TRUE(altered.alters_whole);
    auto const newer = source_statement(
        "CREATE TABLE app.\"T t\" (a int, b int GENERATED ALWAYS AS "
        "(a) VIRTUAL)");
    EXPECT_EQ(newer.object, (QualifiedName{"app", "T t"}));
    EXPECT_TRUE(source_statement("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'")
                    .makes_routine);
    auto const view = source_statement("CREATE MATERIALIZED VIEW v AS SELECT 1");
    EXPECT_NE(view.text.find("WITH NO DATA"), std::string::npos);
}

TEST(SourceStatements, sayWhereTheSyntaxIsWrong) {
    EXPECT_EQ(source_statement("CREATE TABEL t (a int)").syntax_error, 7U);
    EXPECT_FALSE(source_statement("INSERT INTO t VALUES (1)").syntax_error);
}

TEST(NamesInAStatement, areThoseOfItsBodyToo) {
    auto const names = names_in("CREATE FUNCTION F() RETURNS int AS $$ SELECT a FROM \"B\" $$");
    for (auto const* const name : {"f", "a", "B"}) EXPECT_TRUE(names.contains(name)) << name;
}

}  // namespace
}  // namespace cm::sql
