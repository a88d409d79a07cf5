// A script that gives our lock away: whoever waits for it is quick.
#include "history/session_reset.hpp"

#include <optional>
#include <thread>

#include "history/apply_fixture.hpp"
#include "pg/advisory_lock.hpp"

namespace cm::history {
namespace {

/// Our lock, for which another session waits.
class WaitedFor : public Apply {
  protected:
    void SetUp() override {
        Apply::SetUp();
        if (IsSkipped()) return;
        lock_.emplace(*connection_, "ours", std::chrono::seconds{1}, nullptr);
        options_.limits.lock = {lock_->hold_statement(), lock_->restore_statements()};
        auto const hold = lock_->hold_statement();
        auto const key = hold.substr(hold.find('('));
        other_ = std::make_unique<pg::Connection>(connection_->url());
        waiting_ = std::thread(
            [this, key] { other_->execute("SELECT pg_catalog.pg_advisory_lock" + key); });
        pg::Connection looking{connection_->url()};
        while (looking.fetch("SELECT FROM pg_locks" + ours_ + " AND NOT granted").empty()) {
            std::this_thread::sleep_for(std::chrono::milliseconds{5});
        }
    }

    void TearDown() override {
        lock_.reset();
        if (waiting_.joinable()) waiting_.join();
        Apply::TearDown();
    }

    std::string const ours_ =
        " WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = "
        "current_database())";
    std::optional<pg::AdvisoryLock> lock_{};
    ApplyOptions options_{};
    std::unique_ptr<pg::Connection> other_{};
    std::thread waiting_{};
};

TEST_F(WaitedFor, IsMissedWhenItWentWithTheUndoneScript) {
    try {
        apply(migration("SELECT pg_advisory_unlock_all(); SELECT 1/0"), migrations_table_,
              *connection_, sources_, options_);
        FAIL() << "it succeeded";
    } catch (Failure const& failed) {
        EXPECT_EQ(failed.diagnostics().front().code, "CM0407");
        EXPECT_EQ(failed.exit_code(), ExitCode::busy);
    }
}

TEST_F(WaitedFor, OutlastsADiscardAll) {
    apply(migration("DISCARD ALL"), migrations_table_, *connection_, sources_, options_);
    EXPECT_EQ(value("SELECT count(*)::text FROM pg_locks" + ours_ +
                    " AND granted AND pid = pg_backend_pid()"),
              "1");
}

}  // namespace
}  // namespace cm::history
