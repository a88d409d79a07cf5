// A test case as one file, in the txtar format: text that says what the case is for, then sections
// that each open with a line `-- name --`. A case tells one story and can be read from top to
// bottom.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace cm::test {

/// The text below one `-- name --` line. It ends with a line end unless it is empty.
struct Section {
    std::string name{};
    std::string text{};
    bool operator==(Section const&) const = default;
};

struct CaseFile {
    std::string comment{};  ///< what stands before the first section
    std::vector<Section> sections{};
    bool operator==(CaseFile const&) const = default;

    bool has(std::string_view name) const;
    /// The section's text; throws std::runtime_error that names the section if there is none.
    std::string const& text(std::string_view name) const;
    /// Replaces the section's text, or appends the section.
    void set(std::string_view name, std::string text);
    /// Sections whose name ends so (`.prisma`), in the order of the file.
    std::vector<Section> ending_with(std::string_view suffix) const;
};

CaseFile parse_case(std::string_view text);
std::string to_text(CaseFile const& file);

/// Reads a case; throws std::runtime_error if it has no comment or names a section twice.
CaseFile read_case(std::filesystem::path const& path);

std::string read_text(std::filesystem::path const& path);
/// Makes the folders above it too.
void write_text(std::filesystem::path const& path, std::string_view text);

/// All cases of a family (a folder of tests/cases), as sorted paths relative to it, without
/// `.txtar`.
std::vector<std::string> find_cases(std::string_view family);
/// The file of a name which find_cases gave.
std::filesystem::path case_path(std::string_view family, std::string_view name);
/// `enum/add_value` as a name that GoogleTest accepts; tests/CMakeLists.txt does the same.
std::string test_name(std::string_view case_name);

}  // namespace cm::test
