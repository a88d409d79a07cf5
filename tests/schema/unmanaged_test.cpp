// One of everything that the schema language cannot say: it is seen, and the tables it hangs on
// read as if it were not there.
#include "schema/unmanaged.hpp"

#include <gtest/gtest.h>

#include <set>

#include "places.hpp"
#include "support/case_file.hpp"
#include "support/round_trip.hpp"

namespace cm::test {

namespace {

constexpr auto objects = "tests/schema/unmanaged_objects.sql";

std::vector<schema::Unmanaged> read_unmanaged(Session& session) {
    return schema::unmanaged_in_database(
        [&](std::string_view query) { return session.fetch(std::string(query)); }, {"public"});
}

TEST(Unmanaged, every_kind_is_seen) {
    CM_NEEDS_SERVER();
    TestDatabase const database(server_url().value());
    Session session(database.url());
    session.execute(read_text(places::source / objects));
    std::set<std::string> kinds{};
    for (auto const& object : read_unmanaged(session)) kinds.insert(object.kind);
    std::set<std::string> const expected{
        "aggregate",
        "check constraint",
        "clustered index",
        "collation",
        "column collation",
        "column privileges",
        "column storage",
        "comment",
        "composite type",
        "constraint that is not validated",
        "deferrable constraint",
        "domain",
        "event trigger",
        "exclusion constraint",
        "expression index",
        "foreign key with MATCH FULL",
        "foreign server",
        "foreign table",
        "function",
        "generated column",
        "identity column",
        "index with included columns",
        "index with its own collation",
        "index with its own order of nulls",
        "index with storage parameters",
        "inheritance",
        "materialized view",
        "operator",
        "partial index",
        "partition",
        "partitioned table",
        "policy",
        "privileges",
        "procedure",
        "publication",
        "range type",
        "replica identity",
        "row-level security",
        "rule",
        "sequence",
        "statistics",
        "storage parameters",
        "text search configuration",
        "trigger",
        "unlogged table",
        "view",
    };
    EXPECT_EQ(kinds, expected);
}

TEST(Unmanaged, names_the_table) {
    CM_NEEDS_SERVER();
    TestDatabase const database(server_url().value());
    Session session(database.url());
    session.execute(
        "CREATE TABLE t (a int CONSTRAINT positive CHECK (a > 0)); CREATE VIEW v AS SELECT 1");
    EXPECT_EQ(read_unmanaged(session),
              (std::vector<schema::Unmanaged>{{"view", "public", "v", ""},
                                              {"check constraint", "public", "positive", "t"}}));
}

TEST(Unmanaged, what_extensions_bring_is_theirs) {
    CM_NEEDS_SERVER();
    TestDatabase const database(server_url().value());
    Session session(database.url());
    session.execute("CREATE EXTENSION hstore; CREATE EXTENSION citext");
    EXPECT_EQ(read_unmanaged(session), std::vector<schema::Unmanaged>{});
}

}  // namespace

}  // namespace cm::test
