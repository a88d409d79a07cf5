// How a query falls into parts: see query_parts.hpp.
#include "sql/query_parts.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

namespace cm::sql {
namespace {

struct WritingNode {
    std::string_view node{};
    std::string_view object{};
};

constexpr std::array writing_nodes{
    WritingNode{"InsertStmt", "INSERT"}, WritingNode{"UpdateStmt", "UPDATE"},
    WritingNode{"DeleteStmt", "DELETE"}, WritingNode{"MergeStmt", "MERGE"}};

/// Names of WITH queries hide tables in the whole statement.
std::set<std::string> names_of_with_queries(Json const& statement) {
    std::set<std::string> names{};
    walk(statement, [&](std::string_view key, Json const& node) {
        if (key == "CommonTableExpr") names.insert(node.value("ctename", ""));
    });
    return names;
}

/// What FOR UPDATE names are aliases of tables that stand elsewhere.
void add_locked_aliases(std::set<Json const*>& aliases, Json const& select) {
    for (auto const& clause : member(select, {"lockingClause"})) {
        for (auto const& name : member(clause, {"LockingClause", "lockedRels"})) {
            aliases.insert(&member(name, {"RangeVar"}));
        }
    }
}

}  // namespace

void add_query_parts(StatementParts& parts, std::string_view node_name, Json const& statement) {
    auto const with_queries = names_of_with_queries(statement);
    std::set<Json const*> aliases{};
    auto const add = [&](std::string_view object, Json const& node, Json const& range_var) {
        auto name = relation_name_in(range_var);
        if (name.name.empty() || (name.schema.empty() && with_queries.contains(name.name))) return;
        parts.push_back({.form = "QUERY",
                         .object = std::string{object},
                         .node = &node,
                         .statement = &statement,
                         .target = std::move(name),
                         .is_only = !range_var.value("inh", false)});
    };
    walk(statement, [&](std::string_view key, Json const& node) {
        auto const name = &node == &statement ? node_name : key;
        for (auto const& writing : writing_nodes) {
            if (writing.node == name) add(writing.object, node, member(node, {"relation"}));
        }
        if (name == "RangeVar" && !aliases.contains(&node)) add("SELECT", node, node);
        if (name != "SelectStmt" || !node.contains("lockingClause")) return;
        add_locked_aliases(aliases, node);
        walk(member(node, {"fromClause"}), [&](std::string_view inner, Json const& table) {
            if (inner == "RangeVar") add("FOR UPDATE", node, table);
        });
    });
}

}  // namespace cm::sql
