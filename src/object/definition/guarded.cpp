// What a script does for roles that need not be there. Declared in kinds.hpp.
#include <fmt/format.h>

#include "object/definition/kinds.hpp"
#include "sql/name.hpp"
#include "sql/token.hpp"

namespace cm::object {
namespace {

/// A tag for dollars that the body does not have.
std::string tag_for(std::string const& body) {
    std::string tag = "$$";
    while (body.find(tag) != std::string::npos) tag.insert(1, tag == "$$" ? "role" : "_");
    return tag;
}

}  // namespace

std::string guarded(std::vector<RoleStatement> const& statements) {
    std::string body{};
    std::string_view last{};
    constexpr std::string_view end = "    END IF;\n";
    for (auto const& [role, statement] : statements) {
        if (role != last) {
            if (!last.empty()) body += end;
            auto const name = sql::name_of(role, sql::next_token(role, 0));
            body += fmt::format(
                "    IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {}) THEN\n",
                sql::quote_literal(name));
        }
        body += fmt::format("        {};\n", statement);
        last = role;
    }
    if (!last.empty()) body += end;
    auto const tag = tag_for(body);
    return fmt::format("DO {0}\nBEGIN\n{1}END\n{0}", tag, body);
}

}  // namespace cm::object
