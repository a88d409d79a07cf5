#include "schema/pull/edits.hpp"

#include <gtest/gtest.h>

namespace cm::schema {

namespace {

class EditsTest : public testing::Test {
  protected:
    Span at(std::string_view part) const {
        auto const begin = static_cast<std::uint32_t>(sources.text(file).find(part));
        return {file, begin, begin + static_cast<std::uint32_t>(part.size())};
    }

    SourceMap sources{};
    FileId file = sources.add("x", "model A {\n  a Int\n  /// about b\n  b Int // b\n}\n");
    Edits edits{sources};
};

TEST_F(EditsTest, lines_go_with_their_documentation) {
    edits.remove_lines(at("b Int"));
    EXPECT_EQ(edits.text(file), "model A {\n  a Int\n}\n");
}

TEST_F(EditsTest, what_is_replaced_keeps_the_comment_behind_it) {
    edits.replace(at("b Int"), "b String");
    EXPECT_EQ(edits.text(file), "model A {\n  a Int\n  /// about b\n  b String // b\n}\n");
}

TEST_F(EditsTest, new_lines_come_in_the_order_of_the_calls) {
    edits.add_line_behind(at("a Int"), "  x");
    edits.add_line_behind(at("a Int"), "  y");
    edits.add_line_above_end(at("model A {\n  a Int\n  /// about b\n  b Int // b\n}"), "  z");
    edits.append(file, "enum E {}\n");
    EXPECT_EQ(edits.text(file),
              "model A {\n  a Int\n  x\n  y\n  /// about b\n  b Int // b\n  z\n}\n\nenum E {}\n");
}

TEST_F(EditsTest, a_line_may_go_and_others_take_its_place) {
    edits.add_line_behind(at("a Int"), "  x");
    edits.remove_lines(at("a Int"));
    EXPECT_EQ(edits.text(file), "model A {\n  x\n  /// about b\n  b Int // b\n}\n");
}

}  // namespace

}  // namespace cm::schema
