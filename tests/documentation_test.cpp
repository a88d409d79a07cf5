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
        if (std::regex_match(file, match, std::regex(R"(docs/reference/errors/(CM.+)\.md)"))) {
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
    EXPECT_EQ(difference(raised, documented), "")
        << "raised in src, but not in docs/reference/errors";
    EXPECT_EQ(difference(documented, raised), "")
        << "in docs/reference/errors, but not raised in src";
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
    auto const page = read_text(places::source / "docs/reference/configuration.md");
    auto const source = read_text(places::source / "src/engine/configuration.cpp");
    std::set<std::string> keys{};
    collect(source, std::regex(R"re(Key\{"([^"]+)")re"), keys);
    EXPECT_FALSE(keys.empty());
    for (auto const& key : keys) {
        EXPECT_NE(page.find("| `" + key + "` |"), std::string::npos) << key;
    }
}

TEST(Documentation, names_every_variable_of_the_environment) {
    auto const page = read_text(places::source / "docs/reference/environment.md");
    std::set<std::string> names{};
    for (auto const& file : source_files("src")) {
        // libpq's own have a line together.
        collect(
            read_text(places::source / file),
            std::regex(
                R"re((?:variable\(\w*[a-z.]*environment, |getenv\(|is_one\()"((?!PG)[A-Z_]+)"\))re"),
            names);
    }
    EXPECT_GE(names.size(), 8U);
    for (auto const& name : names) {
        EXPECT_NE(page.find('`' + name), std::string::npos) << name;
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
/// words for those who start programs without one. Those behind `$ ` are typed by a test.
std::set<std::string> commands_in(std::string const& document) {
    std::set<std::string> commands{};
    bool is_block = false;
    for (auto line : lines_of(document)) {
        if (line.starts_with("```")) is_block = !is_block;
        if (line.starts_with("    "))
            line = line.substr(4);
        else if (!is_block)
            continue;
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

/// Commands in the text of a page, in back-ticks, without what stands for a value (`NAME`).
std::set<std::string> mentioned_in(std::string const& document) {
    std::set<std::string> commands{};
    auto const text = read_text(places::source / document);
    collect(text, std::regex(R"(`(cm-migrate [^`]*)`)"), commands);
    std::erase_if(commands, [](std::string const& command) {
        return std::regex_search(command, std::regex(R"([A-Z]{2}|…|\.\.\.| x\b)"));
    });
    return commands;
}

/// Pages whose commands are not made from a table or from what the program prints.
std::vector<std::string> written_pages() {
    auto pages = documentation_pages();
    std::erase_if(pages, [](std::string const& page) {
        return page.starts_with("docs/reference/errors/") || page == "docs/reference/commands.md" ||
               page.starts_with("docs/internals/");
    });
    return pages;
}

TEST(Documentation, every_recipe_is_tried) {
    std::set<std::string> tried{};
    for (auto const& file : project_files()) {
        if (!file.starts_with("tests/cases/cli/") && !file.starts_with("docs/")) continue;
        for (auto const& line : lines_of(file)) {
            if (line.starts_with("$ ")) tried.insert(line.substr(2));
        }
    }
    std::size_t count = 0;
    for (auto const& page : written_pages()) {
        auto const recipes = commands_in(page);
        count += recipes.size();
        EXPECT_EQ(difference(recipes, tried), "") << "in " << page << ", but in no transcript";
    }
    EXPECT_GE(count, 3U);
}

/// The options of a command line exist.
TEST(Documentation, commands_in_a_sentence_have_options_that_exist) {
    auto const reference = read_text(places::source / "docs/reference/commands.md");
    std::size_t count = 0;
    for (auto const& page : written_pages()) {
        for (auto const& command : mentioned_in(page)) {
            std::set<std::string> options{};
            collect(command, std::regex(R"( (--[a-z-]+))"), options);
            for (auto const& option : options) {
                ++count;
                EXPECT_NE(reference.find(option), std::string::npos) << page << ": " << command;
            }
        }
    }
    EXPECT_GE(count, 20U);
}

}  // namespace

}  // namespace cm::test
