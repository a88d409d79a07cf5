// SourceMap: keeps file texts and turns byte offsets into lines and columns.
#include "base/source.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace cm {

Span join(Span first, Span last) {
    return {first.file, std::min(first.begin, last.begin), std::max(first.end, last.end)};
}

namespace {

/// After how many bytes characters are counted anew: lines may be long.
constexpr std::size_t stretch = 4096;

}  // namespace

FileId SourceMap::add(std::string name, std::string text) {
    auto& added = files_.emplace_back(File{std::move(name), std::move(text), {0}, {}});
    std::string_view const all{added.text};
    for (auto end = all.find('\n'); end != all.npos; end = all.find('\n', end + 1)) {
        added.line_starts.push_back(static_cast<std::uint32_t>(end + 1));
    }
    std::uint32_t characters = 0;
    for (std::size_t begin = 0; begin < all.size(); begin += stretch) {
        added.characters.push_back(characters);
        characters += static_cast<std::uint32_t>(utf8::count(all.substr(begin, stretch)));
    }
    added.characters.push_back(characters);
    return FileId{static_cast<std::uint32_t>(files_.size() - 1)};
}

std::uint32_t SourceMap::characters_before(File const& file, std::size_t offset) {
    std::string_view const text{file.text};
    if (offset == text.size()) return file.characters.back();
    auto const begin = offset - offset % stretch;
    return file.characters[offset / stretch] +
           static_cast<std::uint32_t>(utf8::count(text.substr(begin, offset - begin)));
}

std::string_view SourceMap::name(FileId id) const {
    return file(id).name;
}

std::string_view SourceMap::text(FileId id) const {
    return file(id).text;
}

std::string_view SourceMap::text(Span span) const {
    auto const whole = text(span.file);
    auto const begin = std::min<std::size_t>(span.begin, whole.size());
    return whole.substr(begin, span.end - std::min(span.begin, span.end));
}

Position SourceMap::position(FileId id, std::uint32_t offset) const {
    auto const& starts = file(id).line_starts;
    auto const& text = file(id).text;
    auto const end = std::min<std::size_t>(offset, text.size());
    auto const after = std::upper_bound(starts.begin(), starts.end(), end);
    auto const width = characters_before(file(id), end) - characters_before(file(id), *(after - 1));
    return {static_cast<std::uint32_t>(after - starts.begin()), width + 1};
}

std::uint32_t SourceMap::line_start(FileId id, std::uint32_t number) const {
    auto const& starts = file(id).line_starts;
    return starts.at(std::clamp<std::size_t>(number, 1, starts.size()) - 1);
}

std::string_view SourceMap::line(FileId id, std::uint32_t number) const {
    auto const& starts = file(id).line_starts;
    if (number < 1 || number > starts.size()) {
        return {};
    }
    auto const begin = starts[number - 1];
    auto rest = std::string_view{file(id).text}.substr(begin);
    rest = rest.substr(0, rest.find('\n'));
    if (rest.ends_with('\r')) {
        rest.remove_suffix(1);
    }
    return rest;
}

}  // namespace cm
