// The laws of fuzz/laws.hpp for what the fuzzer has found (tests/fuzz/findings) and for the schemas
// of all cases.
#include <gtest/gtest.h>

#include <filesystem>

#include "fuzz/laws.hpp"
#include "places.hpp"
#include "support/case_file.hpp"

namespace cm::test {

namespace {

TEST(FuzzLaws, hold_for_every_finding) {
    std::size_t count = 0;
    for (auto const& entry :
         std::filesystem::directory_iterator(places::source / "tests/fuzz/findings")) {
        EXPECT_EQ(broken_law(read_text(entry.path())), std::nullopt) << entry.path();
        ++count;
    }
    EXPECT_GT(count, 0U);
}

bool is_schema(Section const& section) {
    return section.name.ends_with(".prisma") || section.name == "before" ||
           section.name == "after" || section.name == "from" || section.name == "to";
}

TEST(FuzzLaws, hold_for_the_schemas_of_all_cases) {
    std::size_t count = 0;
    for (auto const* const family : {"diagnostics", "format", "migrate"}) {
        for (auto const& name : find_cases(family)) {
            for (auto const& section : read_case(case_path(family, name)).sections) {
                if (!is_schema(section)) continue;
                EXPECT_EQ(broken_law(section.text), std::nullopt) << family << "/" << name;
                ++count;
            }
        }
    }
    EXPECT_GT(count, 500U);
}

}  // namespace

}  // namespace cm::test
