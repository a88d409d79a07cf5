// By its first line a file is known that nobody has edited.
#include "schema/pull/sql_mark.hpp"

#include <gtest/gtest.h>

namespace cm::schema {
namespace {

TEST(SqlMark, is_intact_until_somebody_edits_the_file) {
    auto const file = marked("CREATE TABLE t ();\n\n-- end\n");
    EXPECT_TRUE(is_as_marked(file));
    EXPECT_FALSE(is_as_marked(file + "-- mine\n"));
    EXPECT_FALSE(is_as_marked("CREATE TABLE t ();\n"));
    EXPECT_FALSE(is_as_marked(""));
    EXPECT_FALSE(is_as_marked(file.substr(1)));
}

TEST(SqlMark, does_not_look_at_what_ends_lines) {
    std::string windows{};
    for (auto const letter : marked("CREATE TABLE t ();\n-- end\n"))
        windows += letter == '\n' ? std::string("\r\n") : std::string(1, letter);
    EXPECT_TRUE(is_as_marked(windows));
}

}  // namespace
}  // namespace cm::schema
