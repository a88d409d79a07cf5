// Links between the pages of the documentation lead somewhere, and every page can be found.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <regex>
#include <set>

#include "places.hpp"
#include "support/case_file.hpp"
#include "support/source_tree.hpp"

namespace cm::test {

namespace {

namespace fs = std::filesystem;

struct Link {
    std::string target{};
    std::size_t line{};
};

/// What a page says outside of its code; blocks become empty lines.
std::vector<std::string> prose_of(std::string const& file) {
    auto lines = lines_of(file);
    bool is_code = false;
    for (auto& line : lines) {
        bool const is_fence = line.starts_with("```");
        if (is_code || is_fence || line.starts_with("    ")) line.clear();
        if (is_fence) is_code = !is_code;
        line = std::regex_replace(line, std::regex("`[^`]*`"), "``");
    }
    return lines;
}

std::vector<Link> links_of(std::string const& file) {
    static std::regex const pattern(R"(\]\(([^)\s]+)\))");
    std::vector<Link> links{};
    std::size_t number = 0;
    for (auto const& line : prose_of(file)) {
        ++number;
        for (std::sregex_iterator match(line.begin(), line.end(), pattern), end; match != end;
             ++match) {
            links.push_back({(*match)[1], number});
        }
    }
    return links;
}

/// The anchor that a heading has where Markdown is shown: lower case, no punctuation, blanks as
/// `-`.
std::string anchor_of(std::string_view heading) {
    std::string anchor{};
    for (auto const c : heading) {
        auto const byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || c == '_' || c == '-' || byte >= 0x80) {
            anchor += static_cast<char>(std::tolower(byte));
        } else if (c == ' ') {
            anchor += '-';
        }
    }
    return anchor;
}

/// Of several equal headings the second has `-1` behind it.
std::set<std::string> anchors_of(std::string const& file) {
    std::set<std::string> anchors{};
    std::map<std::string, int> seen{};
    bool is_code = false;
    for (auto const& line : lines_of(file)) {
        if (line.starts_with("```")) is_code = !is_code;
        if (is_code || !line.starts_with("#")) continue;
        auto const text = std::min(line.find_first_not_of('#') + 1, line.size());
        auto const anchor = anchor_of(std::string_view(line).substr(text));
        auto const count = seen[anchor]++;
        anchors.insert(count == 0 ? anchor : fmt::format("{}-{}", anchor, count));
    }
    return anchors;
}

bool is_elsewhere(std::string const& target) {
    return target.find("://") != std::string::npos || target.starts_with("mailto:");
}

std::string page_of(std::string const& target) {
    return target.substr(0, target.find('#'));
}

/// The file that a link on a page leads to, from the project's root.
std::string destination(std::string const& page, std::string const& target) {
    auto const path = page_of(target);
    if (path.empty()) return page;
    return (fs::path(page).parent_path() / path).lexically_normal().generic_string();
}

TEST(DocumentationLinks, lead_to_files_and_headings_that_are_there) {
    std::size_t count = 0;
    for (auto const& page : documentation_pages()) {
        for (auto const& [target, line] : links_of(page)) {
            if (is_elsewhere(target)) continue;
            ++count;
            auto const where = fmt::format("{}:{}: {}", page, line, target);
            auto const file = destination(page, target);
            EXPECT_TRUE(fs::exists(places::source / file)) << where;
            auto const mark = target.find('#');
            if (mark == std::string::npos || !fs::is_regular_file(places::source / file)) continue;
            EXPECT_EQ(anchors_of(file).count(target.substr(mark + 1)), 1U) << where;
        }
    }
    EXPECT_GE(count, 5U);
}

TEST(DocumentationLinks, reach_every_page) {
    std::set<std::string> reached{"README.md"};
    std::vector<std::string> waiting{"README.md"};
    while (!waiting.empty()) {
        auto const page = waiting.back();
        waiting.pop_back();
        for (auto const& link : links_of(page)) {
            if (is_elsewhere(link.target)) continue;
            auto const file = destination(page, link.target);
            if (file.ends_with(".md") && reached.insert(file).second) waiting.push_back(file);
        }
    }
    for (auto const& page : documentation_pages()) {
        EXPECT_EQ(reached.count(page), 1U) << page << " is linked from nowhere";
    }
}

TEST(DocumentationLinks, paths_that_files_mention_are_there) {
    std::regex const path(R"(\bdocs/[\w./-]+\.(md|svg)\b)");
    for (auto const& file : project_files()) {
        for (auto const& line : lines_of(file)) {
            for (std::sregex_iterator match(line.begin(), line.end(), path), end; match != end;
                 ++match) {
                EXPECT_TRUE(fs::exists(places::source / match->str()))
                    << file << " mentions " << match->str();
            }
        }
    }
}

/// `schema/rank` is src/schema/rank.hpp, .cpp, .sql or a folder.
bool is_in_sources(std::string const& path) {
    auto const file = (places::source / "src" / path).string();
    for (auto const* ending : {"", ".hpp", ".cpp", ".sql"}) {
        if (fs::exists(file + ending)) return true;
    }
    return false;
}

TEST(DocumentationLinks, parts_of_the_program_that_internals_name_are_there) {
    std::regex const name(
        R"(`(?:src/)?((?:base|sql|dsl|pg|object|schema|history|engine|command)/[\w/.]+)`)");
    std::size_t count = 0;
    for (auto const& page : documentation_pages()) {
        if (!page.starts_with("docs/internals/")) continue;
        auto const text = read_text(places::source / page);
        for (std::sregex_iterator match(text.begin(), text.end(), name), end; match != end;
             ++match) {
            ++count;
            EXPECT_TRUE(is_in_sources((*match)[1])) << page << " names " << match->str();
        }
    }
    EXPECT_GE(count, 30U);
}

/// The stages of one kind lie together; what else knows a kind by name must be looked at when there
/// is a new one.
TEST(DocumentationOfKinds, names_every_file_that_knows_a_kind) {
    auto const page = read_text(places::source / "docs/internals/contributing.md");
    std::regex const names(R"(object::(Namespace|Extension|Enum|ForeignKey)\b|ObjectKind::)");
    std::size_t count = 0;
    for (auto const& file : source_files("src")) {
        if (file.starts_with("src/object/")) continue;
        if (!std::regex_search(read_text(places::source / file), names)) continue;
        ++count;
        auto const stem = file.substr(0, file.rfind('.'));
        auto const folder = file.substr(0, file.rfind('/') + 1);
        EXPECT_TRUE(page.find("`" + stem) != std::string::npos ||
                    page.find("`" + folder + "`") != std::string::npos)
            << file << " knows a kind; docs/internals/contributing.md does not say so";
    }
    EXPECT_GE(count, 10U);
}

}  // namespace

}  // namespace cm::test
