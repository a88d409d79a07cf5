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

/// `["sh", "-c", "a && b"]` as a shell reads it; empty if the line has no such list.
std::string words_of_list(std::string const& line) {
    std::string command{};
    std::regex const word(R"re("([^"]*)")re");
    auto const begin = line.find("[\"");
    if (begin == std::string::npos) return command;
    for (std::sregex_iterator match(line.begin() + static_cast<long>(begin), line.end(), word), end;
         match != end; ++match) {
        auto const text = (*match)[1].str();
        command += command.empty() ? "" : " ";
        command += text.find(' ') == std::string::npos ? text : fmt::format("\"{}\"", text);
    }
    return command;
}

/// The commands in the blocks of a document: lines of a shell without their comments, and lists of
/// words for those who start programs without one.
std::set<std::string> commands_in(std::string const& document) {
    std::set<std::string> commands{};
    for (auto line : lines_of(document)) {
        if (!line.starts_with("    ")) continue;
        line = line.substr(4);
        auto const list = words_of_list(line);
        if (line.starts_with("cm-migrate ") || line.starts_with("echo ")) {
            line = line.substr(0, line.find("  "));
            commands.insert(line.substr(0, line.find(" #")));
        } else if (list.find("cm-migrate") != std::string::npos) {
            commands.insert(list);
        }
    }
    return commands;
}

TEST(Documentation, every_recipe_is_tried) {
    std::set<std::string> tried{};
    for (auto const& file : project_files()) {
        if (!file.starts_with("tests/cases/cli/")) continue;
        for (auto const& line : lines_of(file)) {
            if (line.starts_with("$ ")) tried.insert(line.substr(2));
        }
    }
    auto const recipes = commands_in("docs/operations.md");
    EXPECT_GE(recipes.size(), 12U);
    EXPECT_EQ(difference(recipes, tried), "") << "in docs/operations.md, but in no transcript";
}

}  // namespace

}  // namespace cm::test
