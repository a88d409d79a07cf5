// Text search configurations: manual, CREATE TEXT SEARCH CONFIGURATION, ALTER TEXT SEARCH
// CONFIGURATION. What is stored was made by the dictionaries of its time, as with PostgreSQL.
#include <fmt/format.h>

#include "object/definition/kinds.hpp"
#include "object/definition/text_search_configuration.sql.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

std::string map(Definition const& object, std::string_view verb, Fact const& mapping) {
    return fmt::format("ALTER TEXT SEARCH CONFIGURATION {} {} MAPPING FOR {} WITH {}",
                       object.address, verb, mapping.first, mapping.second);
}

Statements create(Definition const& object) {
    Statements out{
        fmt::format("CREATE TEXT SEARCH CONFIGURATION {} ({})", object.address, object.text)};
    for (auto const& mapping : object.facts) out.push_back(map(object, "ADD", mapping));
    return out;
}

Statements drop(Definition const& object) {
    return {fmt::format("DROP TEXT SEARCH CONFIGURATION {}", object.address)};
}

std::optional<Statements> alter(Definition const& from, Definition const& to) {
    if (!has_same_text(from, to)) return {};
    Statements out{};
    for (auto const& [token, dictionaries] : from.facts) {
        if (!fact(to, token).empty()) continue;
        out.push_back(fmt::format("ALTER TEXT SEARCH CONFIGURATION {} DROP MAPPING FOR {}",
                                  to.address, token));
    }
    for (auto const& mapping : to.facts) {
        auto const before = fact(from, mapping.first);
        if (before != mapping.second)
            out.push_back(map(to, before.empty() ? "ADD" : "ALTER", mapping));
    }
    return out;
}

}  // namespace

DefinitionKind const text_search_configuration_kind{
    .title = "text search configuration",
    .caption = "TextSearchConfiguration",
    .id_kind = ObjectKind::text_search_configuration,
    .place = "text_search.sql",
    .query = sql_text::object_definition_text_search_configuration,
    .create_rank = 17,
    .drop_rank = 82,
    .is_named_by_others = true,
    .create = create,
    .drop = drop,
    .alter = alter,
    .rename = rename_object};

}  // namespace cm::object
