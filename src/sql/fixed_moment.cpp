// PostgreSQL manual, 8.5.1.4: Special Values. `epoch`, `infinity` and `allballs` are the same at
// every time.
#include "sql/fixed_moment.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "sql/parse_node.hpp"

namespace cm::sql {
namespace {

/// The word with which the text begins; more may follow, as in `today 12:00`.
std::optional<std::string> word_in(std::string_view text) {
    constexpr std::array words{"now", "today", "tomorrow", "yesterday"};
    auto const is_letter = [](char c) { return is_lower(c) || is_upper(c); };
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    std::string word{};
    while (word.size() < text.size() && is_letter(text[word.size()])) {
        word += static_cast<char>(text[word.size()] | 0x20);
    }
    auto const is_one = std::find(words.begin(), words.end(), word) != words.end();
    return is_one ? std::optional{word} : std::nullopt;
}

bool is_of_time(Type const& type) {
    return type_class(type) == TypeClass::date_time;
}

/// The literal's own type: that of its innermost cast.
std::optional<std::string> word_of(CastConstant const& literal, Type const* type) {
    auto const* const own = literal.casts.empty() ? type : &literal.casts.front();
    if (literal.constant.kind != ConstantKind::text || own == nullptr || !is_of_time(*own)) {
        return {};
    }
    return word_in(literal.constant.text);
}

std::optional<std::string> word_below(Node node, Type const* type) {
    if (auto const literal = cast_constant(node)) return word_of(*literal, type);
    if (node.is_object()) {
        for (auto const& [key, child] : node.members()) {
            if (auto found = word_below(child, nullptr)) return found;
        }
        return {};
    }
    for (auto const& child : node.elements()) {
        if (auto found = word_below(child, nullptr)) return found;
    }
    return {};
}

}  // namespace

std::optional<std::string> fixed_moment(std::string_view expression, Type const* type) {
    auto const tree = parse_expression(expression);
    return tree ? word_below(root(*tree), type) : std::nullopt;
}

bool is_moment(Expression const& default_value, Type const& type) {
    if (!is_of_time(type) || type.is_array) return false;
    auto const tree = parse_expression(default_value.text);
    auto const literal = tree ? cast_constant(root(*tree)) : std::nullopt;
    // A column may keep fewer digits than the moment has.
    return literal && literal->constant.kind == ConstantKind::text && !literal->casts.empty() &&
           std::all_of(literal->casts.begin(), literal->casts.end(), is_of_time) &&
           literal->constant.text.find_first_of("0123456789") == 0;
}

bool names_moments(std::string_view script) {
    for (auto at = script.find('\''); at != std::string_view::npos;
         at = script.find('\'', at + 1)) {
        if (word_in(script.substr(at + 1))) return true;
    }
    return false;
}

}  // namespace cm::sql
