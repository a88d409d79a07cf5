#include "pg/advisory_lock.hpp"

#include <gtest/gtest.h>

#include "base/diagnostic.hpp"
#include "support/database.hpp"

namespace cm::pg {
namespace {

using namespace std::chrono_literals;

TEST(AdvisoryLock, LetsOneInAndNamesIt) {
    CM_NEEDS_SERVER();
    test::TestDatabase const database(*test::server_url());
    Connection first(parse_url(database.url()));
    Connection second(parse_url(database.url()));
    std::vector<int> holders{};
    auto const waiting = [&](LockHolder const& holder) { holders.push_back(holder.pid); };
    {
        AdvisoryLock const held(first, "key", 0ms, waiting);
        EXPECT_TRUE(holders.empty());
        AdvisoryLock const other_key(second, "another key", 0ms, waiting);
        try {
            AdvisoryLock const refused(second, "key", 100ms, waiting);
            FAIL() << "both hold it";
        } catch (Failure const& failed) {
            EXPECT_EQ(failed.exit_code(), ExitCode::busy);
            EXPECT_EQ(failed.diagnostics().front().code, "CM0407");
            EXPECT_NE(failed.diagnostics().front().notes.front().find("`cm-migrate`"),
                      std::string::npos);
        }
        EXPECT_EQ(holders, std::vector{first.backend_pid()});
    }
    EXPECT_NO_THROW(AdvisoryLock(second, "key", 0ms, waiting));
}

}  // namespace
}  // namespace cm::pg
