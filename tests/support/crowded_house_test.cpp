// The check after each test notices whatever may happen to the neighbours, and is quick.
#include "support/crowded_house.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>

#include "support/project_folder.hpp"
#include "support/scratch_cluster.hpp"
#include "support/shell.hpp"

namespace cm::test {

namespace {

using std::chrono::milliseconds;

/// A database with neighbours, and what the check says after a statement there.
class CrowdedHouse : public testing::Test {
  protected:
    void SetUp() override {
        CM_NEEDS_SERVER();
        server_ = server_url().value();
        Session session(server_);
        if (!house::is_settled(session)) GTEST_SKIP() << "the server has no neighbours";
        session.execute("CREATE ROLE " + name_);
        house::make_database(session, name_);
    }

    void TearDown() override {
        if (server_.empty()) return;
        Session session(server_);
        session.execute("DROP DATABASE IF EXISTS " + name_);
        session.execute("DROP ROLE IF EXISTS " + name_);
    }

    std::string url() const { return with_user_and_database(server_, "postgres", name_); }

    std::string disturbance() const {
        Session session(server_);
        return house::disturbance(server_, name_, house::first_digest(session));
    }

    std::string server_{};
    std::string name_ = fresh_name();
};

TEST_F(CrowdedHouse, is_left_as_it_was_by_those_who_mind_their_own_business) {
    Session(url()).execute(
        "CREATE TABLE users (id int PRIMARY KEY); CREATE TYPE role AS ENUM ('a');"
        "CREATE SCHEMA app; CREATE EXTENSION citext; ANALYZE; GRANT ALL ON SCHEMA public TO PUBLIC;"
        "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    EXPECT_EQ(disturbance(), "");
}

TEST_F(CrowdedHouse, every_change_is_noticed) {
    auto before = house::digest(url());
    for (auto const* const change : {
             "INSERT INTO neighbour.a VALUES (2, 1)",
             "UPDATE neighbour.a SET b = 3",
             "SELECT nextval('neighbour.users_id_seq')",
             "ALTER TABLE neighbour.users ADD COLUMN n int",
             "ALTER TABLE neighbour.users ALTER COLUMN mood SET DEFAULT 'SAD'",
             "ALTER TABLE neighbour.users OWNER TO postgres",
             "GRANT SELECT ON neighbour.users TO PUBLIC",
             "ALTER TYPE neighbour.\"Role\" ADD VALUE 'third'",
             "REINDEX TABLE neighbour.posts",
             "ALTER TABLE neighbour.posts DISABLE ROW LEVEL SECURITY",
             "DROP POLICY own ON neighbour.posts",
             "CREATE OR REPLACE FUNCTION neighbour.same_initial(text, text) RETURNS boolean "
             "LANGUAGE sql IMMUTABLE AS 'SELECT true'",
             "DROP VIEW neighbour.authors",
             "ALTER TABLE neighbour.posts ENABLE TRIGGER asleep",
             "ALTER TABLE neighbour.posts DROP CONSTRAINT posts_author_fkey",
             "COMMENT ON COLUMN neighbour.users.email IS NULL",
             "DROP PUBLICATION neighbour_news",
             "ALTER EVENT TRIGGER neighbour_watch DISABLE",
             "ALTER EXTENSION ltree SET SCHEMA public",
             "ALTER DEFAULT PRIVILEGES FOR ROLE neighbour_owner GRANT EXECUTE ON FUNCTIONS TO "
             "PUBLIC",
             "DELETE FROM neighbour._migrations WHERE finished_at IS NULL",
             "SELECT lo_unlink(4242)",
             "DROP SCHEMA neighbour CASCADE",
         }) {
        SCOPED_TRACE(change);
        Session(url()).execute(change);
        auto const now = house::digest(url());
        EXPECT_NE(now, before);
        before = now;
    }
    EXPECT_NE(disturbance(), "");
}

TEST_F(CrowdedHouse, so_is_what_hangs_on_the_database) {
    auto before = house::digest(url());
    for (auto const* const change :
         {"ALTER DATABASE {} SET cursor_tuple_fraction = 0.4", "ALTER DATABASE {} RESET ALL",
          "COMMENT ON DATABASE {} IS NULL", "ALTER DATABASE {} CONNECTION LIMIT -1",
          "REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC",
          "ALTER ROLE neighbour_reader IN DATABASE {} RESET ALL"}) {
        SCOPED_TRACE(change);
        Session(url()).execute(fmt::format(fmt::runtime(change), name_));
        auto const now = house::digest(url());
        EXPECT_NE(now, before);
        before = now;
    }
    Session(server_).execute("DROP DATABASE " + name_);
    EXPECT_NE(disturbance(), "");
}

/// Others are at work at the same time: what something takes is the shortest of some.
template <class Work>
void shorten(std::chrono::microseconds& shortest, Work const& work) {
    auto const begin = std::chrono::steady_clock::now();
    work();
    shortest = std::min(shortest, std::chrono::duration_cast<std::chrono::microseconds>(
                                      std::chrono::steady_clock::now() - begin));
}

TEST_F(CrowdedHouse, the_check_takes_as_long_as_a_few_looks_at_all_functions) {
    auto check = std::chrono::microseconds::max(), look = check;
    Session session(url());
    for (int i = 0; i < 20; ++i) {
        shorten(check, [&] { house::digest(session); });
        shorten(look,
                [&] { session.execute("SELECT sum(length(p::text)) FROM pg_catalog.pg_proc p"); });
    }
    EXPECT_LE(check.count(), 6 * look.count());
}

TEST(CrowdedHouseElsewhere, a_server_without_neighbours_will_do) {
    auto const binaries = find_server_binaries();
    if (!binaries) GTEST_SKIP() << "no server's binaries";
    ScratchCluster const cluster(*binaries);
    TestDatabase const database(cluster.url());
    EXPECT_FALSE(database.has_neighbours());
    Session(database.url()).execute("CREATE SCHEMA neighbour");
}

TEST(CrowdedHouseElsewhere, the_odd_environment_yields_to_what_is_set) {
    if (house::environment().count("PGPORT") == 0) GTEST_SKIP() << "PGPORT is kept out";
    ProjectFolder const folder{};
    house::put_programs(folder.programs(), {});
    auto const script = folder.programs() / "cm-migrate";
    Shell const shell{.folder = folder.project(), .environment = {{"PATH", "/usr/bin:/bin"}}};
    // The wrapper, with `env` in the program's place.
    auto const shown = [&](std::string const& set) {
        return run(shell, fmt::format("sed 's/^exec .*/printenv PGPORT/' {} > show; {} sh show",
                                      script.string(), set))
            .pieces.front();
    };
    EXPECT_EQ(shown(""), "1\n");
    EXPECT_EQ(shown("PGPORT=5433"), "5433\n");
}

}  // namespace

}  // namespace cm::test
