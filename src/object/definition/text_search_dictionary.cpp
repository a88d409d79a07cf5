// Text search dictionaries: manual, CREATE TEXT SEARCH DICTIONARY, ALTER TEXT SEARCH DICTIONARY.
#include <fmt/format.h>

#include <algorithm>

#include "object/definition/kinds.hpp"
#include "object/definition/text_search_dictionary.sql.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

Statements create(Definition const& object) {
    auto const options = fact(object, "options");
    return {fmt::format("CREATE TEXT SEARCH DICTIONARY {} ({}{}{})", object.address, object.text,
                        options.empty() ? "" : ", ", options)};
}

Statements drop(Definition const& object) {
    return {fmt::format("DROP TEXT SEARCH DICTIONARY {}", object.address)};
}

/// The names of `a = 'x', "b b" = E'y\''`: what stands before each `=` outside of quotes.
std::vector<std::string> option_names(std::string_view options) {
    std::vector<std::string> names{};
    std::string name{};
    for (std::size_t i = 0; i < options.size(); ++i) {
        auto const c = options[i];
        if (c == '\'') {
            for (++i; i < options.size() && options[i] != '\''; ++i) {
                if (options[i] == '\\') ++i;
            }
            name.clear();
        } else if (c == '=') {
            while (!name.empty() && name.back() == ' ') name.pop_back();
            names.push_back(std::exchange(name, {}));
        } else if (c != ',' && !(name.empty() && c == ' ')) {
            name += c;
        }
    }
    return names;
}

/// An option without a value is taken away.
std::optional<Statements> alter(Definition const& from, Definition const& to) {
    if (!has_same_text(from, to)) return {};
    auto changes = fact(to, "options");
    auto const left = option_names(changes);
    for (auto const& name : option_names(fact(from, "options"))) {
        if (std::find(left.begin(), left.end(), name) != left.end()) continue;
        changes += fmt::format("{}{}", changes.empty() ? "" : ", ", name);
    }
    return Statements{fmt::format("ALTER TEXT SEARCH DICTIONARY {} ({})", to.address, changes)};
}

}  // namespace

DefinitionKind const text_search_dictionary_kind{
    .title = "text search dictionary",
    .caption = "TextSearchDictionary",
    .id_kind = ObjectKind::text_search_dictionary,
    .place = "text_search.sql",
    .query = sql_text::object_definition_text_search_dictionary,
    .create_rank = 16,
    .drop_rank = 82,
    .is_named_by_others = true,
    .create = create,
    .drop = drop,
    .alter = alter,
    .rename = rename_object};

}  // namespace cm::object
