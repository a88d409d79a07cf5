// See rows.hpp.
#include "sql/rows.hpp"

#include <algorithm>
#include <charconv>

#include "base/assert.hpp"

namespace cm::sql {
namespace {

/// Reads one element of an array literal, which starts at `at`; leaves `at` on the `,` or `}` after
/// it.
std::string array_element(std::string const& text, std::size_t& at) {
    std::string element{};
    bool const quoted = text[at] == '"';
    if (quoted) {
        ++at;
    }
    while (at < text.size()) {
        char const c = text[at];
        if (quoted ? c == '"' : (c == ',' || c == '}')) {
            break;
        }
        if (c == '\\' && at + 1 < text.size()) {
            ++at;
        }
        element += text[at++];
    }
    if (quoted) {
        ++at;
    } else if (element == "NULL") {
        element.clear();
    }
    return element;
}

}  // namespace

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
    std::vector<std::string> elements{};
    auto const& field = text(name);
    if (field.empty() || field == "{}") {
        return elements;
    }
    CM_ASSERT(field.front() == '{' && field.back() == '}');
    std::size_t at = 0;
    while (at + 1 < field.size()) {
        ++at;  // past the `{` or `,`
        elements.push_back(array_element(field, at));
        if (field[at] == '}') {
            break;
        }
    }
    return elements;
}

}  // namespace cm::sql
