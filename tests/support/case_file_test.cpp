// The txtar format as this project uses it.
#include "support/case_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

namespace cm::test {

namespace {

constexpr std::string_view example = R"(Adding a value.

-- from --
enum Mood { HAPPY }
-- empty --
-- migration.sql --
-- AlterEnum
ALTER TYPE "Mood" ADD VALUE 'HUNGRY';
)";

TEST(CaseFile, reads_comment_and_sections_in_order) {
    auto const file = parse_case(example);
    EXPECT_EQ(file.comment, "Adding a value.\n\n");
    ASSERT_EQ(file.sections.size(), 3U);
    EXPECT_EQ(file.sections[0], (Section{"from", "enum Mood { HAPPY }\n"}));
    EXPECT_EQ(file.sections[1], (Section{"empty", ""}));
    EXPECT_EQ(file.text("migration.sql"),
              "-- AlterEnum\nALTER TYPE \"Mood\" ADD VALUE 'HUNGRY';\n");
}

TEST(CaseFile, is_written_as_it_was_read) {
    EXPECT_EQ(to_text(parse_case(example)), example);
}

TEST(CaseFile, sql_comments_are_no_sections) {
    auto const file = parse_case("-- a.sql --\n-- CreateTable\n--\n-- --\n-- x -- y\n");
    ASSERT_EQ(file.sections.size(), 1U);
    EXPECT_EQ(file.text("a.sql"), "-- CreateTable\n--\n-- --\n-- x -- y\n");
}

TEST(CaseFile, set_replaces_or_appends_and_ends_the_line) {
    auto file = parse_case(example);
    file.set("from", "enum Mood { SAD }");
    file.set("more", "x");
    EXPECT_EQ(file.text("from"), "enum Mood { SAD }\n");
    EXPECT_EQ(file.sections.back(), (Section{"more", "x\n"}));
}

TEST(CaseFile, a_missing_section_is_named) {
    try {
        (void)parse_case(example).text("to");
        FAIL() << "no exception";
    } catch (std::runtime_error const& error) {
        EXPECT_STREQ(error.what(), "the case has no section `to`");
    }
}

TEST(CaseFile, refuses_a_case_without_a_comment_and_a_repeated_section) {
    auto const path = std::filesystem::temp_directory_path() /
                      ("cm-case-file-" + std::to_string(getpid()) + ".txtar");
    write_text(path, "-- a --\n");
    EXPECT_THROW(read_case(path), std::runtime_error);
    write_text(path, "why\n-- a --\n-- a --\n");
    EXPECT_THROW(read_case(path), std::runtime_error);
    write_text(path, "why\n-- a --\n");
    EXPECT_NO_THROW(read_case(path));
    std::filesystem::remove(path);
}

TEST(CaseFile, test_names_have_letters_and_digits_only) {
    EXPECT_EQ(test_name("guide/01-add_field"), "guide_01_add_field");
}

}  // namespace

}  // namespace cm::test
