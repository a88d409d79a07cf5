// Every diagnostic has a page that explains it and a test that has seen it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>

#include "places.hpp"
#include "support/case_file.hpp"
#include "support/source_tree.hpp"

namespace cm::test {

namespace {

using Codes = std::set<std::string>;

/// Codes in a text that `pattern` finds (its first group).
void collect(std::string const& text, std::regex const& pattern, Codes& codes) {
    for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end;
         ++match) {
        codes.insert((*match)[1]);
    }
}

/// Codes that src raises: string literals "CMnnnn".
Codes raised_codes() {
    Codes codes{};
    for (auto const& file : source_files("src")) {
        collect(read_text(places::source / file), std::regex(R"re("(CM\d{4})")re"), codes);
    }
    return codes;
}

std::map<std::string, std::string> pages() {
    std::map<std::string, std::string> result{};
    for (auto const& file : project_files()) {
        std::smatch match{};
        if (std::regex_match(file, match, std::regex(R"(docs/errors/(.+)\.md)"))) {
            result[match[1]] = read_text(places::source / file);
        }
    }
    return result;
}

/// Codes that a case expects or a unit test mentions.
Codes tested_codes() {
    Codes codes{};
    for (auto const& file : project_files()) {
        if (file.rfind("tests/", 0) != 0) continue;
        collect(read_text(places::source / file), std::regex(R"(\b(CM\d{4})\b)"), codes);
    }
    return codes;
}

std::string difference(Codes const& some, Codes const& others) {
    std::string result{};
    for (auto const& code : some) {
        if (others.count(code) == 0) result += code + ' ';
    }
    return result;
}

TEST(Documentation, every_code_has_a_page_and_every_page_a_code) {
    Codes documented{};
    for (auto const& [code, text] : pages()) documented.insert(code);
    auto const raised = raised_codes();
    EXPECT_EQ(difference(raised, documented), "") << "raised in src, but not in docs/errors";
    EXPECT_EQ(difference(documented, raised), "") << "in docs/errors, but not raised in src";
}

TEST(Documentation, a_page_has_a_title_and_something_to_say) {
    for (auto const& [code, text] : pages()) {
        EXPECT_TRUE(text.starts_with(fmt::format("# {}: ", code))) << code;
        EXPECT_GE(std::count(text.begin(), text.end(), '\n'), 6) << code;
    }
}

TEST(Documentation, every_code_has_been_seen_by_a_test) {
    EXPECT_EQ(difference(raised_codes(), tested_codes()), "")
        << "no case under tests/cases and no unit test mentions them";
}

TEST(Documentation, names_every_key_of_the_configuration) {
    auto const page = read_text(places::source / "docs/configuration.md");
    auto const source = read_text(places::source / "src/engine/configuration.cpp");
    std::set<std::string> keys{};
    collect(source, std::regex(R"re(Key\{"([^"]+)")re"), keys);
    EXPECT_FALSE(keys.empty());
    for (auto const& key : keys) {
        EXPECT_NE(page.find("| `" + key + "` |"), std::string::npos) << key;
    }
}

}  // namespace

}  // namespace cm::test
