// What keeps a cluster from being made; that it works is local_server_test's business.
#include "pg/cluster.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/diagnostic.hpp"
#include "base/file.hpp"

namespace cm::pg {
namespace {

namespace fs = std::filesystem;

std::string code(std::function<void()> const& call) {
    try {
        call();
    } catch (Failure const& failed) {
        return std::string(failed.diagnostics().front().code);
    }
    return "no failure";
}

fs::path new_folder() {
    auto pattern = (fs::temp_directory_path() / "cm-cluster-XXXXXX").string();
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    return pattern;
}

TEST(ClusterFolder, MustNotBeSomebodyElses) {
    auto const folder = new_folder();
    RemovalGuard const guard(folder);
    EXPECT_EQ(code([&] { make_private_folder(folder / "mine", {}); }), "no failure");
    EXPECT_EQ(code([&] { make_private_folder(folder / "mine", {}); }), "no failure");
    EXPECT_EQ(fs::status(folder / "mine").permissions(), fs::perms(0700));
    EXPECT_EQ(code([&] { make_private_folder(folder / "no" / "parent", {}); }), "CM0411");
    fs::create_symlink(folder / "mine", folder / "link");
    EXPECT_EQ(code([&] { make_private_folder(folder / "link", {}); }), "CM0411");
    if (::geteuid() != 0) {
        EXPECT_EQ(code([] { make_private_folder("/usr", {}); }), "CM0411");
    } else {
        ASSERT_EQ(::chown((folder / "mine").c_str(), 12345, 12345), 0);
        EXPECT_EQ(code([&] { make_private_folder(folder / "mine", {}); }), "CM0411");
    }
}

/// In a root folder without any program.
TEST(ClusterPrograms, MayBeMissing) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "needs root, to hide the installed programs";
    }
    auto const folder = new_folder();
    RemovalGuard const guard(folder);
    auto const child = ::fork();
    if (child == 0) {
        bool const hidden = ::chroot(folder.c_str()) == 0 && ::chdir("/") == 0;
        ::_exit(hidden && code([] {
                              initialise({"/data", "/s", "/log", {}});
                          }) == "CM0410"
                    ? 0
                    : 1);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
}

TEST(ClusterLog, IsQuotedWhenTheServerDoesNotStart) {
    auto const folder = new_folder();
    RemovalGuard const guard(folder);
    auto const user = unprivileged_user();
    fs::permissions(folder, fs::perms(0755));
    make_private_folder(folder / "data", user);  // no cluster in it
    try {
        start({folder / "data", folder / "data", folder / "log", user}, {});
        FAIL() << "it started";
    } catch (Failure const& failed) {
        if (failed.diagnostics().front().code == "CM0410") {
            GTEST_SKIP() << "no PostgreSQL server is installed";
        }
        EXPECT_EQ(failed.diagnostics().front().code, "CM0411");
        EXPECT_NE(failed.diagnostics().front().notes.front().find("postgresql.conf"),
                  std::string::npos);
    }
}

}  // namespace
}  // namespace cm::pg
