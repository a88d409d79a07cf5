#include "command/duration.hpp"

#include <gtest/gtest.h>

namespace cm::command {
namespace {

using std::chrono::milliseconds;

std::optional<milliseconds> setting(std::string_view text) {
    return parse_duration(text, BareNumber::milliseconds);
}

TEST(Duration, ABareNumberIsMillisecondsAsInPostgres) {
    EXPECT_EQ(setting("5000"), milliseconds{5000});
    EXPECT_EQ(setting("0"), milliseconds{0});
}

TEST(Duration, OursNeedsAUnit) {
    EXPECT_EQ(parse_duration("5000", BareNumber::needs_unit), std::nullopt);
    EXPECT_EQ(parse_duration("0", BareNumber::needs_unit), milliseconds{0});
    EXPECT_EQ(parse_duration("30s", BareNumber::needs_unit), milliseconds{30'000});
    EXPECT_NE(why_no_duration("30").find("write `30s` for seconds"), std::string::npos);
}

TEST(Duration, TakesTheUnitsOfPostgres) {
    EXPECT_EQ(setting("250ms"), milliseconds{250});
    EXPECT_EQ(setting("2m"), milliseconds{120'000});
    EXPECT_EQ(setting("2min"), milliseconds{120'000});
    EXPECT_EQ(setting("1.5 s"), milliseconds{1500});
    EXPECT_EQ(setting("1h"), milliseconds{3'600'000});
    EXPECT_EQ(setting("1d"), milliseconds{86'400'000});
}

TEST(Duration, RefusesWhatIsNone) {
    for (auto const* text :
         {"", "s", "-1s", "5x", "soon", "inf", "5 s s", "1e3s", "25d", "99999999999"}) {
        EXPECT_EQ(setting(text), std::nullopt) << text;
        EXPECT_FALSE(why_no_duration(text).empty());
    }
}

}  // namespace
}  // namespace cm::command
