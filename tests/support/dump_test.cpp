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

/// Two databases with the same columns in another order, and then with one that differs.
template <class Witness>
void expect_to_tell_apart(Witness witness) {
    TestDatabase const first(server_url().value());
    TestDatabase const second(server_url().value());
    Session(first.url()).execute("CREATE TABLE t (a int, b text)");
    Session(second.url()).execute("CREATE TABLE t (b text, a int)");
    EXPECT_EQ(witness(first.url()), witness(second.url()));
    Session(second.url()).execute("ALTER TABLE t ALTER COLUMN a SET NOT NULL");
    EXPECT_NE(witness(first.url()), witness(second.url()));
}

TEST(Dump, tells_databases_apart) {
    CM_NEEDS_SERVER();
    if (!dump_schema(server_url().value())) GTEST_SKIP() << "the server is newer than pg_dump";
    expect_to_tell_apart(dump_schema);
}

TEST(Snapshot, tells_databases_apart) {
    CM_NEEDS_SERVER();
    expect_to_tell_apart([](std::string const& url) {
        Session session(url);
        return snapshot(session);
    });
}

TEST(Snapshot, may_leave_the_order_of_values_aside) {
    CM_NEEDS_SERVER();
    TestDatabase const first(server_url().value()), second(server_url().value());
    Session one(first.url()), other(second.url());
    one.execute("CREATE TYPE e AS ENUM ('a', 'b')");
    other.execute("CREATE TYPE e AS ENUM ('b', 'a')");
    EXPECT_NE(snapshot(one), snapshot(other));
    EXPECT_EQ(snapshot(one, EnumOrder::does_not), snapshot(other, EnumOrder::does_not));
}

}  // namespace

}  // namespace cm::test
