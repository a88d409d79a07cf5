// Names of objects as names of files.
#include "schema/pull/file_names.hpp"

#include <gtest/gtest.h>

namespace cm::schema {
namespace {

using Names = std::map<std::string, std::string>;

TEST(FileNames, are_the_names_where_they_can_be) {
    EXPECT_EQ(file_names({"users", "Größe", "a_b-1"}),
              (Names{{"users", "users"}, {"Größe", "Größe"}, {"a_b-1", "a_b-1"}}));
}

TEST(FileNames, cannot_lead_anywhere) {
    EXPECT_EQ(file_names({"..", "a/b", "a\\b", "con", "LPT1", "a b.", "%"}),
              (Names{{"..", "%2E%2E"},
                     {"a/b", "a%2Fb"},
                     {"a\\b", "a%5Cb"},
                     {"con", "%63on"},
                     {"LPT1", "%4CPT1"},
                     {"a b.", "a%20b%2E"},
                     {"%", "%25"}}));
}

TEST(FileNames, differ_by_more_than_the_case_of_letters) {
    auto const names = file_names({"Users", "users", "USERS"});
    EXPECT_EQ(names.at("users"), "users");
    EXPECT_TRUE(names.at("USERS").starts_with("USERS-"));
    EXPECT_TRUE(names.at("Users").starts_with("Users-"));
    EXPECT_NE(names.at("Users").substr(6), names.at("USERS").substr(6));
}

TEST(FileNames, leave_others_theirs) {
    EXPECT_TRUE(file_names({"Tables"}, {"tables"}).at("Tables").starts_with("Tables-"));
}

}  // namespace
}  // namespace cm::schema
