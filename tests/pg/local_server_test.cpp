// The project's private server; needs PostgreSQL's binaries, not a running server.
#include "pg/local_server.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "base/file.hpp"
#include "pg/connection.hpp"

namespace cm::pg {
namespace {

namespace fs = std::filesystem;

class LocalServerFolder : public testing::TestWithParam<std::string> {
  protected:
    void SetUp() override {
        if (!find_server_binaries()) {
            GTEST_SKIP() << "no PostgreSQL server is installed";
        }
        auto pattern = (fs::temp_directory_path() / "cm-project-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        root_ = pattern;
        fs::permissions(root_, fs::perms(0755));
        server_.folder = root_ / GetParam() / ".cm-migrate" / "postgres";
    }

    void TearDown() override {
        if (root_.empty()) {
            return;
        }
        stop(server_);
        auto const place = read_file_if_exists(server_.folder / "place");
        if (place) {
            fs::remove_all(place->substr(0, place->find('\n')));
        }
        fs::remove_all(root_);
    }

    void expect_it_works() {
        Connection connection(url(server_, "postgres"));
        EXPECT_EQ(connection.fetch("SELECT 1 AS one")[0].integer("one"), 1);
        EXPECT_EQ(connection.fetch("SHOW listen_addresses")[0].text("listen_addresses"), "");
    }

    fs::path root_{};
    LocalServer server_{};
};

TEST_P(LocalServerFolder, StartsStopsAndStartsAgain) {
    EXPECT_EQ(state(server_), LocalServerState::absent);
    start(server_);
    EXPECT_EQ(state(server_), LocalServerState::running);
    expect_it_works();
    start(server_);
    stop(server_);
    EXPECT_EQ(state(server_), LocalServerState::stopped);
    stop(server_);
    start(server_);
    expect_it_works();
}

INSTANTIATE_TEST_SUITE_P(Paths, LocalServerFolder,
                         testing::Values("plain", "with blank, \"quotes\", $dollar and `ticks`",
                                         std::string(120, 'x')));

class PlainFolder : public LocalServerFolder {};

TEST_P(PlainFolder, StartsFromSeveralProcessesAtOnce) {
    std::vector<pid_t> children{};
    for (int i = 0; i < 4; ++i) {
        children.push_back(::fork());
        if (children.back() == 0) {
            try {
                start(server_);
                Connection connection(url(server_, "postgres"));
                ::_exit(0);
            } catch (std::exception const&) {
                ::_exit(1);
            }
        }
    }
    for (auto const child : children) {
        int status = -1;
        ::waitpid(child, &status, 0);
        EXPECT_EQ(status, 0);
    }
    expect_it_works();
}

TEST_P(PlainFolder, StartsAfterACrash) {
    start(server_);
    auto const file = server_.folder / "data" / "postmaster.pid";
    auto const process = std::stoi(read_file(file));
    ::kill(process, SIGKILL);
    for (int i = 0; i < 500 && ::kill(process, 0) == 0; ++i) {
        ::waitpid(process, nullptr, WNOHANG);
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(300));  // its children notice
    EXPECT_EQ(state(server_), LocalServerState::stopped);
    // The worst case: the number in the left-over file belongs to a living process by now.
    auto text = read_file(file);
    std::ofstream(file) << ::getpid() << text.substr(text.find('\n'));
    start(server_);
    expect_it_works();
}

TEST_P(PlainFolder, WorksWhereTheServersUserCannotEnter) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "needs root";
    }
    fs::permissions(root_, fs::perms(0700));
    start(server_);
    expect_it_works();
    EXPECT_TRUE(fs::exists(server_.folder / "place"));
    stop(server_);
    start(server_);
    expect_it_works();
}

INSTANTIATE_TEST_SUITE_P(Plain, PlainFolder, testing::Values("plain"));

}  // namespace
}  // namespace cm::pg
