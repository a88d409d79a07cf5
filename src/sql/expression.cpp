// Canonical defaults.
#include "sql/expression.hpp"

#include "sql/parse_tree.hpp"

namespace cm::sql {

Expression column_default(std::string_view text, Type const& type) {
    auto const tree = parse_expression(text);
    return {std::string{text}, tree ? canonical_text(*tree, type, text) : std::string{text}};
}

Expression condition(std::string_view text) {
    auto const tree = parse_expression(text);
    return {std::string{text}, tree ? shape(*tree) : std::string{text}};
}

bool is_plain(Expression const& expression) {
    auto const& text = expression.canonical;
    return text == "CURRENT_TIMESTAMP" || text == "NULL" || text == "true" || text == "false" ||
           text.find_first_not_of("-0123456789.") == std::string::npos;
}

}  // namespace cm::sql
