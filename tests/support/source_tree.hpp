// The project's own files, as the tests about the project see them. Paths are relative to its root.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cm::test {

/// .hpp, .cpp and .sql files below a folder, sorted.
std::vector<std::string> source_files(std::string_view folder);

/// Everything a person wrote: sources, tests, cases, scripts, CMake files and documents.
std::vector<std::string> project_files();

/// README.md and docs/**.md.
std::vector<std::string> documentation_pages();

std::vector<std::string> lines_of(std::string const& file);

struct Include {
    std::string name{};
    bool is_ours{};  ///< in quotes
    std::size_t line{};
};

std::vector<Include> includes_of(std::string const& file);

}  // namespace cm::test
