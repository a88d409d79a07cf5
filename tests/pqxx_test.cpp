// include/cm_migrate/pqxx.hpp: where its session goes, and what it throws.
#include "cm_migrate/pqxx.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <pqxx/transaction>

#include "support/database.hpp"
#include "support/project_folder.hpp"

namespace cm_migrate {
namespace {

using cm::test::ProjectFolder;
using cm::test::Session;
using cm::test::TestDatabase;

class Pqxx : public testing::Test {
  protected:
    void SetUp() override {
        CM_NEEDS_SERVER();
        database_ = std::make_unique<TestDatabase>(cm::test::server_url().value());
    }

    void migration(std::string const& name, std::string const& sql) {
        folder_.add({fmt::format("migrations/{}/migration.sql", name), sql});
    }

    DeployOptions options() const { return {.migrations = folder_.project() / "migrations"}; }

    std::string table(char const* name) const {
        return Session(database_->url())
            .fetch(fmt::format("SELECT coalesce(to_regclass('{}')::text, '')", name))
            .fields.at(0)
            .at(0)
            .value();
    }

    ProjectFolder folder_{};
    std::unique_ptr<TestDatabase> database_{};
};

TEST_F(Pqxx, MigratesTheDatabaseOfTheConnection) {
    migration("20260101000000_init", "CREATE TABLE users (id int);\n");
    pqxx::connection connection(database_->url());
    EXPECT_EQ(status(connection, options()).pending,
              std::vector<std::string>{"20260101000000_init"});
    EXPECT_EQ(deploy(connection, options()).applied.size(), 1U);
    EXPECT_EQ(table("public.users"), "users");
    EXPECT_TRUE(status(connection, options()).is_up_to_date());
    EXPECT_EQ(pqxx::work(connection).exec("SELECT count(*) FROM users").size(), 1U);
}

TEST_F(Pqxx, TakesKeywordsAndWhatTheyHoldInQuotes) {
    migration("20260101000000_init",
              "CREATE TABLE t AS SELECT current_setting('my.word') AS word;\n");
    auto const server = pqxx::connection(database_->url());
    pqxx::connection connection(fmt::format(
        "host=127.0.0.1 port={} dbname={} user={} options='-c my.word=a\\\\ b'",
        const_cast<pqxx::connection&>(server).port(), database_->name(), database_->name()));
    deploy(connection, options());
    EXPECT_EQ(Session(database_->url()).fetch("SELECT word FROM t").fields.at(0).at(0), "a b");
}

TEST_F(Pqxx, LeavesTheSessionOfTheConnectionAlone) {
    migration("20260101000000_init", "CREATE TABLE t (id int);\n");
    pqxx::connection connection(database_->url());
    {
        pqxx::nontransaction session(connection);
        session.exec("CREATE SCHEMA elsewhere; SET search_path = elsewhere");
    }
    deploy(connection, options());
    EXPECT_EQ(table("public.t"), "t");
    EXPECT_EQ(pqxx::nontransaction(connection).exec("SHOW search_path")[0][0].as<std::string>(),
              "elsewhere");
}

TEST_F(Pqxx, RefusesWithinATransaction) {
    migration("20260101000000_init", "CREATE TABLE t (id int);\n");
    pqxx::connection connection(database_->url());
    pqxx::work const open(connection);
    EXPECT_THROW(deploy(connection, options()), pqxx::usage_error);
    EXPECT_EQ(table("public.t"), "");
}

TEST_F(Pqxx, ThrowsWhatTheServerSaysAsLibpqxxDoes) {
    migration("20260101000000_init", "CREATE TABLE a (id int);\nINSERT INTO b VALUES (1);\n");
    pqxx::connection connection(database_->url());
    try {
        deploy(connection, options());
        FAIL() << "nothing was thrown";
    } catch (pqxx::sql_error const& error) {
        EXPECT_EQ(error.sqlstate(), "42P01");
        EXPECT_EQ(error.query(), "INSERT INTO b VALUES (1)");
        auto const* findings = dynamic_cast<Findings const*>(&error);
        ASSERT_NE(findings, nullptr);
        EXPECT_EQ(findings->code(), "CM0504");
    }
}

TEST_F(Pqxx, ThrowsAFailureForWhatIsWrongWithTheFolder) {
    pqxx::connection connection(database_->url());
    EXPECT_THROW(deploy(connection, {.migrations = folder_.project() / "nowhere"}), MigrationError);
    EXPECT_THROW(deploy(connection, {.migrations = folder_.project() / "nowhere"}), pqxx::failure);
}

TEST_F(Pqxx, TellsThatNoSecondSessionCanBeHad) {
    migration("20260101000000_init", "CREATE TABLE t (id int);\n");
    auto const role = database_->name() + "_one";
    Session owner(database_->url());
    owner.execute(fmt::format("CREATE ROLE {} LOGIN CONNECTION LIMIT 1", role));
    {
        pqxx::connection connection(
            cm::test::with_user_and_database(database_->url(), role, database_->name()));
        EXPECT_THROW(deploy(connection, options()), pqxx::broken_connection);
    }
    owner.execute(fmt::format("DROP ROLE {}", role));
}

TEST(PqxxText, PutsTheValuesOfLibpqxx7IntoQuotes) {
    EXPECT_EQ(
        detail::with_quotes("user=o'hara password=a b=c dbname=d options=-c role=x -c y=z port=1"),
        "user='o\\'hara' password='a b=c' dbname='d' options='-c role=x -c y=z' port='1' ");
    EXPECT_EQ(detail::with_quotes("requirepeer= host=/tmp"), "requirepeer='' host='/tmp' ");
    EXPECT_EQ(detail::with_quotes(""), "");
}

TEST(PqxxText, EncodesWhatGoesIntoAUri) {
    EXPECT_EQ(detail::query_parameter("dbname", "ä b&c/d"), "dbname=%C3%A4%20b%26c/d");
}

}  // namespace
}  // namespace cm_migrate
