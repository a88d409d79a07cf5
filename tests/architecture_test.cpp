// The floor plan, checked against the #include lines: who may see whom, where the heavy libraries
// stay, and the habits of docs/internals/architecture.md that a machine can check.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "places.hpp"
#include "support/case_file.hpp"
#include "support/source_tree.hpp"

namespace cm::test {

namespace {

/// Layer → the layers it sees, from cmake/Layers.cmake itself.
std::map<std::string, std::set<std::string>> read_layers() {
    auto const text = read_text(places::source / "cmake/Layers.cmake");
    std::regex const call(R"(\ncm_layer\((\w+)([^)]*)\))");
    std::regex const sees(R"(SEES ([a-z ]+))");
    std::regex const word(R"([a-z]+)");
    std::map<std::string, std::set<std::string>> layers{};
    for (std::sregex_iterator match(text.begin(), text.end(), call), end; match != end; ++match) {
        auto& visible = layers[(*match)[1]];
        auto const arguments = (*match)[2].str();
        std::smatch seen{};
        if (!std::regex_search(arguments, seen, sees)) continue;
        auto const names = seen[1].str();
        for (std::sregex_iterator name(names.begin(), names.end(), word); name != end; ++name) {
            visible.insert(name->str());
        }
    }
    return layers;
}

std::string first_folder(std::string const& path) {
    return path.substr(0, path.find('/'));
}

/// Files that include `header`, as a list to print.
std::vector<std::string> includers(std::string_view folder, std::regex const& header,
                                   std::string_view extension = "") {
    std::vector<std::string> result{};
    for (auto const& file : source_files(folder)) {
        if (!extension.empty() && !file.ends_with(extension)) continue;
        for (auto const& include : includes_of(file)) {
            if (std::regex_search(include.name, header)) result.push_back(file);
        }
    }
    return result;
}

/// The files that are not below `folder`.
std::vector<std::string> outside(std::vector<std::string> files, std::string const& folder) {
    std::erase_if(files, [&](std::string const& file) { return file.rfind(folder, 0) == 0; });
    return files;
}

/// Lines of src, include, tests and the scripts in which `pattern` occurs, as "file:line".
std::vector<std::string> lines_with(std::regex const& pattern) {
    std::vector<std::string> result{};
    for (auto const& file : project_files()) {
        std::size_t number = 0;
        for (auto const& line : lines_of(file)) {
            ++number;
            if (std::regex_search(line, pattern))
                result.push_back(fmt::format("{}:{}", file, number));
        }
    }
    return result;
}

using Names = std::vector<std::string>;

TEST(Architecture, layers_are_read_from_the_build) {
    auto const layers = read_layers();
    ASSERT_TRUE(layers.count("base") == 1 && layers.count("command") == 1);
    EXPECT_TRUE(layers.at("base").empty());
    EXPECT_EQ(layers.at("dsl"), std::set<std::string>{"base"});
    EXPECT_EQ(layers.at("command").count("engine"), 1U);
}

TEST(Architecture, every_folder_of_src_is_a_layer) {
    auto const layers = read_layers();
    for (auto const& file : source_files("src")) {
        auto const path = file.substr(4);
        if (path.find('/') != std::string::npos) {
            EXPECT_EQ(layers.count(first_folder(path)), 1U) << file;
        } else {
            EXPECT_EQ(path, "main.cpp");
        }
    }
}

TEST(Architecture, a_file_includes_only_what_its_layer_sees) {
    auto const layers = read_layers();
    for (auto const& file : source_files("src")) {
        auto const layer = first_folder(file.substr(4));
        if (layers.count(layer) == 0) continue;  // main.cpp sees all
        for (auto const& [name, is_ours, line] : includes_of(file)) {
            if (!is_ours) continue;
            auto const target = first_folder(name);
            bool const is_public = target == "cm_migrate" &&
                                   (layer == "engine" || layers.at(layer).count("engine") == 1);
            EXPECT_TRUE(target == layer || is_public || layers.at(layer).count(target) == 1)
                << fmt::format("{}:{}: {} does not see {}", file, line, layer, name);
        }
    }
}

TEST(Architecture, only_pg_speaks_to_libpq) {
    EXPECT_EQ(outside(includers("src", std::regex("libpq|^pqxx")), "src/pg/"), Names{});
}

TEST(Architecture, only_sql_sees_the_parser_of_postgresql) {
    EXPECT_EQ(outside(includers("src", std::regex("pg_query|pg_nodes")), "src/sql/"), Names{});
}

TEST(Architecture, one_file_sees_spdlog) {
    EXPECT_EQ(std::set<std::string>{"src/base/log.cpp"}, [] {
        auto const files = includers("src", std::regex("spdlog"));
        return std::set<std::string>(files.begin(), files.end());
    }());
}

TEST(Architecture, pure_layers_do_not_log) {
    for (auto const* layer : {"src/sql/", "src/dsl/", "src/object/", "src/schema/"}) {
        EXPECT_EQ(includers(layer, std::regex("base/log\\.hpp")), Names{}) << layer;
    }
}

/// A query is sent with its comments, to databases of any encoding.
TEST(Architecture, queries_are_of_ascii) {
    for (auto const& file : source_files("src")) {
        if (!file.ends_with(".sql")) continue;
        auto const text = read_text(places::source / file);
        EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char c) { return c >= 0; })) << file;
    }
}

