#include "base/process.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/diagnostic.hpp"

namespace cm {
namespace {

TEST(Process, GivesStatusAndOutput) {
    auto const result = run({"sh", "-c", "echo out; echo err >&2; exit 3"});
    EXPECT_EQ(result.status, 3);
    EXPECT_EQ(result.output, "out\nerr\n");
}

TEST(Process, PassesArgumentsWithoutAShell) {
    EXPECT_EQ(run({"printf", "%s|", "$HOME `id`", "a b"}).output, "$HOME `id`|a b|");
}

TEST(Process, SaysWhenAProgramIsMissingOrKilled) {
    EXPECT_EQ(run({"no-such-program-at-all"}).status, 127);
    EXPECT_EQ(run({"sh", "-c", "kill -9 $$"}).status, 128 + 9);
}

TEST(Process, SetsEnvironmentAndFolder) {
    auto const result = run({"sh", "-c", "echo $CM_WORD; pwd"},
                            {.folder = "/usr", .environment = {{"CM_WORD", "x y"}}});
    EXPECT_EQ(result.output, "x y\n/usr\n");
}

TEST(Process, DropsRoot) {
    auto const user = unprivileged_user();
    if (!user) {
        GTEST_SKIP() << "needs root";
    }
    EXPECT_EQ(run({"id", "-u"}, {.user = user}).output, std::to_string(user->id) + "\n");
    EXPECT_EQ(run({"id", "-G"}, {.user = user}).output, std::to_string(user->group) + "\n");
}

TEST(Process, RunsACommandLine) {
    EXPECT_EQ(run_shell("exit 4", {}), 4);
    EXPECT_EQ(run_shell("test \"$A\" = b", {.environment = {{"A", "b"}}}), 0);
}

TEST(Process, StartsDetachedOnlyWithALog) {
    try {
        start_detached({"true"}, "/no/such/folder/log");
        FAIL() << "it started";
    } catch (Failure const& failed) {
        EXPECT_EQ(failed.diagnostics().front().code, "CM0013");
    }
}

}  // namespace
}  // namespace cm
