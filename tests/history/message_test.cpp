// What a script holds besides plain statements, and where its errors are shown.
#include "base/utf8.hpp"
#include "history/apply_fixture.hpp"

namespace cm::history {
namespace {

TEST_F(Apply, ShowsWhatIsNotClosedAndNothingOfOurs) {
    for (auto const& [script, place] :
         {std::pair{"SELECT 1;\nSELECT $$ open;\nSELECT 2;\n", "migration.sql:2:8\n"},
          {"CREATE TABLE u (id int /* open\n);\n", "migration.sql:1:24\n"},
          {"SELECT 1;\nSELECT \"open;\n", "migration.sql:2:8\n"},
          {"SELECT $tag$ open $tg$;", "migration.sql:1:8\n"},
          {"SELECT E'open\\';\n", "migration.sql:1:8\n"}}) {
        auto const report = failure(script);
        expect_in(report, "unterminated");
        expect_in(report, place);
        EXPECT_EQ(report.find("_migrations"), std::string::npos) << report;
        EXPECT_EQ(report.find("SESSION"), std::string::npos) << report;
        auto const logs = read(migrations_table_, *connection_).back().logs.value_or("");
        EXPECT_EQ(logs.find("SESSION"), std::string::npos) << logs;
    }
}

TEST_F(Apply, KnowsAPositionThatBelongsToAnotherText) {
    auto const setup =
        "CREATE TYPE s AS ENUM ('open'); CREATE TABLE t (id int, status text, n int DEFAULT 1);";
    for (std::string const other :
         {"CREATE INDEX i ON t (id) WHERE status = 'open'", "CREATE INDEX i ON t (lower(status))",
          "ALTER TABLE t ADD CHECK (status <> 'open')"}) {
        connection_->execute("DROP TABLE IF EXISTS t; DROP TYPE IF EXISTS s");
        connection_->execute(setup);
        connection_->execute(other);
        // As the first statement and as a later one.
        for (std::string const before : {"", "SELECT 1;\n",
                                         "SELECT 'a long text, longer than it';\n"
                                         "SELECT 2;\n"}) {
            auto const report =
                failure(before + "ALTER TABLE t ALTER COLUMN status TYPE s USING status::s;\n");
            expect_in(report, "ALTER TABLE t ALTER COLUMN status TYPE s USING status::s;\n");
            auto const words =
                std::string("ALTER TABLE t ALTER COLUMN status TYPE s USING status::s");
            expect_in(report, " " + std::string(words.size(), '^') + "\n");
            // A check is read again without a position.
            if (other.starts_with("CREATE")) expect_in(report, "an index, a constraint, a default");
        }
    }
    auto const told = failure("ALTER TABLE t ALTER COLUMN status TYPE s USING nope(status);");
    expect_in(told, "^^^^\n");
    EXPECT_EQ(told.find("an index, a constraint"), std::string::npos);
}

TEST_F(Apply, ShowsTheQueryOfAFunctionThatFailed) {
    auto const report = failure("SELECT 1;\nDO $$ BEGIN\n  PERFORM nope FROM pg_class;\nEND $$;\n");
    expect_in(report, "migration.sql:2:1\n");
    expect_in(report, "= note: in `SELECT nope FROM pg_class`");
}

TEST_F(Apply, CopiesDataAsPgDumpWritesIt) {
    run("\\restrict abc\n\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\n"
        "CREATE TABLE d (id int, t text);\n\nCOPY public.d (id, t) FROM stdin;\n1\tit's; -- no\n"
        "2\t\\N\n3\té\\tb\n\\.\n\n\nCOPY d FROM STDIN; -- none\n\\.\nCREATE TABLE e (b int);\n"
        "COPY e FROM STDIN WITH (FORMAT csv);\r\n7\r\n\\.\r\nINSERT INTO e VALUES (8);\n"
        "\\unrestrict abc\n");
    EXPECT_EQ(value("SELECT string_agg(concat_ws('|', id, t), ',' ORDER BY id) FROM d"),
              "1|it's; -- no,2,3|é\tb");
    EXPECT_EQ(value("SELECT sum(b)::text FROM e"), "15");
    EXPECT_EQ(only_entry().applied_steps_count, 8);
    auto const report =
        failure("CREATE TABLE f (b int);\nCOPY f FROM STDIN;\n1\nx\n\\.\nSELECT 1;\n");
    expect_in(report, "migration.sql:2:1\n");
    expect_in(report, "COPY f, line 2");
    expect_in(failure("COPY e FROM STDIN;\n1\n\\.\n\nSELECT nope;\n"), "migration.sql:5:8\n");
    // Outside of a transaction, and within one of its own.
    run("BEGIN;\nCOPY e FROM STDIN;\n1\n\\.\nCOMMIT;\nCREATE INDEX CONCURRENTLY i ON e (b);\n"
        "COPY e FROM STDIN;\n2\n\\.\nBEGIN;\nCOPY e FROM STDIN;\n3\n\\.\nCOMMIT AND NO CHAIN;\n");
    EXPECT_EQ(value("SELECT sum(b)::text FROM e"), "21");
}

TEST_F(Apply, NoticesThatDataWasEdited) {
    auto const script = [](std::string const& data) {
        return "COPY t FROM STDIN;\n" + data + "\n\\.\nDROP INDEX CONCURRENTLY nope;\n";
    };
    connection_->execute("CREATE TABLE t (b int)");
    failure(script("1"));
    EXPECT_EQ(value("SELECT count(*)::text FROM t"), "1");
    connection_->execute("CREATE INDEX nope ON t (b)");
    try {
        resume_stopped(script("2"));
        FAIL() << "it went on";
    } catch (Failure const& refused) {
        EXPECT_EQ(refused.diagnostics().front().code, "CM0515");
    }
    resume_stopped(script("1"));
    EXPECT_EQ(value("SELECT count(*)::text FROM t"), "1");
}

TEST_F(Apply, ReadsStringsAsTheScriptSays) {
    run("SET standard_conforming_strings = off;\nCREATE TABLE a (t text);\n"
        "INSERT INTO a VALUES ('C:\\\\temp');\nINSERT INTO a VALUES ('it\\'s; one');\n"
        "SET standard_conforming_strings TO 'on';\nINSERT INTO a VALUES ('b\\');\n"
        "SELECT set_config('standard_conforming_strings', 'off', false);\n"
        "INSERT INTO a VALUES ('it\\'s');\nRESET standard_conforming_strings;\n"
        "INSERT INTO a VALUES ('c\\');\n");
    EXPECT_EQ(value("SELECT string_agg(t, '|' ORDER BY t) FROM a"),
              "C:\\temp|b\\|c\\|it's|it's; one");
    auto const entry = only_entry();
    EXPECT_EQ(entry.migration_name, migration("").name);
    EXPECT_EQ(entry.applied_steps_count, 10);
    auto const report = failure(
        "SET standard_conforming_strings = off;\nINSERT INTO a VALUES ('it\\'s');\n"
        "INSERT INTO b VALUES ('it\\'s');\n");
    expect_in(report, "migration.sql:3:13\n");
    EXPECT_EQ(value("SELECT count(*)::text FROM a"), "5") << "one transaction all the same";
    run("BEGIN;\nSET LOCAL standard_conforming_strings = off;\nINSERT INTO a VALUES "
        "('\\'');\nCOMMIT;\n"
        "INSERT INTO a VALUES ('d\\');\n");
    EXPECT_EQ(value("SELECT count(*)::text FROM a"), "7");
    EXPECT_EQ(value("SHOW standard_conforming_strings"), "on");
}

TEST_F(Apply, StaysReadableInAnotherEncoding) {
    for (std::string const set :
         {"SET client_encoding = 'LATIN1';", "SET NAMES 'LATIN1';",
          "SELECT set_config('client_encoding', 'LATIN1', false);",
          "DO $$ BEGIN PERFORM set_config('client_' || 'encoding', 'LATIN1', false); END $$;"}) {
        auto const report = failure(set + "\nSELECT 'é'::int;\n");
        EXPECT_FALSE(utf8::find_invalid(report)) << report;
        expect_in(report, "migration.sql:2:8\n");
        EXPECT_EQ(report.find("could not be recorded"), std::string::npos) << report;
        auto const logs = read(migrations_table_, *connection_).back().logs.value_or("");
        expect_in(logs, "invalid input syntax for type integer");
    }
    expect_in(failure("SET client_encoding = 'LATIN1';\nSELECT 'é'::int;\n"), "\"é\"");
    run("SET NAMES 'LATIN1';\nCREATE TABLE a AS SELECT text 'é' AS t;");
    EXPECT_EQ(value("SELECT t FROM a"), "é");
    EXPECT_EQ(value("SHOW client_encoding"), "UTF8");
}

}  // namespace
}  // namespace cm::history