TEST(Architecture, headers_do_not_drag_in_heavy_libraries) {
    // json_fwd.hpp only declares.
    std::regex const heavy("CLI|nlohmann(?!/json_fwd)|pqxx|libpq|pg_query|spdlog|openssl|^regex$");
    EXPECT_EQ(includers("src", heavy, ".hpp"), Names{});
}

TEST(Architecture, public_headers_include_the_standard_library_and_each_other) {
    for (auto const& file : source_files("include")) {
        for (auto const& [name, is_ours, line] : includes_of(file)) {
            // What is for the users of a library stands in a header with its name.
            auto const library = std::filesystem::path(file).stem().string();
            EXPECT_TRUE(is_ours
                            ? name.rfind("cm_migrate/", 0) == 0
                            : std::regex_match(name, std::regex("[a-z_]+|" + library + "/[a-z_]+")))
                << fmt::format("{}:{}: {}", file, line, name);
        }
    }
}

TEST(Architecture, no_name_says_nothing) {
    std::regex const vague(R"((^|[/_])(utils?|common|core|managers?|helpers?|misc)([/_.]|$))");
    for (auto const& file : source_files("src")) {
        EXPECT_FALSE(std::regex_search(file, vague)) << file;
    }
}

TEST(Architecture, tests_mirror_the_sources) {
    auto const layers = read_layers();
    for (auto const& file : source_files("tests")) {
        auto const path = file.substr(6);
        if (layers.count(first_folder(path)) == 0) continue;
        if (!path.ends_with("_test.cpp")) continue;
        auto const stem = path.substr(0, path.size() - std::string_view("_test.cpp").size());
        auto const tested = places::source / "src" / stem;
        EXPECT_TRUE(std::filesystem::exists(tested.string() + ".cpp") ||
                    std::filesystem::exists(tested.string() + ".hpp") ||
                    std::filesystem::is_directory(tested))
            << file << " tests neither a file nor a folder of src";
    }
}

TEST(Architecture, a_source_file_opens_with_what_it_is_for) {
    for (auto const* folder : {"src", "include"}) {
        for (auto const& file : source_files(folder)) {
            auto const text = read_text(places::source / file);
            EXPECT_TRUE(text.starts_with("// ") || text.starts_with("-- ")) << file;
        }
    }
}

TEST(Architecture, no_file_grows_without_limit) {
    for (auto const* folder : {"src", "include", "tests"}) {
        for (auto const& file : source_files(folder)) {
            EXPECT_LE(lines_of(file).size(), 400U) << file << " may hold two things";
        }
    }
}

TEST(Architecture, nothing_is_left_for_later) {
    // Put together from halves, so that this file does not find itself.
    EXPECT_EQ(lines_with(std::regex("\\b(TO"
                                    "DO|FIX"
                                    "ME|XX"
                                    "X)\\b")),
              Names{});
}

TEST(Architecture, nothing_depends_on_one_machine) {
    EXPECT_EQ(lines_with(std::regex(R"((^|[\s"'=(`])/(home/\w|wo)"
                                    R"(rk/|ro)"
                                    R"(ot/|Users/))")),
              Names{});
}

}  // namespace

}  // namespace cm::test
