// Throw-away databases: each test has its own, and sees only its own leftovers.
#include "support/database.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace cm::test {

namespace {

TEST(TestDatabase, url_parts_are_replaced) {
    EXPECT_EQ(with_user_and_database("postgresql://postgres@127.0.0.1:54/postgres", "ada", "blog"),
              "postgresql://ada@127.0.0.1:54/blog");
    EXPECT_EQ(with_user_and_database("postgresql://127.0.0.1:54", "ada", "blog"),
              "postgresql://ada@127.0.0.1:54/blog");
}

TEST(TestDatabase, is_there_and_then_gone) {
    CM_NEEDS_SERVER();
    std::string name{};
    {
        TestDatabase const database(server_url().value());
        name = database.name();
        auto const rows =
            Session(database.url()).fetch("SELECT current_database(), NULL AS nothing");
        EXPECT_EQ(rows.fields.at(0).at(0), name);
        EXPECT_EQ(rows.fields.at(0).at(1), std::nullopt);
    }
    auto const left = Session(server_url().value())
                          .fetch(fmt::format("SELECT 1 FROM pg_database, pg_roles"
                                             " WHERE '{}' IN (datname, rolname)",
                                             name));
    EXPECT_TRUE(left.empty());
}

TEST(TestDatabase, sees_scratch_databases_of_its_own_role_only) {
    CM_NEEDS_SERVER();
    TestDatabase const first(server_url().value());
    TestDatabase const second(server_url().value());
    auto const scratch = "cm_migrate_scratch_" + first.name();
    Session(first.url()).execute("CREATE DATABASE " + scratch);
    EXPECT_EQ(second.scratch_databases_left(), "");
    EXPECT_EQ(first.left_behind(std::chrono::milliseconds(50)), scratch);
    Session(first.url()).execute("DROP DATABASE " + scratch);
}

TEST(TestDatabase, sees_sessions_of_its_own_role_only) {
    CM_NEEDS_SERVER();
    TestDatabase const first(server_url().value());
    TestDatabase const second(server_url().value());
    {
        Session const session(first.url() + "?application_name=cm-migrate");
        EXPECT_EQ(second.left_behind(), "");
        EXPECT_NE(first.left_behind(std::chrono::milliseconds(50)), "");
    }
    EXPECT_EQ(first.left_behind(), "");
}

}  // namespace

}  // namespace cm::test
