// The process that cleans up writes to the log, where its errors are all that is left of them.
#include "pg/cleanup_process.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

#include "base/log.hpp"
#include "support/case_file.hpp"

namespace cm::pg {
namespace {

/// What is logged when a watcher goes, with or without a farewell.
std::string logged(bool says_farewell, std::function<void()> const& tidy) {
    auto const file = fmt::format("/tmp/cm-watcher-{}.log", ::getpid());
    auto const child = ::fork();
    if (child == 0) {
        log::open({file, log::Level::debug, log::Format::text});
        {
            CleanupProcess cleanup_process(tidy);
            if (says_farewell) cleanup_process.disarm();
        }
        ::_exit(0);
    }
    ::waitpid(child, nullptr, 0);
    auto text = test::read_text(file);
    std::filesystem::remove(file);
    return text;
}

TEST(CleanupProcess, LogsThatItCleansUp) {
    auto const text = logged(false, [] {});
    EXPECT_NE(text.find(" cleaning up after a process that has ended parent="), std::string::npos);
    EXPECT_NE(text.find(" cleaned up"), std::string::npos);
    EXPECT_NE(text.find(" cleanup process ended"), std::string::npos);
    EXPECT_NE(text.find(" status=0"), std::string::npos) << text;
}

TEST(CleanupProcess, LogsWhyItCannotCleanUp) {
    auto const text = logged(false, [] { throw std::runtime_error("no way in"); });
    EXPECT_NE(text.find(" cleaning up failed error=\"no way in\""), std::string::npos) << text;
    EXPECT_NE(text.find("error   cleanup process ended"), std::string::npos) << text;
}

TEST(CleanupProcess, HasNothingToCleanUpAfterAFarewell) {
    auto const text = logged(true, [] { throw std::runtime_error("no way in"); });
    EXPECT_EQ(text.find("cleaning up"), std::string::npos) << text;
}

}  // namespace
}  // namespace cm::pg
