// PostgreSQL's text form of one-dimensional arrays: `{a,"b c",NULL}`.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cm::sql {

struct ArrayElement {
    std::string text{};
    bool is_quoted{};
    bool has_braces{};  ///< outside quotes: a list in the list

    /// As a constant of people has it: in any case.
    bool is_null() const;
};

/// Empty if it is no such text.
std::vector<ArrayElement> read_array(std::string_view text);

/// The elements' texts.
std::vector<std::string> array_elements(std::string_view text);

/// The same, but none if it is a list of lists, has a null, or is no such text.
std::optional<std::vector<std::string>> plain_array_elements(std::string_view text);

/// What `text[]` reads as these values.
std::string array_literal(std::vector<std::string> const& values);

}  // namespace cm::sql
