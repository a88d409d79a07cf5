#include "pg/percent.hpp"

#include <gtest/gtest.h>

namespace cm::pg {
namespace {

TEST(Percent, DecodesAndEncodes) {
    EXPECT_EQ(percent_decode("a%20b%C3%A9"), "a b\xC3\xA9");
    EXPECT_EQ(percent_decode("a%2"), std::nullopt);
    EXPECT_EQ(percent_decode("a%zz"), std::nullopt);
    EXPECT_EQ(percent_encode("a b/\xC3\xA9~"), "a%20b%2F%C3%A9~");
    EXPECT_EQ(percent_encode("a/b", "/"), "a/b");
}

}  // namespace
}  // namespace cm::pg
