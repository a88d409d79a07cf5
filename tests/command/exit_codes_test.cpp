#include "command/exit_codes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace cm::command {
namespace {

TEST(ExitCodes, AreInOrderAndExplained) {
    auto const all = exit_codes();
    EXPECT_TRUE(std::is_sorted(all.begin(), all.end(),
                               [](auto const& a, auto const& b) { return a.code < b.code; }));
    std::set<ExitCode> codes{};
    for (auto const& one : all) {
        codes.insert(one.code);
        auto const text = explain_exit_code(std::to_string(static_cast<int>(one.code)));
        EXPECT_NE(text.find(one.meaning), std::string::npos);
    }
    for (auto const code :
         {ExitCode::ok, ExitCode::failure, ExitCode::usage, ExitCode::pending, ExitCode::drift,
          ExitCode::failed_migration, ExitCode::cannot_connect, ExitCode::busy,
          ExitCode::not_verified, ExitCode::misconfigured, ExitCode::interrupted}) {
        EXPECT_TRUE(codes.contains(code)) << static_cast<int>(code);
    }
    EXPECT_EQ(explain_exit_code("77"), "");
}

}  // namespace
}  // namespace cm::command
