// What CREATE, and a RENAME of what was created, make of names.
#include "lint/new_objects.hpp"

#include <algorithm>

#include "lint/syntax.hpp"

namespace cm::lint {
namespace {

bool is_same(sql::QualifiedName const& a, sql::QualifiedName const& b) {
    return a.name == b.name && (a.schema.empty() || b.schema.empty() || a.schema == b.schema);
}

}  // namespace

NewObjects::Created const* NewObjects::find(sql::QualifiedName const& object,
                                            std::size_t index) const {
    auto const found = std::find_if(created_.begin(), created_.end(), [&](Created const& one) {
        return one.by < index && is_same(one.name, object);
    });
    return found == created_.end() ? nullptr : &*found;
}

bool NewObjects::is_new(sql::QualifiedName const& object, std::size_t index) const {
    return !created_.empty() && find(object, index) != nullptr;
}

sql::QualifiedName const* NewObjects::table_of_index(sql::QualifiedName const& index_name,
                                                     std::size_t index) const {
    auto const* const found = find(index_name, index);
    return found == nullptr || found->table.name.empty() ? nullptr : &found->table;
}

void NewObjects::follow(sql::StatementTree const& tree, std::size_t index) {
    sql::Node const node{tree.tree.get()};
    auto const add = [&](sql::QualifiedName name, sql::QualifiedName table = {}) {
        created_.push_back({std::move(name), std::move(table), index});
    };
    if (tree.name == "CreateStmt") {
        add(relation_name(node["relation"]));
    } else if (tree.name == "CreateForeignTableStmt") {
        add(relation_name(node["base"]["relation"]));
    } else if (tree.name == "CreateTableAsStmt") {
        add(relation_name(node["into"]["rel"]));
    } else if (tree.name == "SelectStmt" && node.contains("intoClause")) {
        add(relation_name(node["intoClause"]["rel"]));
    } else if (tree.name == "CreateSeqStmt") {
        add(relation_name(node["sequence"]));
    } else if (tree.name == "ViewStmt") {
        add(relation_name(node["view"]));
    } else if (tree.name == "IndexStmt" && node.contains("idxname")) {
        auto const table = relation_name(node["relation"]);
        add({table.schema, node.text("idxname")}, table);
    } else if (tree.name == "CreateEnumStmt" || tree.name == "CreateDomainStmt" ||
               tree.name == "CompositeTypeStmt") {
        if (node.contains("typeName")) add(object_name(node.list("typeName")));
        if (node.contains("domainname")) add(object_name(node.list("domainname")));
        if (node.contains("typevar")) add(relation_name(node["typevar"]));
    } else if (tree.name == "RenameStmt" && node.contains("relation") &&
               !node.contains("subname")) {
        auto const from = relation_name(node["relation"]);
        if (is_new(from, index)) add({from.schema, node.text("newname")});
    }
}

}  // namespace cm::lint
