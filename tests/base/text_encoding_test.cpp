#include "base/text_encoding.hpp"

#include <gtest/gtest.h>

#include "base/diagnostic.hpp"

namespace cm {
namespace {

using namespace std::literals;

TEST(TextEncoding, SeesWideTexts) {
    EXPECT_EQ(wide_encoding("\xFF\xFEm\0o\0"sv), "UTF-16");
    EXPECT_EQ(wide_encoding("\xFE\xFF\0m\0o"sv), "UTF-16");
    EXPECT_EQ(wide_encoding("m\0o\0"sv), "UTF-16");
    EXPECT_EQ(wide_encoding("\0m\0o"sv), "UTF-16");
    EXPECT_EQ(wide_encoding("\xFF\xFE\0\0m\0\0\0"sv), "UTF-32");
    EXPECT_EQ(wide_encoding("\0\0\xFE\xFF\0\0\0m"sv), "UTF-32");
    EXPECT_EQ(wide_encoding("m\0\0\0o\0\0\0"sv), "UTF-32");
    EXPECT_EQ(wide_encoding("\0\0\0m"sv), "UTF-32");
}

TEST(TextEncoding, LeavesOthersAlone) {
    for (auto const text : {""sv, "m"sv, "model"sv, "\xEF\xBB\xBFmodel"sv, "m\xC3\xBC"sv}) {
        EXPECT_EQ(wide_encoding(text), "") << text;
        EXPECT_NO_THROW(require_utf8("x", text));
    }
    EXPECT_THROW(require_utf8("x", "\xFF\xFEm\0"sv), Failure);
    EXPECT_EQ(without_byte_order_mark("\xEF\xBB\xBFmodel"), "model");
}

}  // namespace
}  // namespace cm
