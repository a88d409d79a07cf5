// See edits.hpp.
#include "schema/pull/edits.hpp"

#include <algorithm>

#include "base/rename_comment.hpp"

namespace cm::schema {
namespace {

bool is_documentation(std::string_view line) {
    auto const begin = line.find_first_not_of(" \t");
    return begin != std::string_view::npos && line.substr(begin).starts_with("///");
}

bool is_comment(std::string_view line) {
    auto const begin = line.find_first_not_of(" \t");
    return begin != std::string_view::npos && line.substr(begin).starts_with("//");
}

/// `// @renamed from old` in a line of its own.
bool says_former_name(std::string_view line) {
    if (!is_comment(line)) return false;
    line.remove_prefix(line.find("//") + 2);
    return read_rename_comment(line).has_value();
}

}  // namespace

std::uint32_t Edits::line_begin(FileId file, std::uint32_t offset) const {
    return sources_.line_start(file, sources_.position(file, offset).line);
}

std::uint32_t Edits::next_line(FileId file, std::uint32_t offset) const {
    auto const text = sources_.text(file);
    auto const end = text.find('\n', offset);
    return static_cast<std::uint32_t>(end == std::string_view::npos ? text.size() : end + 1);
}

void Edits::replace(Span span, std::string text) {
    edits_[span.file].push_back({span.begin, span.end, std::move(text)});
}

void Edits::remove_lines(Span span) {
    auto const end = next_line(span.file, span.end > span.begin ? span.end - 1 : span.end);
    auto line = sources_.position(span.file, span.begin).line;
    while (line > 1 && is_documentation(sources_.line(span.file, line - 1))) --line;
    edits_[span.file].push_back({sources_.line_start(span.file, line), end, {}});
    // It would be taken for one of what stands below.
    for (--line; line > 0 && is_comment(sources_.line(span.file, line)); --line) {
        if (!says_former_name(sources_.line(span.file, line))) continue;
        auto const begin = sources_.line_start(span.file, line);
        edits_[span.file].push_back({begin, next_line(span.file, begin), {}});
    }
}

void Edits::add_line_behind(Span span, std::string const& text) {
    auto const at = next_line(span.file, span.end > span.begin ? span.end - 1 : span.end);
    auto const file_text = sources_.text(span.file);
    auto const needs_end = at == file_text.size() && !file_text.ends_with('\n');
    edits_[span.file].push_back({at, at, (needs_end ? "\n" : "") + text + "\n"});
}

void Edits::add_line_above_end(Span span, std::string const& text) {
    auto const at = line_begin(span.file, span.end > span.begin ? span.end - 1 : span.end);
    edits_[span.file].push_back({at, at, text + "\n"});
}

void Edits::append(FileId file, std::string const& text) {
    auto const at = static_cast<std::uint32_t>(sources_.text(file).size());
    edits_[file].push_back({at, at, "\n" + text});
}

std::string Edits::text(FileId file) const {
    auto const source = sources_.text(file);
    auto const found = edits_.find(file);
    if (found == edits_.end()) return std::string{source};
    auto edits = found->second;
    // What is put in at a place stands before what is changed there.
    std::stable_sort(edits.begin(), edits.end(), [](Edit const& a, Edit const& b) {
        return std::pair{a.begin, a.end} < std::pair{b.begin, b.end};
    });
    std::string result{};
    std::uint32_t at = 0;
    for (auto const& edit : edits) {
        if (edit.begin > at) result += source.substr(at, edit.begin - at);
        result += edit.text;
        at = std::max(at, edit.end);
    }
    return result + std::string{source.substr(at)};
}

}  // namespace cm::schema
