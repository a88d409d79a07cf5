// Pages are found by whatever somebody has at hand.
#include "command/error_index.hpp"

#include <gtest/gtest.h>

#include <set>

namespace cm::command {
namespace {

std::vector<std::string_view> codes(std::string_view wanted) {
    std::vector<std::string_view> found{};
    for (auto const* const page : find_pages(wanted)) found.push_back(page->code);
    return found;
}

using Codes = std::vector<std::string_view>;

TEST(ErrorIndex, a_code_may_be_shortened) {
    EXPECT_EQ(codes("CM0504"), Codes{"CM0504"});
    EXPECT_EQ(codes("cm0504"), Codes{"CM0504"});
    EXPECT_EQ(codes("cm504"), Codes{"CM0504"});
    EXPECT_EQ(codes("504"), Codes{"CM0504"});
    EXPECT_EQ(codes("error[CM0504]: it failed"), Codes{"CM0504"});
    EXPECT_EQ(codes("warning[CM0610]"), Codes{"CM0610"});
    EXPECT_EQ(codes("CM9999"), Codes{});
}

TEST(ErrorIndex, codes_of_prisma_lead_to_ours) {
    EXPECT_EQ(codes("P3009"), Codes{"CM0510"});
    EXPECT_EQ(codes("p1001"), Codes{"CM0402"});
    EXPECT_EQ(codes("P3014"), (Codes{"CM0413", "CM0415"}));
    EXPECT_EQ(codes("P2002"), Codes{});  // of the client
}

TEST(ErrorIndex, an_sqlstate_leads_to_the_pages_that_speak_of_it) {
    for (auto const* const page : find_pages("42501")) {
        EXPECT_NE(page->text.find("42501"), std::string_view::npos);
    }
    EXPECT_FALSE(find_pages("42501").empty());
}

TEST(ErrorIndex, an_sqlstate_that_no_page_names_leads_to_the_pages_on_its_errors) {
    EXPECT_EQ(codes("28P01"), Codes{"CM0403"});
    EXPECT_EQ(codes("3d000"), Codes{"CM0404"});
    EXPECT_EQ(codes("53300"), Codes{"CM0405"});
    EXPECT_EQ(codes("08006"), Codes{"CM0408"});
    EXPECT_EQ(codes("57014").front(), "CM0504");
    EXPECT_EQ(codes("42601").front(), "CM0504");
    EXPECT_EQ(codes("40P01").front(), "CM0504");
    EXPECT_EQ(codes("ZZ999"), Codes{});
}

TEST(ErrorIndex, words_are_looked_for_in_titles_first) {
    auto const found = find_pages("Shadow database");
    ASSERT_GE(found.size(), 2U);
    EXPECT_NE(title_of(*found.front()).find("shadow database"), std::string_view::npos);
    std::set<ErrorPage const*> const different(found.begin(), found.end());
    EXPECT_EQ(different.size(), found.size());
    EXPECT_TRUE(find_pages("xyzzy").empty());
    EXPECT_TRUE(find_pages(" ").empty());
}

}  // namespace
}  // namespace cm::command
