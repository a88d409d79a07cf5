// The witness must see differences, and only those that matter.
#include "support/dump.hpp"

#include <gtest/gtest.h>

#include "support/database.hpp"

namespace cm::test {

namespace {

TEST(Dump, columns_are_sorted_within_their_table_only) {
    EXPECT_EQ(with_sorted_columns("\\restrict abc\nCREATE TABLE public.t (\n    b integer,\n"
                                  "    a text NOT NULL\n);\nb\na\n"),
              "CREATE TABLE public.t (\n    a text NOT NULL\n    b integer\n);\nb\na\n");
}

TEST(Dump, tells_databases_apart) {
    CM_NEEDS_SERVER();
    TestDatabase const first(server_url().value());
    TestDatabase const second(server_url().value());
    Session(first.url()).execute("CREATE TABLE t (a int, b text)");
    Session(second.url()).execute("CREATE TABLE t (b text, a int)");
    EXPECT_EQ(dump_schema(first.url()), dump_schema(second.url()));
    Session(second.url()).execute("ALTER TABLE t ALTER COLUMN a SET NOT NULL");
    EXPECT_NE(dump_schema(first.url()), dump_schema(second.url()));
}

}  // namespace

}  // namespace cm::test
