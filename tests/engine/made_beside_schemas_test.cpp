// What migrations make that lies in no schema, told from their text.
#include "engine/made_beside_schemas.hpp"

#include <gtest/gtest.h>

namespace cm::engine {
namespace {

std::vector<MadeBesideSchemas> made_by(std::string script) {
    return made_beside_schemas({{.name = "1_a", .script = std::move(script)}});
}

TEST(MadeBesideSchemas, AreFoundByTheirStatements) {
    std::vector<MadeBesideSchemas> const expected{
        {BesideSchemas::schema, "audit", "1_a"},
        {BesideSchemas::extension, "uuid-ossp", "1_a"},
        {BesideSchemas::publication, "Pub \"x\"", "1_a"},
        {BesideSchemas::event_trigger, "e", "1_a"},
        {BesideSchemas::server, "s", "1_a"},
        {BesideSchemas::wrapper, "w", "1_a"},
    };
    EXPECT_EQ(made_by("create /* a */ schema Audit;\nCREATE EXTENSION \"uuid-ossp\" SCHEMA x;"
                      "CREATE PUBLICATION \"Pub \"\"x\"\"\" FOR ALL TABLES; CREATE EVENT TRIGGER e "
                      "ON sql_drop EXECUTE FUNCTION f(); CREATE SERVER s FOREIGN DATA WRAPPER w;"
                      "CREATE FOREIGN DATA WRAPPER w; CREATE SCHEMA audit"),
              expected);
}

TEST(MadeBesideSchemas, MayHaveTwoNames) {
    std::vector<MadeBesideSchemas> const expected{
        {BesideSchemas::language, "l", "1_a"},
        {BesideSchemas::access_method, "m", "1_a"},
        {BesideSchemas::cast, "varchar", "1_a", "app.\"Mood\""},
        {BesideSchemas::transform, "pair", "1_a", "l"},
        {BesideSchemas::user_mapping, "CURRENT_USER", "1_a", "s"},
    };
    EXPECT_EQ(made_by("CREATE TRUSTED PROCEDURAL LANGUAGE l HANDLER h; CREATE ACCESS METHOD m TYPE "
                      "TABLE HANDLER h; CREATE CAST (varchar AS app.\"Mood\") WITH INOUT; CREATE "
                      "TRANSFORM FOR pair LANGUAGE l (FROM SQL WITH FUNCTION f(internal)); CREATE "
                      "USER MAPPING FOR CURRENT_USER SERVER s"),
              expected);
    EXPECT_EQ(sql_name(expected[2]), "(varchar AS app.\"Mood\")");
    EXPECT_EQ(sql_name(expected[4]), "FOR CURRENT_USER SERVER \"s\"");
}

TEST(MadeBesideSchemas, AreLeftUnlessALaterStatementDropsThem) {
    auto const left = left_beside_schemas(
        {{.name = "1_a",
          .script = "CREATE EXTENSION a; CREATE EXTENSION b; CREATE CAST (text AS p) "
                    "WITH INOUT;"},
         {.name = "2_b", .script = "DROP EXTENSION IF EXISTS a; DROP CAST (text AS p);"}});
    EXPECT_EQ(left, (std::vector<MadeBesideSchemas>{{BesideSchemas::extension, "b", "1_a"}}));
}

TEST(MadeBesideSchemas, AreNotInTheWayIfTheyMayBeThere) {
    EXPECT_TRUE(made_by("CREATE SCHEMA IF NOT EXISTS a; CREATE EXTENSION IF NOT EXISTS b; CREATE "
                        "TABLE schema_x (); CREATE SCHEMA AUTHORIZATION c; -- CREATE SCHEMA d\n"
                        "SELECT 'CREATE SCHEMA e'; CREATE FOREIGN TABLE f (a int) SERVER g;")
                    .empty());
    EXPECT_TRUE(made_by(std::string("CREATE SCHEMA a\0", 16)).empty()) << "cannot be run";
    EXPECT_TRUE(made_by("CREATE SCHEMA").empty());
}

TEST(MadeInSchemas, AreFoundByTheirStatements) {
    std::string script =
        "CREATE TABLE audit.log (); create unlogged table \"A b\" . \"x\" (a int); "
        "CREATE TYPE audit.kind AS ENUM (); CREATE VIEW audit.v AS SELECT 1; "
        "CREATE TABLE bare (); CREATE TABLE IF NOT EXISTS audit.other (); CREATE "
        "OR REPLACE VIEW audit.w AS SELECT 1; CREATE TABLE; CREATE TABLE audit.; "
        "CREATE TYPE audit.kind AS (a int)";
    std::vector<MadeInSchema> const expected{{{"audit", "log"}, "1_a"},
                                             {{"A b", "x"}, "1_a"},
                                             {{"audit", "kind"}, "1_a"},
                                             {{"audit", "v"}, "1_a"}};
    EXPECT_EQ(made_in_schemas({{.name = "1_a", .script = std::move(script)}}), expected);
}

}  // namespace
}  // namespace cm::engine
