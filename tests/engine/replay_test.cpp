#include "engine/replay.hpp"

#include <gtest/gtest.h>

#include "base/file.hpp"
#include "schema/diff.hpp"
#include "support/database.hpp"
#include "support/project_folder.hpp"

namespace cm::engine {

namespace {

namespace fs = std::filesystem;

/// One of everything that a schema can hold, step by step.
std::vector<std::string> const scripts{
    "CREATE TYPE mood AS ENUM ('sad', 'o''k'); CREATE TABLE t (id serial PRIMARY KEY, m mood);",
    "CREATE TABLE \"U\" (a int, b text DEFAULT 'x\ty', t int REFERENCES t ON DELETE SET NULL);",
    "CREATE UNIQUE INDEX i ON \"U\" (a DESC, b) INCLUDE (t); CREATE SCHEMA other;",
    "ALTER TYPE mood ADD VALUE 'glad'; ALTER TABLE t ADD c numeric(10, 2)[] DEFAULT '{1,NULL}';",
    "CREATE INDEX CONCURRENTLY p ON t (id) WHERE m = 'sad'; DROP INDEX i;",
    "CREATE TABLE other.v (at timestamptz DEFAULT '2020-01-01 00:00:00+02', j jsonb);",
    "DROP TABLE \"U\";",
};

class StatesOfHistories : public testing::Test {
  protected:
    void SetUp() override {
        CM_NEEDS_SERVER();
        database_.emplace(test::server_url().value());
        for (std::size_t i = 0; i < scripts.size(); ++i) {
            home_.add(
                {fmt::format("prisma/migrations/2026010100000{}_m/migration.sql", i), scripts[i]});
        }
        project_ =
            open_project({.working_directory = home_.project(), .variables = {}},
                         {.schema = {}, .configuration = {}, .url = database_->url()}, sources_);
    }

    Session session() {
        return open_session(project_, sources_, {.url = pg::parse_url(database_->url())}, {}, {});
    }

    /// As one run of the program sees it; `first` of the migrations.
    schema::Schema state(std::size_t first) {
        auto open = session();
        auto migrations = open.directory.migrations;
        migrations.resize(first);
        return Replay{open}.state_after(migrations);
    }

    /// The same without anything that was kept.
    schema::Schema replayed(std::size_t first) {
        auto open = session();
        auto migrations = open.directory.migrations;
        migrations.resize(first);
        return Replay{project_, sources_, open.target, {}, {}}.state_after(migrations);
    }

    fs::path kept() const { return home_.project() / ".cm-migrate/states"; }

    test::ProjectFolder home_{};
    std::optional<test::TestDatabase> database_{};
    SourceMap sources_{};
    Project project_{};
};

TEST_F(StatesOfHistories, are_the_same_whether_replayed_or_kept) {
    CM_NEEDS_SERVER();
    for (std::size_t first = 0; first <= scripts.size(); ++first) {
        auto const truth = replayed(first);
        EXPECT_TRUE(state(first) == truth) << first;
        ASSERT_TRUE(fs::exists(kept()));
        EXPECT_TRUE(state(first) == truth) << first;
        EXPECT_TRUE(schema::diff(state(first), truth).empty()) << first;
    }
}

TEST_F(StatesOfHistories, need_no_scratch_database_once_they_are_kept) {
    CM_NEEDS_SERVER();
    auto const before = state(scripts.size());
    // What would fail if it were run again: the file's hash is that of the text that was run.
    auto open = session();
    auto migrations = open.directory.migrations;
    migrations.back().script = "this is no SQL";
    EXPECT_TRUE(Replay{open}.state_after(migrations) == before);
}

TEST_F(StatesOfHistories, are_replayed_when_a_file_was_edited) {
    CM_NEEDS_SERVER();
    auto const before = state(scripts.size());
    home_.add({"prisma/migrations/20260101000006_m/migration.sql", "CREATE TABLE w (a int);"});
    auto const after = state(scripts.size());
    EXPECT_FALSE(after == before);
    EXPECT_TRUE(after == replayed(scripts.size()));
}

TEST_F(StatesOfHistories, are_made_anew_from_a_damaged_file) {
    CM_NEEDS_SERVER();
    auto const before = state(scripts.size());
    for (auto const& entry : fs::directory_iterator{kept()}) {
        write_file(entry.path(), read_file(entry.path()).substr(0, 100));
    }
    EXPECT_TRUE(state(scripts.size()) == before);
}

TEST_F(StatesOfHistories, can_still_be_asked_about_expressions) {
    CM_NEEDS_SERVER();
    state(scripts.size());
    auto open = session();
    Replay replay{open};
    replay.state_after(open.directory.migrations);
    auto const rows = replay.connection().fetch("SELECT 'glad'::mood::text AS mood");
    EXPECT_EQ(rows[0].text("mood"), "glad");
}

}  // namespace

}  // namespace cm::engine
