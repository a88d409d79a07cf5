// See parts.hpp.
#include "object/definition/parts.hpp"

#include "sql/token.hpp"
#include "sql/type.hpp"

namespace cm::object {

NamedText leading_name(std::string_view text) {
    auto const token = sql::next_token(text, 0);
    return {sql::name_of(text, token), std::string{text.substr(token.end)}};
}

void replace_name(std::string& text, std::string_view prefix, std::string const& from,
                  std::string const& to) {
    if (!text.starts_with(prefix)) return;
    auto const [name, rest] = leading_name(std::string_view{text}.substr(prefix.size()));
    if (name == from) text = std::string{prefix} + sql::bare_name(to) + rest;
}

}  // namespace cm::object
