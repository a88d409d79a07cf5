// What has a name is told by its members rather than by the kind of its node: many kinds hold the
// same.
#include "sql/named_objects.hpp"

#include <nlohmann/json.hpp>

#include "sql/statement_parts.hpp"
#include "sql/statement_tree.hpp"

namespace cm::sql {
namespace {

bool is_list_of_strings(Json const& node) {
    if (!node.is_array() || node.empty()) return false;
    for (auto const& part : node) {
        if (!part.contains("String")) return false;
    }
    return true;
}

QualifiedName name_of(Json const& names) {
    return {schema_name(names), last_name(names)};
}

std::optional<QualifiedName> created_by(StatementTree const& statement) {
    auto const& node = statement.node();
    auto const creates = statement.name.starts_with("Create") || statement.name == "ViewStmt" ||
                         statement.name == "IndexStmt" || statement.name == "CompositeTypeStmt" ||
                         statement.name == "DefineStmt";
    if (!creates) return {};
    for (auto const* const key : {"relation", "view", "sequence", "typevar", "base"}) {
        if (node.contains(key) && node[key].contains("relname")) return relation_name_in(node[key]);
    }
    if (node.contains("into") && node["into"].contains("rel"))
        return relation_name_in(node["into"]["rel"]);
    for (auto const* const key : {"funcname", "typeName", "domainname", "defnames"}) {
        if (node.contains(key) && is_list_of_strings(node[key])) return name_of(node[key]);
    }
    return {};
}

}  // namespace

std::optional<NamedObjects> named_objects(std::string_view statement) {
    auto const statements = parse_statements(statement);
    if (!statements) return {};
    NamedObjects found{};
    for (auto const& one : *statements) {
        if (!found.created) found.created = created_by(one);
        walk(one.node(), [&](std::string_view, Json const& node) {
            if (node.contains("relname") && node["relname"].is_string()) {
                found.relations.push_back(relation_name_in(node));
            }
            // As DROP and COMMENT name things.
            if (node.contains("items") && is_list_of_strings(node["items"])) {
                found.relations.push_back(name_of(node["items"]));
            }
            if (node.contains("funcname") && is_list_of_strings(node["funcname"]) &&
                !node.contains("parameters")) {
                found.routines.push_back(
                    {name_of(node["funcname"]), node.value("args", Json::array()).size()});
            }
        });
    }
    return found;
}

}  // namespace cm::sql
