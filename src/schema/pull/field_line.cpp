// See field_line.hpp.
#include "schema/pull/field_line.hpp"

#include <algorithm>
#include <array>

#include "schema/pull/block_text.hpp"

namespace cm::schema {
namespace {

/// `@default` of `@default(now())`; native types are all `@db`.
std::string_view attribute_name(std::string_view text) {
    auto const name = text.substr(0, text.find('('));
    auto const dot = name.find('.');
    return dot == std::string_view::npos ? name : name.substr(0, dot);
}

std::size_t rank(std::string_view name) {
    constexpr std::array<std::string_view, 6> order{"@id",        "@unique", "@default",
                                                    "@updatedAt", "@map",    "@ignore"};
    auto const* const found = std::find(order.begin(), order.end(), name);
    // Native types and @relation stand before @ignore.
    if (found == order.end()) return 2 * order.size() - 3;
    return 2 * static_cast<std::size_t>(found - order.begin());
}

}  // namespace

FieldLine::FieldLine(dsl::FieldDeclaration const& field, SourceMap const& sources)
    : name_(field.name.text), type_(sources.text(field.type.span)) {
    for (auto const& attribute : field.attributes) {
        attributes_.emplace_back(sources.text(attribute.span));
        spans_.push_back(attribute.span);
    }
}

void FieldLine::set_type(std::string const& type) {
    is_changed_ = is_changed_ || type != type_;
    type_ = type;
}

void FieldLine::remove(std::string_view name) {
    for (std::size_t i = attributes_.size(); i-- > 0;) {
        if (attribute_name(attributes_[i]) == name) erase(i);
    }
}

void FieldLine::remove(Span span) {
    for (std::size_t i = attributes_.size(); i-- > 0;) {
        if (spans_[i] == span) erase(i);
    }
}

void FieldLine::add(std::string const& text) {
    auto const at =
        std::find_if(attributes_.begin(), attributes_.end(), [&](std::string const& other) {
            return rank(attribute_name(other)) > rank(attribute_name(text));
        });
    spans_.insert(spans_.begin() + (at - attributes_.begin()), Span{});
    attributes_.insert(at, text);
    is_changed_ = true;
}

void FieldLine::replace(std::string_view name, std::string const& text) {
    remove(name);
    if (!text.empty()) add(text);
}

std::string FieldLine::text() const {
    FieldDraft draft{};
    draft.name = name_;
    draft.type = type_;
    draft.attributes = attributes_;
    return line_of(draft);
}

void FieldLine::erase(std::size_t i) {
    attributes_.erase(attributes_.begin() + static_cast<std::ptrdiff_t>(i));
    spans_.erase(spans_.begin() + static_cast<std::ptrdiff_t>(i));
    is_changed_ = true;
}

}  // namespace cm::schema
