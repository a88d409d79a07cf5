// What is UTF-8 and what only looks like it (RFC 3629, section 3 and 4).
#include "base/utf8.hpp"

#include <gtest/gtest.h>

namespace cm::utf8 {

namespace {

TEST(Utf8, characters_come_back_as_they_were_written) {
    for (auto const code :
         {0x24U, 0x7FU, 0x80U, 0x7FFU, 0x800U, 0xD7FFU, 0xE000U, 0x10000U, 0x10FFFFU}) {
        std::string text{};
        append(text, code);
        auto const read = decode(text, 0);
        EXPECT_EQ(read.code, code);
        EXPECT_EQ(read.length, text.size());
        EXPECT_EQ(count(text + text), 2U);
        EXPECT_FALSE(find_invalid(text + text));
    }
}

TEST(Utf8, what_is_not_utf8_has_no_length) {
    for (auto const* const text :
         {"\x80", "\xC0\x80", "\xC1\xBF", "\xC3", "\xC3(", "\xE0\x80\x80", "\xE2\x82",
          "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"}) {
        EXPECT_EQ(decode(text, 0).length, 0U) << text;
        EXPECT_EQ(find_invalid("é" + std::string{text}), 2U) << text;
    }
}

TEST(Utf8, a_cut_leaves_whole_characters) {
    EXPECT_EQ(cut("aé€😀", 100), "aé€😀");
    EXPECT_EQ(cut("aé€😀", 10), "aé€😀");
    EXPECT_EQ(cut("aé€😀", 9), "aé€");
    EXPECT_EQ(cut("aé€😀", 5), "aé");
    EXPECT_EQ(cut("aé€😀", 2), "a");
    EXPECT_EQ(cut("é", 1), "");
}

}  // namespace

}  // namespace cm::utf8
