// The rules are those of array_in and array_out (manual, 8.15).
#include "sql/array_literal.hpp"

#include <utility>

#include "base/text.hpp"

namespace cm::sql {
namespace {

/// Reads the element at `at`; leaves `at` behind it.
ArrayElement read_element(std::string_view text, std::size_t& at) {
    ArrayElement element{};
    element.is_quoted = text[at] == '"';
    if (element.is_quoted) ++at;
    while (at < text.size() && text[at] != (element.is_quoted ? '"' : ',')) {
        element.has_braces |= !element.is_quoted && (text[at] == '{' || text[at] == '}');
        if (text[at] == '\\' && at + 1 < text.size()) ++at;
        element.text += text[at++];
    }
    if (element.is_quoted && at < text.size()) ++at;
    return element;
}

bool is_array(std::string_view text) {
    return text.size() >= 2 && text.front() == '{' && text.back() == '}';
}

}  // namespace

bool ArrayElement::is_null() const {
    return !is_quoted && text.size() == 4 && to_lower(text) == "null";
}

std::vector<ArrayElement> read_array(std::string_view text) {
    std::vector<ArrayElement> elements{};
    if (!is_array(text)) return elements;
    text = text.substr(1, text.size() - 2);
    for (std::size_t at = 0; at < text.size(); ++at) {  // past the comma
        elements.push_back(read_element(text, at));
        if (at < text.size() && text[at] != ',') break;
    }
    return elements;
}

std::vector<std::string> array_elements(std::string_view text) {
    std::vector<std::string> elements{};
    for (auto& element : read_array(text)) elements.push_back(std::move(element.text));
    return elements;
}

std::optional<std::vector<std::string>> plain_array_elements(std::string_view text) {
    if (!is_array(text)) return {};
    std::vector<std::string> elements{};
    for (auto& element : read_array(text)) {
        if (element.is_null() || element.has_braces) return {};
        elements.push_back(std::move(element.text));
    }
    return elements;
}

std::string array_literal(std::vector<std::string> const& values) {
    std::string text{};
    for (auto const& value : values) {
        text += text.empty() ? "\"" : ",\"";
        for (auto const c : value) {
            if (c == '"' || c == '\\') text += '\\';
            text += c;
        }
        text += '"';
    }
    return "{" + text + "}";
}

}  // namespace cm::sql
