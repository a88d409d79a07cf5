// Foreign servers: manual, CREATE SERVER, ALTER SERVER. The wrapper and the type of one
// cannot be altered.
#include <fmt/format.h>

#include "object/definition/foreign_options.hpp"
#include "object/definition/foreign_server.sql.hpp"
#include "object/definition/kinds.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

Statements create(Definition const& object) {
    auto text = fmt::format("CREATE SERVER {}", object.address);
    for (auto const& it : object.facts) {
        if (!is_foreign_option(it)) text += fmt::format(" {} {}", it.first, it.second);
    }
    return {
        fmt::format("{} FOREIGN DATA WRAPPER {}{}", text, object.text, foreign_options(object))};
}

Statements drop(Definition const& object) {
    return {fmt::format("DROP SERVER {}", object.address)};
}

std::optional<Statements> alter(Definition const& from, Definition const& to) {
    if (!has_same_text(from, to) || fact(from, "TYPE") != fact(to, "TYPE")) return {};
    auto text = fmt::format("ALTER SERVER {}", to.address);
    if (auto const version = fact(to, "VERSION"); version != fact(from, "VERSION")) {
        text += version.empty() ? " VERSION NULL" : fmt::format(" VERSION {}", version);
    }
    return Statements{text + changed_foreign_options(from, to)};
}

}  // namespace

DefinitionKind const foreign_server_kind{.title = "foreign server",
                                         .caption = "Server",
                                         .id_kind = ObjectKind::foreign_server,
                                         .place = "foreign_servers.sql",
                                         .query = sql_text::object_definition_foreign_server,
                                         .create_rank = 28,
                                         .drop_rank = 77,
                                         .is_named_by_others = true,
                                         .create = create,
                                         .drop = drop,
                                         .alter = alter,
                                         .rename = rename_object};

}  // namespace cm::object
