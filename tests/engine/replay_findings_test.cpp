#include "engine/replay_findings.hpp"

#include <gtest/gtest.h>

#include "base/diagnostic_printer.hpp"

namespace cm::engine {

namespace {

using history::LeftOut;
using history::LeftOutBecause;

std::string shown(std::vector<LeftOut> const& left_out,
                  std::optional<std::string> const& no_private_server = {}) {
    SourceMap const sources{};
    return render(replay_findings(left_out, no_private_server), sources, Color::never);
}

TEST(ReplayFindings, are_silent_where_everything_was_replayed) {
    EXPECT_EQ(shown({}), "");
    EXPECT_FALSE(unverified({}, {}).has_value());
}

TEST(ReplayFindings, name_each_statement_once) {
    EXPECT_EQ(shown({{"migration `1`", "ALTER ROLE `a`", LeftOutBecause::reaches_out, ""},
                     {"migration `1`", "ALTER ROLE `a`", LeftOutBecause::reaches_out, ""},
                     {"migration `2`", "CHECKPOINT", LeftOutBecause::reaches_out, ""}}),
              "note[CM0540]: statements that reach outside of the database were not replayed\n"
              "  = note: migration `1`: ALTER ROLE `a`\n"
              "  = note: migration `2`: CHECKPOINT\n");
}

TEST(ReplayFindings, name_each_missing_role_once) {
    EXPECT_EQ(
        shown({{"migration `1`", "GRANT SELECT", LeftOutBecause::role_missing, "`b`, `a`"},
               {"migration `1`", "GRANT INSERT", LeftOutBecause::role_missing, "`a`"}}),
        "note[CM0541]: statements were not replayed because a role does not exist on this server\n"
        "  = note: migration `1`: GRANT SELECT, GRANT INSERT\n"
        "  = note: missing: `a`, `b`\n");
}

TEST(ReplayFindings, say_why_the_outcome_is_not_verified_and_what_would_help) {
    std::vector<LeftOut> const left_out{
        {"migration `1`", "a DO block", LeftOutBecause::hidden, "roles of the server: DROP ROLE"}};
    auto const doubt = unverified({left_out}, "no PostgreSQL server is installed");
    ASSERT_TRUE(doubt.has_value());
    EXPECT_EQ(doubt->reason,
              "a DO block in migration `1` was not replayed (roles of the server: DROP ROLE)");
    EXPECT_EQ(doubt->remedy,
              "it could be replayed on a private server, but: no PostgreSQL server is installed");
    EXPECT_NE(shown(left_out, "no PostgreSQL server is installed").find(doubt->remedy),
              std::string::npos);
    EXPECT_NE(unverified({left_out}, {})->remedy, doubt->remedy);
}

}  // namespace

}  // namespace cm::engine
