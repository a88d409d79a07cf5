// One row a statement: what PostgreSQL 15 says about it inside a transaction block.
#include "sql/statement_mode.hpp"

#include <gtest/gtest.h>

namespace cm::sql {
namespace {

TEST(StatementMode, AllowsOrdinaryStatements) {
    for (auto const* statement : {"CREATE TABLE a (b int)",
                                  "CREATE INDEX concurrently_idx ON a (b)",
                                  "CREATE UNIQUE INDEX i ON a (b)",
                                  "ALTER TYPE e ADD VALUE 'x'",
                                  "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
                                  "REINDEX TABLE a",
                                  "CLUSTER a",
                                  "CLUSTER a USING i",
                                  "CLUSTER VERBOSE a",
                                  "SAVEPOINT a",
                                  "RELEASE a",
                                  "ROLLBACK TO a",
                                  "ROLLBACK TRANSACTION TO SAVEPOINT a",
                                  "ALTER DATABASE a SET work_mem = 1",
                                  "INSERT INTO a VALUES ('VACUUM')",
                                  "ALTER TABLE a DETACH PARTITION b",
                                  "ALTER TABLE a ADD concurrently int",
                                  "DISCARD TEMP",
                                  "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END",
                                  "ALTER SUBSCRIPTION s DISABLE"}) {
        EXPECT_EQ(transaction_mode(statement), TransactionMode::any) << statement;
    }
}

TEST(StatementMode, KnowsWhatRefusesATransaction) {
    for (auto const* statement :
         {"CREATE INDEX CONCURRENTLY i ON a (b)",
          "create unique /* x */ index concurrently if not exists i on a (b)",
          "DROP INDEX CONCURRENTLY i",
          "REINDEX INDEX CONCURRENTLY i",
          "REINDEX (VERBOSE) TABLE CONCURRENTLY a",
          "REINDEX (CONCURRENTLY) TABLE a",
          "REINDEX (VERBOSE, CONCURRENTLY) TABLE a",
          "REINDEX DATABASE d",
          "REINDEX (VERBOSE) SCHEMA s",
          "ALTER TABLE a DETACH PARTITION b CONCURRENTLY",
          "ALTER TABLE IF EXISTS ONLY s.a DETACH PARTITION s.\"b\" CONCURRENTLY",
          "VACUUM",
          "VACUUM (FULL) a",
          "CREATE DATABASE d",
          "DROP DATABASE IF EXISTS d",
          "CREATE TABLESPACE t LOCATION '/x'",
          "DROP TABLESPACE t",
          "ALTER SYSTEM SET work_mem = 1",
          "CLUSTER",
          "CLUSTER VERBOSE",
          "CLUSTER (VERBOSE)",
          "COMMIT PREPARED 'a'",
          "ROLLBACK PREPARED 'a'",
          "ALTER DATABASE d SET TABLESPACE t",
          "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p",
          "DISCARD ALL"}) {
        EXPECT_EQ(transaction_mode(statement), TransactionMode::alone) << statement;
    }
}

TEST(StatementMode, KnowsTransactionControl) {
    for (auto const* statement :
         {"BEGIN", "begin work", "BEGIN ISOLATION LEVEL SERIALIZABLE", "START TRANSACTION",
          "COMMIT", "COMMIT AND CHAIN", "END", "ROLLBACK", "ABORT", "PREPARE TRANSACTION 'a'"}) {
        EXPECT_EQ(transaction_mode(statement), TransactionMode::control) << statement;
    }
}

TEST(StatementMode, KnowsWhatCannotBeSent) {
    EXPECT_EQ(unsupported("COPY a FROM STDIN"), Unsupported::copy_data);
    EXPECT_EQ(unsupported("copy s.a (b, \"from\") from stdin with (format csv)"),
              Unsupported::copy_data);
    EXPECT_EQ(unsupported("COPY a FROM '/x'"), Unsupported::no);
    EXPECT_EQ(unsupported("COPY (SELECT 1 FROM stdin) TO STDOUT"), Unsupported::no);
    EXPECT_EQ(unsupported("\\c other"), Unsupported::meta_command);
}

}  // namespace
}  // namespace cm::sql
