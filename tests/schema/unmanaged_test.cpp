// One of everything that the schema language cannot say: it is seen, and the tables it hangs on
// read as if it were not there.
#include "schema/unmanaged.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <sstream>

#include "places.hpp"
#include "support/case_file.hpp"
#include "support/dump.hpp"
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
    TestDatabase const database(server_url().value(), RoleRights::superuser, Neighbours::none);
    Session session(database.url());
    session.execute(read_text(places::source / objects));
    std::set<std::string> kinds{};
    for (auto const& object : read_unmanaged(session)) kinds.insert(object.kind);
    std::set<std::string> const expected{
        "aggregate",
        "cast",
        "check constraint",
        "clustered index",
        "collation",
        "column collation",
        "column privileges",
        "column storage",
        "comment",
        "composite type",
        "constraint that is not validated",
        "conversion",
        "deferrable constraint",
        "domain",
        "enum without values",
        "event trigger",
        "exclusion constraint",
        "expression index",
        "foreign key to another schema",
        "foreign key with MATCH FULL",
        "foreign server",
        "foreign table",
        "function",
        "generated column",
        "identity column",
        "index with a column twice",
        "index with included columns",
        "index with its own collation",
        "index with its own order of nulls",
        "index with storage parameters",
        "inheritance",
        "materialized view",
        "operator",
        "operator class",
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
        "table without columns",
        "text search configuration",
        "text search dictionary",
        "trigger",
        "unlogged table",
        "view",
    };
    EXPECT_EQ(kinds, expected);
}

/// What a schema file says of the tables in unmanaged_objects.sql.
constexpr auto models_of_objects = R"x(
enum mood {
  sad
  happy
}
model users {
  id      Int     @id @default(autoincrement())
  email   String  @unique
  name    String
  age     Int
  score   Int     @default(0)
  doubled Int?
  years   Unsupported("positive")?
  two     Unsupported("pair")?
  reach   Unsupported("span")?
  tags    Unsupported("hstore")?
  feels   mood    @default(happy)
  posts   posts[]
  @@index([name, age], map: "users_in_order")
}
model posts {
  id      Int    @id
  title   String
  user_id Int
  spare   Int?
  user    users  @relation(fields: [user_id], references: [id], onDelete: Restrict)
}
model fast {
  id Int @id
}
model shots {
  id Int @id
}
model events {
  id Int
  at DateTime @db.Date
  @@id([id, at])
}
model admins {
  id      Int     @id
  email   String
  name    String
  age     Int
  score   Int     @default(0)
  doubled Int?
  years   Unsupported("positive")?
  two     Unsupported("pair")?
  reach   Unsupported("span")?
  tags    Unsupported("hstore")?
  feels   mood    @default(happy)
  rights  String?
}
)x";

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    auto const at = text.find(what);
    if (at == std::string::npos) throw std::runtime_error("nothing to replace");
    return text.replace(at, what.size(), with);
}

std::set<std::string> lines_of(std::string const& text) {
    std::set<std::string> lines{};
    std::istringstream stream(text);
    for (std::string line{}; std::getline(stream, line);) lines.insert(line);
    return lines;
}

/// The lines of a snapshot that are no longer there.
std::vector<std::string> gone(std::string const& before, std::string const& after) {
    auto const then = lines_of(before), now = lines_of(after);
    std::vector<std::string> result{};
    std::set_difference(then.begin(), then.end(), now.begin(), now.end(),
                        std::back_inserter(result));
    return result;
}

/// What the change below is about.
bool has_changed(std::string const& line) {
    constexpr std::array words{
        "fast",  "users_in_order",          "posts_pkey", "posts_user_id_fkey",
        "spare", "column public.posts.id ", "title text", "posts.title ",
        "happy"};
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return line.find(word) != std::string::npos; });
}

TEST(Unmanaged, is_no_difference) {
    CM_NEEDS_SERVER();
    TestDatabase const database(server_url().value(), RoleRights::superuser, Neighbours::none);
    Session session(database.url());
    session.execute(read_text(places::source / objects));
    EXPECT_EQ(migration(read_back(session), declared(models_of_objects)), "");
}

/// Changes of what is managed leave everything else as it was: only lines about the columns and
/// indexes that changed are gone.
TEST(Unmanaged, survives_changes_around_it) {
    CM_NEEDS_SERVER();
    TestDatabase const database(server_url().value(), RoleRights::superuser, Neighbours::none);
    Session session(database.url());
    session.execute(read_text(places::source / objects));
    auto const before = snapshot(session);
    auto const dump = dump_schema(database.url());
    auto text = replaced(models_of_objects, "  posts   posts[]\n",
                         "  posts   posts[]\n  extra   String?\n  @@index([score])\n");
    text = replaced(text, "  @@index([name, age], map: \"users_in_order\")\n", "");
    text =
        replaced(text, "  title   String\n", "  title   String @default(\"x\")\n  more String[]\n");
    text = replaced(text, "  spare   Int?\n", "");
    text = replaced(text, "  id      Int    @id\n", "  id BigInt @id(map: \"posts_key\")\n");
    text = replaced(text, "onDelete: Restrict", "onDelete: Cascade");
    text = replaced(text, "  happy\n", "  happy\n  calm\n");
    text = replaced(text, "model fast {\n  id Int @id\n}\n", "");
    text = replaced(text, "  @@id([id, at])\n", "  @@id([id, at])\n  @@index([at])\n");
    auto const wanted = declared(text);
    // A column that a parent gives to its heirs is theirs as well, and a partition has what its
    // parent has.
    session.execute(migration(read_back(session), wanted));
    for (auto const& line : gone(before, snapshot(session))) EXPECT_TRUE(has_changed(line)) << line;
    if (!dump) return;
    for (auto const& line : gone(*dump, dump_schema(database.url()).value())) {
        EXPECT_TRUE(has_changed(line)) << line;
    }
}

TEST(Unmanaged, names_the_table) {
    CM_NEEDS_SERVER();
    TestDatabase const database(server_url().value(), RoleRights::superuser, Neighbours::none);
    Session session(database.url());
    session.execute(
        "CREATE TABLE t (a int CONSTRAINT positive CHECK (a > 0)); CREATE VIEW v AS SELECT 1");
    EXPECT_EQ(read_unmanaged(session),
              (std::vector<schema::Unmanaged>{{"view", "public", "v", ""},
                                              {"check constraint", "public", "positive", "t"}}));
}

TEST(Unmanaged, a_range_type_brings_a_cast_of_its_own) {
    CM_NEEDS_SERVER();
    TestDatabase const database(server_url().value(), RoleRights::superuser, Neighbours::none);
    Session session(database.url());
    session.execute("CREATE TYPE hours AS RANGE (subtype = time)");
    EXPECT_EQ(read_unmanaged(session),
              (std::vector<schema::Unmanaged>{{"range type", "public", "hours", ""}}));
}

TEST(Unmanaged, what_extensions_bring_is_theirs) {
    CM_NEEDS_SERVER();
    TestDatabase const database(server_url().value(), RoleRights::superuser, Neighbours::none);
    Session session(database.url());
    session.execute("CREATE EXTENSION hstore; CREATE EXTENSION citext");
    EXPECT_EQ(read_unmanaged(session), std::vector<schema::Unmanaged>{});
}

}  // namespace

}  // namespace cm::test
