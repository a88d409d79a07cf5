// Publications: manual, CREATE PUBLICATION, ALTER PUBLICATION. What is published is one fact each,
// under the words that ADD and DROP take.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "object/definition/kinds.hpp"
#include "object/definition/publication.sql.hpp"
#include "sql/canonical_definition.hpp"
#include "sql/name.hpp"
#include "sql/statement_cursor.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

constexpr std::string_view all = "*";  ///< nothing follows the name

bool is_published(Fact const& fact) {
    return fact.first.starts_with("TABLE");
}

std::string alter_publication(Definition const& object) {
    return fmt::format("ALTER PUBLICATION {}", object.address);
}

std::string add(Definition const& object, Fact const& published) {
    auto const [name, rest] = published;
    auto const follows = rest == all             ? std::string{}
                         : rest.starts_with(all) ? rest.substr(all.size())
                                                 : " " + rest;
    return fmt::format("{} ADD {}{}", alter_publication(object), name, follows);
}

std::string drop_part(Definition const& object, Fact const& published) {
    return fmt::format("{} DROP {}", alter_publication(object), published.first);
}

std::vector<std::string> options_of(Definition const& object) {
    std::vector<std::string> options{};
    for (auto const& it : object.facts) {
        if (!is_published(it)) options.push_back(fmt::format("{} = {}", it.first, it.second));
    }
    return options;
}

Statements create(Definition const& object) {
    Statements out{fmt::format("CREATE PUBLICATION {}{} WITH ({})", object.address, object.text,
                               fmt::join(options_of(object), ", "))};
    for (auto const& it : object.facts) {
        if (is_published(it)) out.push_back(add(object, it));
    }
    return out;
}

Statements drop(Definition const& object) {
    return {fmt::format("DROP PUBLICATION {}", object.address)};
}

std::optional<Statements> alter(Definition const& from, Definition const& to) {
    if (!has_same_text(from, to)) return {};
    Statements out{};
    if (options_of(from) != options_of(to)) {
        out.push_back(
            fmt::format("{} SET ({})", alter_publication(to), fmt::join(options_of(to), ", ")));
    }
    for (auto const& it : from.facts) {
        if (is_published(it) && !sql::are_same_definitions(fact(to, it.first), it.second)) {
            out.push_back(drop_part(to, it));
        }
    }
    for (auto const& it : to.facts) {
        if (is_published(it) && !sql::are_same_definitions(fact(from, it.first), it.second)) {
            out.push_back(add(to, it));
        }
    }
    return out;
}

}  // namespace

std::optional<sql::QualifiedName> published_table(Fact const& fact) {
    constexpr std::string_view one_table = "TABLE ONLY ";
    if (!fact.first.starts_with(one_table)) return {};
    return sql::StatementCursor(std::string_view{fact.first}.substr(one_table.size()))
        .qualified_name();
}

DefinitionKind const publication_kind{.title = "publication",
                                      .caption = "Publication",
                                      .id_kind = ObjectKind::publication,
                                      .place = "publications.sql",
                                      .query = sql_text::object_definition_publication,
                                      .create_rank = 180,
                                      .drop_rank = -10,
                                      .needs_logged_tables = true,
                                      .create = create,
                                      .drop = drop,
                                      .alter = alter,
                                      .rename = rename_object};

}  // namespace cm::object
