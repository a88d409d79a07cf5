// The txtar reader and writer, and where the cases are.
#include "support/case_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>

#include "places.hpp"

namespace cm::test {

namespace {

constexpr std::string_view extension = ".txtar";

/// The name in a line `-- name --`; none if the line is none of these.
std::optional<std::string> section_name(std::string_view line) {
    if (line.size() < 7 || !line.starts_with("-- ") || !line.ends_with(" --")) return std::nullopt;
    return std::string(line.substr(3, line.size() - 6));
}

std::string_view take_line(std::string_view& rest) {
    auto const end = rest.find('\n');
    auto const line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return line;
}

auto find_section(std::vector<Section> const& sections, std::string_view name) {
    return std::find_if(sections.begin(), sections.end(),
                        [&](Section const& section) { return section.name == name; });
}

void refuse_repeated_names(CaseFile const& file, std::filesystem::path const& path) {
    for (auto section = file.sections.begin(); section != file.sections.end(); ++section) {
        if (find_section(file.sections, section->name) != section) {
            throw std::runtime_error(
                fmt::format("{}: section `{}` appears twice", path.string(), section->name));
        }
    }
}

}  // namespace

bool CaseFile::has(std::string_view name) const {
    return find_section(sections, name) != sections.end();
}

std::string const& CaseFile::text(std::string_view name) const {
    auto const section = find_section(sections, name);
    if (section == sections.end()) {
        throw std::runtime_error(fmt::format("the case has no section `{}`", name));
    }
    return section->text;
}

void CaseFile::set(std::string_view name, std::string text) {
    if (!text.empty() && !text.ends_with('\n')) text += '\n';
    auto const section = find_section(sections, name);
    if (section == sections.end()) {
        sections.push_back({std::string(name), std::move(text)});
    } else {
        sections[static_cast<std::size_t>(section - sections.begin())].text = std::move(text);
    }
}

std::vector<Section> CaseFile::ending_with(std::string_view suffix) const {
    std::vector<Section> result{};
    std::copy_if(sections.begin(), sections.end(), std::back_inserter(result),
                 [&](Section const& section) { return section.name.ends_with(suffix); });
    return result;
}

CaseFile parse_case(std::string_view text) {
    CaseFile file{};
    while (!text.empty()) {
        auto const line = take_line(text);
        if (auto name = section_name(line)) {
            file.sections.push_back({std::move(*name), {}});
            continue;
        }
        auto& target = file.sections.empty() ? file.comment : file.sections.back().text;
        target.append(line).append("\n");
    }
    return file;
}

std::string to_text(CaseFile const& file) {
    auto result = file.comment;
    for (auto const& section : file.sections) {
        result += fmt::format("-- {} --\n{}", section.name, section.text);
    }
    return result;
}

CaseFile read_case(std::filesystem::path const& path) {
    auto file = parse_case(read_text(path));
    if (file.comment.find_first_not_of(" \n") == std::string::npos) {
        throw std::runtime_error(path.string() + ": the case does not say what it is for");
    }
    refuse_repeated_names(file, path);
    return file;
}

std::string read_text(std::filesystem::path const& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write_text(std::filesystem::path const& path, std::string_view text) {
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path());
    std::ofstream stream(path, std::ios::binary | std::ios::trunc);
    stream << text;
    if (!stream.flush()) throw std::runtime_error("cannot write " + path.string());
}

std::vector<std::string> find_cases(std::string_view family) {
    auto const folder = places::cases / family;
    std::vector<std::string> result{};
    if (!std::filesystem::is_directory(folder)) return result;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != extension) continue;
        result.push_back(
            std::filesystem::relative(entry.path(), folder).replace_extension().generic_string());
    }
    std::sort(result.begin(), result.end());
    return result;
}

std::filesystem::path case_path(std::string_view family, std::string_view name) {
    return places::cases / family / (std::string(name) + std::string(extension));
}

std::string test_name(std::string_view case_name) {
    std::string result(case_name);
    auto const is_allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    std::replace_if(
        result.begin(), result.end(), [&](char c) { return !is_allowed(c); }, '_');
    return result;
}

}  // namespace cm::test
