// See name.hpp.
#include "sql/name.hpp"

#include "base/text.hpp"

namespace cm::sql {
std::string quote_identifier(std::string_view name) {
    return '"' + doubled(name, "\"") + '"';
}

std::string quote_literal(std::string_view text) {
    return "'" + doubled(text, "'") + "'";
}

std::string quote_portable_literal(std::string_view text) {
    if (text.find('\\') == std::string_view::npos) return quote_literal(text);
    return "E'" + doubled(text, "'\\") + "'";
}

std::string quote(QualifiedName const& name) {
    auto const quoted = quote_identifier(name.name);
    return name.schema.empty() ? quoted : quote_identifier(name.schema) + "." + quoted;
}

std::string quote_list(std::vector<std::string> const& names, std::string_view separator) {
    std::string list{};
    for (auto const& name : names) {
        if (!list.empty()) list += separator;
        list += quote_identifier(name);
    }
    return list;
}

}  // namespace cm::sql
