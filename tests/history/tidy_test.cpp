// A script that gives our lock away and fails: whoever was quick enough has it now.
#include "history/tidy.hpp"

#include <thread>

#include "history/apply_fixture.hpp"
#include "pg/advisory_lock.hpp"

namespace cm::history {
namespace {

TEST_F(Apply, MissesTheLockThatWentWithTheUndoneScript) {
    pg::AdvisoryLock const lock{*connection_, "ours", std::chrono::seconds{1}, {}};
    pg::Connection other{connection_->url()};
    std::string const key = "SELECT pg_catalog.pg_advisory_xact_lock";
    auto const hold = lock.hold_statement();
    ASSERT_TRUE(hold.starts_with(key));
    std::thread waiting(
        [&] { other.execute("SELECT pg_catalog.pg_advisory_lock" + hold.substr(key.size())); });
    pg::Connection looking{connection_->url()};
    while (looking
               .fetch("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND "
                      "database = (SELECT oid FROM pg_database WHERE datname = "
                      "current_database())")
               .empty()) {
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    ApplyOptions options{};
    options.limits.lock = {hold, lock.restore_statements()};
    std::string code{};
    try {
        apply(migration("SELECT pg_advisory_unlock_all(); SELECT 1/0"), ledger_, *connection_,
              sources_, options);
    } catch (Failure const& failed) {
        code = failed.diagnostics().front().code;
        EXPECT_EQ(failed.exit_code(), ExitCode::busy);
    }
    waiting.join();
    EXPECT_EQ(code, "CM0407");
}

}  // namespace
}  // namespace cm::history
