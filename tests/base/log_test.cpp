// What is written to a log, and what never is.
#include "base/log.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <regex>

#include "base/diagnostic.hpp"
#include "support/case_file.hpp"

namespace cm {
namespace {

using log::Level;

/// Each test has a process of its own: a log that is open stays open.
class Log : public testing::Test {
  protected:
    void SetUp() override {
        char pattern[] = "/tmp/cm-log-XXXXXX";
        ASSERT_NE(::mkdtemp(pattern), nullptr);
        folder_ = pattern;
    }

    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path file() const { return folder_ / "log"; }

    /// What is in the file after `work`, done in a child with a log.
    std::string written(Level level, log::Format format, std::function<void()> const& work) const {
        auto const child = ::fork();
        if (child == 0) {
            log::open({file(), level, format});
            work();
            ::_exit(log::failure() ? 1 : 0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        EXPECT_EQ(status, 0);
        return test::read_text(file());
    }

    /// Without what differs from run to run.
    std::string shown(Level level, log::Format format, std::function<void()> const& work) const {
        auto const text = written(level, format, work);
        auto const timed =
            std::regex_replace(text, std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)"), "T");
        return std::regex_replace(timed, std::regex(R"((T |"process":)\d+)"), "$01P");
    }

    std::filesystem::path folder_{};
};

TEST_F(Log, IsOffUntilItIsOpened) {
    EXPECT_FALSE(log::is_on(Level::error));
    log::write(Level::error, "nobody reads this");
}

TEST_F(Log, WritesValuesAsText) {
    EXPECT_EQ(shown(Level::info, log::Format::text,
                    [] {
                        log::write(Level::info, "a b",
                                   {{"n", 3},
                                    {"plain", "x.y"},
                                    {"quoted", "x \"y\"\n"},
                                    {"time", std::chrono::microseconds{1500}},
                                    {"truth", true},
                                    {"empty", ""},
                                    {"none", std::optional<int>{}}});
                        log::write(Level::debug, "below the level");
                    }),
              "T P info    a b n=3 plain=x.y quoted=\"x \\\"y\\\"\\n\" time=1.500 truth=true\n");
}

TEST_F(Log, WritesJson) {
    EXPECT_EQ(
        shown(
            Level::trace, log::Format::json,
            [] {
                log::write(
                    Level::warning, "odd\tname",
                    {{"bytes", "a\xff\x01z\x7f\xc2\x9b\xe2\x80\xae"}, {"n", -1}, {"truth", false}});
            }),
        "{\"timestamp\":\"T\",\"level\":\"warning\",\"process\":P,\"event\":\"odd\\tname\","
        "\"bytes\":\"a\xEF\xBF\xBD\\u0001z\\u007f\\u009b\\u202e\",\"n\":-1,\"truth\":false}\n");
}

TEST_F(Log, KnowsWhatItIsAbout) {
    EXPECT_EQ(shown(Level::info, log::Format::text,
                    [] {
                        log::set_database("app");
                        {
                            log::InMigration const in("1_a");
                            log::write(Level::info, "one");
                            log::write(Level::info, "two", {{"database", "other"}});
                        }
                        log::write(Level::info, "three");
                    }),
              "T P info    one database=app migration=1_a\n"
              "T P info    two migration=1_a database=other\n"
              "T P info    three database=app\n");
}

TEST_F(Log, HidesPasswordsInEveryText) {
    auto const text = written(Level::trace, log::Format::json, [] {
        log::write(Level::info, "statement", {{"sql", "ALTER ROLE a PASSWORD 'geheim'"}});
        log::write(Level::info, "url", {{"url", "postgresql://ada:geheim@localhost/app"}});
        log::swallowed("connecting", std::runtime_error("password=geheim"));
    });
    EXPECT_EQ(text.find("geheim"), std::string::npos) << text;
}

TEST_F(Log, CutsLongTextsUnlessAllIsWanted) {
    std::string const text(10'000, 'x');
    auto const work = [&] { log::write(Level::info, "e", {{"t", text}}); };
    EXPECT_LT(written(Level::debug, log::Format::text, work).size(), 5'000U);
    EXPECT_GT(written(Level::trace, log::Format::text, work).size(), 10'000U);
}

TEST_F(Log, AppendsAndIsReadByItsOwnerOnly) {
    auto const work = [] { log::write(Level::info, "e"); };
    auto const once = written(Level::info, log::Format::text, work).size();
    EXPECT_GT(written(Level::info, log::Format::text, work).size(), once);

    struct stat found {};

    ASSERT_EQ(::stat(file().c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0600U);
}

TEST_F(Log, CannotBeOpenedInNoFolder) {
    try {
        log::open({folder_ / "nowhere/log", Level::info, log::Format::text});
        FAIL();
    } catch (Failure const& failure) {
        EXPECT_EQ(failure.diagnostics().front().code, "CM0014");
    }
    EXPECT_FALSE(log::is_on(Level::error));
}

TEST_F(Log, GoesOnInAChildThatHasClosedAllFiles) {
    auto const text = shown(Level::info, log::Format::text, [] {
        for (int descriptor = 3; descriptor < 64; ++descriptor) ::close(descriptor);
        log::open_in_child();
        log::write(Level::info, "still there");
    });
    EXPECT_EQ(text, "T P info    still there\n");
}

TEST_F(Log, TurnsItselfOffOnAFullDisk) {
    if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full here";
    auto const child = ::fork();
    if (child == 0) {
        log::open({"/dev/full", Level::info, log::Format::text});
        log::write(Level::info, "lost");
        ::_exit(log::failure() && !log::is_on(Level::error) ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace cm
