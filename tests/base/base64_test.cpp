#include "base/base64.hpp"

#include <gtest/gtest.h>

namespace cm {
namespace {

TEST(Base64, test_vectors_of_the_standard) {
    EXPECT_EQ(to_base64(""), "");
    EXPECT_EQ(to_base64("f"), "Zg==");
    EXPECT_EQ(to_base64("fo"), "Zm8=");
    EXPECT_EQ(to_base64("foo"), "Zm9v");
    EXPECT_EQ(to_base64("foobar"), "Zm9vYmFy");
}

TEST(Base64, every_byte_comes_back) {
    std::string all{};
    for (int i = 0; i < 256; ++i) {
        all += static_cast<char>(i);
        EXPECT_EQ(from_base64(to_base64(all)), all);
    }
}

TEST(Base64, what_is_not_whole_is_refused) {
    for (auto const* const text : {"Zg", "Zg=", "Zm9v!mFy", "Zh==", "Zm9=", "====", "Z==="}) {
        EXPECT_EQ(from_base64(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace cm
