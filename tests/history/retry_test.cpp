// What goes by is tried again: a lock that somebody holds, sessions that wait for each other.
#include "history/retry.hpp"

#include <thread>

#include "history/apply_fixture.hpp"
#include "history/compare.hpp"

namespace cm::history {
namespace {

TEST(Retry, KnowsWhatGoesBy) {
    for (auto const* const state : {"55P03", "40P01", "40001"})
        EXPECT_TRUE(is_transient(state)) << state;
    for (auto const* const state : {"", "42501", "57014", "23505"}) {
        EXPECT_FALSE(is_transient(state)) << state;
    }
}

/// Ends up waiting for a lock that the migration holds, while the migration waits for its own; the
/// migration is the one that notices, since this session takes its time about it.
class Deadlock : public Apply {
  protected:
    void SetUp() override {
        Apply::SetUp();
        if (IsSkipped()) return;
        connection_->execute("CREATE TABLE a (n int); CREATE TABLE b (n int)");
        // For the script, whose own settings end with it.
        connection_->execute(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = ''50ms''', "
            "current_database()); END $$");
        connection_->reconnect();
        other_ = std::make_unique<pg::Connection>(connection_->url());
        other_->execute("SET deadlock_timeout = '60s'");
    }

    void TearDown() override {
        if (connection_) {
            pg::Connection{connection_->url()}.execute(
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET deadlock_timeout', "
                "current_database()); END $$");
        }
        Apply::TearDown();
    }

    void wait_until_the_migration_waits() {
        pg::Connection looking{connection_->url()};
        while (looking.fetch("SELECT FROM pg_locks WHERE NOT granted AND relation = 'a'::regclass")
                   .empty()) {
            std::this_thread::sleep_for(std::chrono::milliseconds{5});
        }
    }

    /// Runs the script, which locks b and then a, against a session that has a and then wants b.
    void run_against_the_other(std::string const& script, ApplyOptions options) {
        other_->execute("BEGIN; LOCK a");
        std::thread waiting([&] {
            wait_until_the_migration_waits();
            other_->execute("LOCK b; COMMIT");
        });
        auto const join = [&](std::exception_ptr failed) {
            waiting.join();
            if (failed) std::rethrow_exception(failed);
        };
        try {
            apply(migration(script), migrations_table_, *connection_, sources_, options);
        } catch (...) {
            return join(std::current_exception());
        }
        join({});
    }

    std::unique_ptr<pg::Connection> other_{};
};

TEST_F(Deadlock, IsTriedAgain) {
    std::vector<std::string> told{};
    run_against_the_other("LOCK b;\nINSERT INTO b VALUES (1);\nINSERT INTO a VALUES (1);",
                          {.limits = {.retries = 3, .retrying = [&](Retry const& retry) {
                                          told.push_back(retry.reason.sqlstate);
                                      }}});
    EXPECT_EQ(told, std::vector<std::string>{"40P01"});
    EXPECT_EQ(value("SELECT count(*)::text FROM a"), "1");
    EXPECT_EQ(value("SELECT count(*)::text FROM b"), "1");
    EXPECT_TRUE(only_entry().is_finished);
}

TEST_F(Deadlock, IsTriedAgainInTheMiddleOfAFile) {
    std::vector<std::string> told{};
    run_against_the_other(
        "CREATE INDEX CONCURRENTLY i ON b (n);\nINSERT INTO b VALUES (1);\nINSERT INTO a VALUES "
        "(1);",
        {.limits = {.retries = 3, .retrying = [&](Retry const& retry) {
                        told.push_back(retry.reason.sqlstate);
                    }}});
    EXPECT_EQ(told, std::vector<std::string>{"40P01"});
    EXPECT_EQ(value("SELECT count(*)::text FROM b"), "1");
}

TEST_F(Deadlock, IsBusyInTheEndAndTheNextRunGoesOn) {
    auto const script = "CREATE INDEX CONCURRENTLY i ON b (n);\nLOCK b;\nINSERT INTO a VALUES (1);";
    try {
        run_against_the_other(script, {});
        FAIL() << "it succeeded";
    } catch (Failure const& failed) {
        EXPECT_EQ(failed.exit_code(), ExitCode::busy);
        expect_in(render(failed.diagnostics(), sources_, Color::never),
                  "the next `cm-migrate deploy` resumes from there");
    }
    Directory folder{};
    folder.migrations = {migration(script)};
    auto comparison = compare(folder, read(migrations_table_, *connection_));
    EXPECT_TRUE(goes_on(comparison));
    folder.migrations = {migration(script + std::string("\n-- edited"))};
    EXPECT_FALSE(goes_on(compare(folder, read(migrations_table_, *connection_))));
    history::resume(migration(script),
                    {comparison.stopped.at(0).entry, {comparison.stopped.at(0).record.done, false}},
                    migrations_table_, *connection_, sources_, {});
    EXPECT_TRUE(only_entry().is_finished);
    EXPECT_EQ(value("SELECT count(*)::text FROM a"), "1");
}

/// What a row tells that stopped after the first of the script's statements.
StoppedMigration stop_of(std::string const& script, std::string const& said,
                         bool in_flight = false) {
    Directory folder{};
    folder.migrations = {{"m", "m.sql", script, sha256(script)}};
    auto const cut = sql::split(script);
    auto const logs = to_text({.done = 1,
                               .total = cut.statements.size(),
                               .in_flight = in_flight,
                               .digest = digest_of(script, cut, 1)}) +
                      said;
    return compare(folder, {{.id = "1",
                             .checksum = sha256(script),
                             .migration_name = "m",
                             .is_finished = false,
                             .is_rolled_back = false,
                             .logs = logs,
                             .applied_steps_count = 1}})
        .stopped.at(0);
}

TEST(GoesOn, OnlyAfterWhatHasGoneBy) {
    std::string const script = "VACUUM;\nCREATE TABLE a ();\nBEGIN;\nCREATE TABLE b ();\nCOMMIT;";
    EXPECT_TRUE(stop_of(script, "").goes_on) << "a lost connection, a signal";
    auto const in_build = stop_of("VACUUM; CREATE INDEX CONCURRENTLY i ON t (a)", "", true);
    EXPECT_TRUE(in_build.goes_on && !in_build.in_doubt) << "the catalog will tell";
    for (auto const* const unknown : {"CALL p()", "CREATE INDEX CONCURRENTLY ON t (a)"}) {
        auto const stop = stop_of(std::string("VACUUM; ") + unknown, "", true);
        EXPECT_TRUE(stop.in_doubt && !stop.goes_on) << unknown;
    }
    for (auto const* const state : {"55P03", "40P01", "40001"}) {
        auto const said = fmt::format("\nERROR: (see below)\nmore ({})\nDETAIL: x (42P01)", state);
        EXPECT_TRUE(stop_of(script, said).goes_on) << state;
        EXPECT_FALSE(stop_of(script, said, true).goes_on) << "it is in doubt, and was told";
    }
    for (auto const* const state : {"23505", "57014", "42501", "53100"}) {
        EXPECT_FALSE(stop_of(script, fmt::format("\nERROR: no ({})", state)).goes_on) << state;
    }
    // Nobody has recorded whether the transaction of the script's own was committed.
    EXPECT_FALSE(
        stop_of("VACUUM;\nBEGIN;\nSELECT 1;\nCOMMIT AND CHAIN;\nSELECT 2;\nCOMMIT;", "").goes_on);
}

}  // namespace
}  // namespace cm::history
