// Listing and reading the project's files.
#include "support/source_tree.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "places.hpp"
#include "support/case_file.hpp"

namespace cm::test {

namespace {

namespace fs = std::filesystem;

std::vector<std::string> files_below(std::string_view folder,
                                     std::set<std::string> const& extensions) {
    std::vector<std::string> result{};
    auto const root = places::source / folder;
    if (!fs::is_directory(root)) return result;
    for (auto const& entry : fs::recursive_directory_iterator(root)) {
        if (entry.is_regular_file() && extensions.count(entry.path().extension().string()) == 1) {
            result.push_back(entry.path().lexically_relative(places::source).generic_string());
        }
    }
    std::sort(result.begin(), result.end());
    return result;
}

}  // namespace

std::vector<std::string> source_files(std::string_view folder) {
    return files_below(folder, {".hpp", ".cpp", ".sql"});
}

std::vector<std::string> project_files() {
    std::set<std::string> const extensions{".hpp", ".cpp",    ".sql",  ".txtar", ".sh",  ".cmake",
                                           ".txt", ".prisma", ".json", ".md",    ".yml", ".in"};
    std::vector<std::string> result{};
    for (auto const* folder : {"src", "include", "tests", "examples", "cmake", "docs", ".ci"}) {
        auto const files = files_below(folder, extensions);
        result.insert(result.end(), files.begin(), files.end());
    }
    return result;
}

std::vector<std::string> documentation_pages() {
    auto pages = files_below("docs", {".md"});
    pages.insert(pages.begin(), "README.md");
    return pages;
}

std::vector<std::string> lines_of(std::string const& file) {
    auto const text = read_text(places::source / file);
    std::vector<std::string> lines{};
    for (std::string_view rest = text; !rest.empty();) {
        auto const end = rest.find('\n');
        lines.emplace_back(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return lines;
}

std::vector<Include> includes_of(std::string const& file) {
    constexpr std::string_view directive = "#include ";
    std::vector<Include> result{};
    std::size_t number = 0;
    for (std::string_view const line : lines_of(file)) {
        ++number;
        if (!line.starts_with(directive) || line.size() < directive.size() + 2) continue;
        bool const is_ours = line[directive.size()] == '"';
        auto const name = line.substr(directive.size() + 1);
        result.push_back({std::string(name.substr(0, name.find_first_of("\">"))), is_ours, number});
    }
    return result;
}

}  // namespace cm::test
