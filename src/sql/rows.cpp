// See rows.hpp.
#include "sql/rows.hpp"

#include <algorithm>
#include <charconv>

#include "base/assert.hpp"
#include "sql/array_literal.hpp"

namespace cm::sql {
std::size_t Row::column(std::string_view name) const {
    auto const found = std::find(rows_->columns.begin(), rows_->columns.end(), name);
    CM_ASSERT(found != rows_->columns.end());
    return static_cast<std::size_t>(found - rows_->columns.begin());
}

bool Row::is_null(std::string_view name) const {
    return !rows_->fields.at(index_).at(column(name)).has_value();
}

std::string const& Row::text(std::string_view name) const {
    static std::string const empty{};
    auto const& field = rows_->fields.at(index_).at(column(name));
    return field ? *field : empty;
}

std::optional<std::string> Row::optional_text(std::string_view name) const {
    return rows_->fields.at(index_).at(column(name));
}

bool Row::boolean(std::string_view name) const {
    auto const& field = text(name);
    return field == "t" || field == "true";
}

std::int64_t Row::integer(std::string_view name) const {
    if (is_null(name)) {
        return 0;
    }
    auto const& field = text(name);
    std::int64_t value = 0;
    auto const [end, failed] = std::from_chars(field.data(), field.data() + field.size(), value);
    CM_ASSERT(failed == std::errc{} && end == field.data() + field.size());
    return value;
}

std::vector<std::string> Row::text_array(std::string_view name) const {
    return array_field(text(name));
}

std::vector<std::string> array_field(std::string const& field) {
    std::vector<std::string> elements{};
    if (field.empty()) {
        return elements;
    }
    CM_ASSERT(field.front() == '{' && field.back() == '}');
    for (auto& element : read_array(field)) {
        elements.push_back(element.is_null() ? std::string{} : std::move(element.text));
    }
    return elements;
}

}  // namespace cm::sql
