#include "base/run_in_parallel.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace cm {

namespace {

/// What is caught of the two, and whether the second had run by then.
std::string thrown_by(bool first_fails, bool second_fails) {
    bool has_run = false;
    try {
        run_in_parallel(
            [&] {
                if (first_fails) throw std::runtime_error("first");
            },
            [&] {
                has_run = true;
                if (second_fails) throw std::runtime_error("second");
            });
    } catch (std::runtime_error const& failed) {
        return std::string(failed.what()) + (has_run ? "" : ", alone");
    }
    return has_run ? "nothing" : "nothing, alone";
}

TEST(Both, run_and_are_waited_for) {
    std::string first{};
    std::string second{};
    run_in_parallel([&] { first = "a"; }, [&] { second = std::string(1 << 20, 'b'); });
    EXPECT_EQ(first, "a");
    EXPECT_EQ(second.size(), 1U << 20U);
}

TEST(Both, throw_what_the_first_has_thrown_if_it_has) {
    EXPECT_EQ(thrown_by(false, false), "nothing");
    EXPECT_EQ(thrown_by(false, true), "second");
    EXPECT_EQ(thrown_by(true, true).substr(0, 5), "first");
    EXPECT_EQ(thrown_by(true, false).substr(0, 5), "first");
}

}  // namespace

}  // namespace cm
