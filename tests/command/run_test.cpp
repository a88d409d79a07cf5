// What stops a command is printed and becomes the exit code.
#include "command/run.hpp"

#include <gtest/gtest.h>

namespace cm::command {

namespace {

struct Outcome {
    ExitCode exit_code{};
    std::string printed{};
};

Outcome outcome(std::function<ExitCode()> const& action) {
    Terminal terminal{{}};
    Context context{.terminal = terminal};
    testing::internal::CaptureStderr();
    auto const exit_code = report_failures(context, action);
    return {exit_code, testing::internal::GetCapturedStderr()};
}

TEST(Guarded, success_says_nothing) {
    auto const result = outcome([] { return ExitCode::pending; });
    EXPECT_EQ(result.exit_code, ExitCode::pending);
    EXPECT_EQ(result.printed, "");
}

TEST(Guarded, a_failure_has_its_own_exit_code) {
    auto const result = outcome([]() -> ExitCode {
        throw Failure(error("CM0404", "no `{}`", "x"), ExitCode::cannot_connect);
    });
    EXPECT_EQ(result.exit_code, ExitCode::cannot_connect);
    EXPECT_EQ(result.printed, "error[CM0404]: no `x`\n");
}

TEST(Guarded, what_nobody_expected_is_our_fault) {
    auto const result = outcome([]() -> ExitCode { throw std::runtime_error("odd"); });
    EXPECT_EQ(result.exit_code, ExitCode::failure);
    EXPECT_NE(result.printed.find("error[CM0000]: odd"), std::string::npos);
}

}  // namespace

}  // namespace cm::command
