// A database brought to where the folder is: what the program's commands do, in this process, so
// that the sanitizers see it.
#include "engine/apply_pending.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "engine/adopt_and_baseline.hpp"
#include "engine/protection.hpp"
#include "support/database.hpp"
#include "support/project_folder.hpp"

namespace cm::engine {

namespace {

using std::chrono::milliseconds;
using Names = std::vector<std::string>;

class ApplyPending : public testing::Test {
  protected:
    void SetUp() override {
        CM_NEEDS_SERVER();
        database_.emplace(test::server_url().value());
        project_ =
            open_project({.working_directory = home_.project(), .variables = {}},
                         {.schema = {}, .configuration = {}, .url = database_->url()}, sources_);
    }

    void add(std::string const& name, std::string const& script) const {
        home_.add({"prisma/migrations/" + name + "/migration.sql", script});
    }

    Session session() {
        auto opened =
            open_session(project_, sources_, {.url = pg::parse_url(database_->url())}, {}, {});
        take_lock(opened, {});
        return opened;
    }

    Names apply(ApplySettings const& settings = {}, ApplyEvents const& events = {}) {
        auto open = session();
        return apply_pending(open, settings, events);
    }

    /// The code of what stops it.
    std::string failure(ApplySettings const& settings = {}, ApplyEvents const& events = {}) {
        try {
            apply(settings, events);
        } catch (Failure const& failed) {
            return std::string(failed.diagnostics().front().code);
        }
        return "none";
    }

    std::string value(std::string const& query) const {
        return test::Session(database_->url()).fetch(query).fields.at(0).at(0).value_or("NULL");
    }

    std::string rows() const {
        return value("SELECT coalesce(string_agg(n::text, ',' ORDER BY n), '') FROM done");
    }

    test::ProjectFolder home_{};
    std::optional<test::TestDatabase> database_{};
    SourceMap sources_{};
    Project project_{};
};

TEST_F(ApplyPending, goes_through_the_folder_once) {
    EXPECT_EQ(apply(), Names{});
    add("1", "CREATE TABLE done (n int); INSERT INTO done VALUES (1);");
    add("2", "INSERT INTO done VALUES (2); CREATE INDEX CONCURRENTLY i ON done (n);");
    EXPECT_EQ(apply(), (Names{"1", "2"}));
    EXPECT_EQ(apply(), Names{});
    EXPECT_EQ(rows(), "1,2");
}

TEST_F(ApplyPending, stops_at_a_failure_and_goes_on_from_there) {
    add("1", "CREATE TABLE done (n int);");
    add("2", "INSERT INTO done VALUES (2); SELECT 1 / 0;");
    EXPECT_EQ(failure(), "CM0504");
    EXPECT_EQ(rows(), "");
    add("2", "INSERT INTO done VALUES (2); CREATE INDEX CONCURRENTLY i ON done (n); SELECT 1 / 0;");
    EXPECT_EQ(failure(), "CM0504");
    EXPECT_EQ(failure(), "CM0510");
    EXPECT_EQ(failure({.resume = true, .resume_from = 1}), "CM0518");
    add("2", "INSERT INTO done VALUES (9); CREATE INDEX CONCURRENTLY i ON done (n); SELECT 1 / 1;");
    EXPECT_EQ(failure({.resume = true}), "CM0515");
    add("2", "INSERT INTO done VALUES (2); CREATE INDEX CONCURRENTLY i ON done (n); SELECT 1 / 1;");
    EXPECT_EQ(apply({.resume = true}), Names{"2"});
    EXPECT_EQ(rows(), "2");
}

TEST_F(ApplyPending, takes_all_or_none) {
    add("1", "CREATE TABLE done (n int);");
    apply();
    add("2", "INSERT INTO done VALUES (2);");
    add("3", "INSERT INTO done VALUES (3); SELECT pg_advisory_unlock_all(); SELECT 1 / 0;");
    EXPECT_EQ(failure({.single_transaction = true}), "CM0504");
    EXPECT_EQ(rows(), "");
    add("3", "SELECT pg_advisory_unlock_all(); INSERT INTO done VALUES (3);");
    EXPECT_EQ(apply({.single_transaction = true}), (Names{"2", "3"}));
    add("4", "VACUUM done;");
    EXPECT_EQ(failure({.single_transaction = true}), "CM0517");
}

TEST_F(ApplyPending, says_who_holds_it_up_and_tries_again) {
    add("1", "CREATE TABLE done (n int);");
    apply();
    add("2", "ALTER TABLE done ADD m int;");
    test::Session reader(database_->url());
    reader.execute("BEGIN; LOCK TABLE done");
    std::vector<Blocker> blockers{};
    int attempts = 0;
    ApplyEvents events{};
    events.waiting = [&](LongStatement const& statement) {
        if (!statement.blockers.empty()) blockers = statement.blockers;
    };
    events.retrying = [&](history::Retry const& retry) {
        EXPECT_EQ(retry.reason.sqlstate, "55P03");
        attempts = retry.attempt;
        reader.execute("COMMIT");
    };
    EXPECT_EQ(apply({.lock_timeout = milliseconds{4000}}, events), Names{"2"});
    EXPECT_EQ(attempts, 1);
    ASSERT_EQ(blockers.size(), 1U);
    EXPECT_EQ(blockers.front().query, "BEGIN; LOCK TABLE done");
}

TEST_F(ApplyPending, looks_again_when_the_connection_was_lost) {
    add("1", "CREATE TABLE done (n int); SELECT pg_sleep(30);");
    ApplyEvents events{};
    events.waiting = [&](LongStatement const&) {
        value(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE "
            "'%pg_sleep(30)%' AND pid <> pg_backend_pid()");
    };
    EXPECT_EQ(failure({.lock_timeout = milliseconds{200}}, events), "CM0408");
    add("1", "CREATE TABLE done (n int);");
    EXPECT_EQ(apply(), Names{"1"});
}

TEST_F(ApplyPending, keeps_its_lock) {
    add("1", "SELECT pg_advisory_lock(7); DISCARD ALL; CREATE TABLE done (n int);");
    add("2", "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; SELECT pg_advisory_unlock_all();");
    auto open = session();
    apply_pending(open, {}, {});
    apply_script(open, "script", "SELECT pg_advisory_unlock_all()", {}, {});
    EXPECT_EQ(value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = "
                    "(SELECT oid FROM pg_database WHERE datname = current_database())"),
              "1");
    EXPECT_THROW(apply_script(open, "script", "SELECT 1 / 0", {}, {}), Failure);
}

TEST_F(ApplyPending, leaves_what_others_have_made) {
    add("1", "CREATE TABLE done (n int);");
    test::Session(database_->url()).execute("CREATE TABLE done (n int)");
    EXPECT_EQ(failure(), "CM0514");
    auto open = session();
    auto const baseline = plan_baseline(open, {});
    EXPECT_FALSE(baseline.difference.has_value());
    record_baseline(open, baseline);
    EXPECT_EQ(apply_pending(open, {}, {}), Names{});
    protect(open, "production");
    EXPECT_THROW(refuse_protected(open.migrations_table, *open.connection, "reset"), Failure);
    EXPECT_TRUE(unprotect(open));
}

}  // namespace

}  // namespace cm::engine
