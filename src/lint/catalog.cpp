// Reads the values of the schema layer once, then follows statements by their parse trees.
#include "lint/catalog.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lint/advice.hpp"
#include "lint/syntax.hpp"
#include "object/definition/kinds.hpp"
#include "schema/schema.hpp"
#include "sql/token.hpp"

namespace cm::lint {
namespace {

std::vector<std::string> names_of(std::vector<sql::Node> const& parts) {
    std::vector<std::string> names{};
    for (auto const& part : parts) {
        if (part.contains("String")) names.push_back(sql::string_of(part));
    }
    return names;
}

/// The column of `CHECK (column IS NOT NULL)`; empty for other conditions.
std::string tested_column(sql::Node constraint) {
    if (!constraint.contains("raw_expr") || !constraint["raw_expr"].contains("NullTest")) return {};
    auto const test = constraint["raw_expr"]["NullTest"];
    return test.text("nulltesttype") == "IS_NOT_NULL" ? sql::column_name(test["arg"]).value_or("")
                                                      : "";
}

/// The same of a constraint as the catalog prints it.
std::string tested_column(std::string_view definition) {
    auto const trees = sql::parse_statements(fmt::format("ALTER TABLE t ADD {}", definition));
    if (!trees || trees->size() != 1) return {};
    sql::Node const node{trees->front().tree.get()};
    return tested_column(node.list("cmds").front()["AlterTableCmd"]["def"]["Constraint"]);
}

CatalogColumn column_of(sql::Node definition) {
    CatalogColumn column{.name = definition.text("colname")};
    if (definition.contains("typeName")) {
        column.type = sql::canonical(sql::read_type(definition["typeName"]));
    }
    column.is_not_null = find_constraint(definition, "CONSTR_NOTNULL").has_value() ||
                         find_constraint(definition, "CONSTR_PRIMARY").has_value();
    return column;
}

CatalogIndex known_index(object::Index const& index) {
    CatalogIndex known{.name = index.name,
                       .is_unique = index.is_unique,
                       .is_partial = index.predicate.has_value() || index.has_unmodeled_options};
    std::string key{};
    for (auto const& column : index.columns) {
        known.columns.push_back(column.name);
        key += fmt::format("{},", column.name);
        if (column.is_descending || !column.operator_class.empty()) known.is_partial = true;
    }
    if (index.has_expressions || index.columns.empty()) known.columns.emplace_back();
    auto const is_plain = !known.is_partial && !index.has_expressions && index.is_expressible;
    if (is_plain) known.shape = fmt::format("{} {}", index.method, key);
    return known;
}

}  // namespace

CatalogColumn const* CatalogTable::column(std::string_view wanted) const {
    auto const found = std::find_if(columns.begin(), columns.end(),
                                    [&](CatalogColumn const& it) { return it.name == wanted; });
    return found == columns.end() ? nullptr : &*found;
}

CatalogIndex index_of(Statement const& statement) {
    auto const node = statement.node();
    CatalogIndex index{.name = {{}, node.text("idxname")},
                       .is_unique = node.boolean("unique"),
                       .is_partial = node.contains("whereClause")};
    std::string key{};
    bool is_plain =
        !index.is_partial && !node.contains("indexIncludingParams") && !node.contains("options");
    for (auto const& one : node.list("indexParams")) {
        auto const element = one["IndexElem"];
        index.columns.push_back(element.text("name"));
        key += fmt::format("{},", element.text("name"));
        is_plain = is_plain && element.contains("name") && !element.contains("collation") &&
                   !element.contains("opclass") && element.text("ordering") != "SORTBY_DESC" &&
                   element.text("nulls_ordering") == "SORTBY_NULLS_DEFAULT";
    }
    if (is_plain) index.shape = fmt::format("{} {}", node.text("accessMethod"), key);
    return index;
}

Catalog::Catalog(schema::Schema const& schema, std::string_view bare)
    : dependents_(schema), bare_(bare), is_complete_(true) {
    for (auto const& [name, table] : schema.tables) {
        CatalogTable known{.name = name};
        for (auto const& column : table.columns) {
            known.columns.push_back(
                {column.name, sql::canonical(column.type), !column.is_nullable});
        }
        if (table.primary_key) {
            std::string key{};
            for (auto const& column : table.primary_key->columns) key += column + ",";
            known.indexes.push_back({.name = {name.schema, table.primary_key->name},
                                     .columns = table.primary_key->columns,
                                     .shape = "btree " + key,
                                     .is_unique = true});
        }
        if (table.details) {
            known.is_partitioned = !table.details->partition_key.empty();
            known.identity_index = table.details->identity_index;
            known.has_row_security = table.details->has_row_security;
        }
        tables_.emplace(name, std::move(known));
    }
    for (auto const& [name, one] : schema.enums) enums_.emplace(name, one.values);
    for (auto const& [name, index] : schema.indexes) {
        if (auto* const table = change(index.table)) table->indexes.push_back(known_index(index));
    }
    for (auto const& [name, foreign_key] : schema.foreign_keys) {
        if (auto* const table = change(name.table)) {
            table->foreign_keys.push_back(
                {name.name, foreign_key.columns, foreign_key.referenced_table});
        }
    }
    for (auto const& [id, definition] : schema.definitions) {
        auto* const table = change(definition.id.name);
        if (table == nullptr || definition.definition_kind == nullptr) continue;
        auto const title = definition.definition_kind->title;
        if (title == "policy") table->has_policies = true;
        if (title != "check constraint" || definition.text.ends_with(" NOT VALID")) continue;
        table->has_checks = true;
        if (auto const column = tested_column(std::string_view{definition.text}); !column.empty()) {
            table->not_null_checks[definition.id.part] = column;
        }
    }
}

sql::QualifiedName Catalog::full(sql::QualifiedName name) const {
    if (name.schema.empty()) name.schema = bare_;
    return name;
}

CatalogTable const* Catalog::find(sql::QualifiedName const& name) const {
    auto const found = tables_.find(full(name));
    return found == tables_.end() ? nullptr : &found->second;
}

std::vector<std::string> const* Catalog::find_enum(sql::QualifiedName const& name) const {
    auto const found = enums_.find(full(name));
    return found == enums_.end() ? nullptr : &found->second;
}

void Catalog::follow_enum(Statement const& statement) {
    auto const node = statement.node();
    if (statement.is("CreateEnumStmt")) {
        std::vector<std::string> values{};
        for (auto const& value : node.list("vals")) values.push_back(sql::string_of(value));
        enums_.insert_or_assign(full(object_name(node.list("typeName"))), std::move(values));
        return;
    }
    auto const found = enums_.find(full(object_name(node.list("typeName"))));
    if (found == enums_.end()) return;
    auto const added = node.text("newVal");
    if (!node.contains("oldVal")) {
        found->second.push_back(added);
    } else {
        std::replace(found->second.begin(), found->second.end(), node.text("oldVal"), added);
    }
}

Catalog Catalog::only(sql::QualifiedName const& table) const {
    Catalog part{};
    part.bare_ = bare_;
    if (auto const* const known = find(table)) part.tables_.emplace(known->name, *known);
    return part;
}

CatalogTable* Catalog::change(sql::QualifiedName const& name) {
    auto const found = tables_.find(full(name));
    return found == tables_.end() ? nullptr : &found->second;
}

CatalogTable const* Catalog::table_of_index(sql::QualifiedName const& name) const {
    for (auto const& [key, table] : tables_) {
        for (auto const& index : table.indexes) {
            auto const is_there = name.schema.empty() || key.schema == name.schema;
            if (is_there && index.name.name == name.name) return &table;
        }
    }
    return nullptr;
}

void Catalog::add_constraint(CatalogTable& table, sql::Node constraint,
                             std::vector<std::string> columns) {
    auto const kind = constraint.text("contype");
    auto const name = constraint.text("conname");
    auto const is_valid = !constraint.boolean("skip_validation");
    if (kind == "CONSTR_FOREIGN") {
        auto own = names_of(constraint.list("fk_attrs"));
        table.foreign_keys.push_back({name, own.empty() ? std::move(columns) : std::move(own),
                                      full(relation_name(constraint["pktable"]))});
    } else if (kind == "CONSTR_UNIQUE" || kind == "CONSTR_PRIMARY") {
        auto keys = names_of(constraint.list("keys"));
        if (keys.empty()) keys = std::move(columns);
        if (keys.empty()) return;
        std::string shape = "btree ";
        for (auto const& key : keys) shape += key + ",";
        if (kind == "CONSTR_PRIMARY") {
            for (auto& column : table.columns) {
                if (std::find(keys.begin(), keys.end(), column.name) != keys.end()) {
                    column.is_not_null = true;
                }
            }
        }
        table.indexes.push_back({.name = {table.name.schema, name},
                                 .columns = std::move(keys),
                                 .shape = std::move(shape),
                                 .is_unique = true});
    } else if (kind == "CONSTR_CHECK" && is_valid) {
        table.has_checks = true;
        if (auto column = tested_column(constraint); !column.empty()) {
            table.not_null_checks[name] = std::move(column);
        }
    }
}

void Catalog::create(Statement const& statement) {
    auto const node = statement.node();
    CatalogTable table{.name = full(relation_name(node["relation"]))};
    table.is_partitioned = node.contains("partspec");
    for (auto const& element : node.list("tableElts")) {
        if (!element.contains("ColumnDef")) continue;
        table.columns.push_back(column_of(element["ColumnDef"]));
    }
    for (auto const& element : node.list("tableElts")) {
        if (element.contains("Constraint")) add_constraint(table, element["Constraint"], {});
        if (!element.contains("ColumnDef")) continue;
        auto const column = element["ColumnDef"];
        for (auto const& one : column.list("constraints")) {
            add_constraint(table, one["Constraint"], {column.text("colname")});
        }
    }
    auto name = table.name;
    tables_.insert_or_assign(std::move(name), std::move(table));
}

void Catalog::alter(AlterTable const& alter, Statement const& statement) {
    auto* const table = change(alter.table);
    if (table == nullptr) return;
    auto const erase = [](auto& all, auto const& test) { std::erase_if(all, test); };
    for (auto const& command : alter.commands) {
        auto const found =
            std::find_if(table->columns.begin(), table->columns.end(),
                         [&](CatalogColumn const& it) { return it.name == command.name; });
        auto const has_column = found != table->columns.end();
        if (command.kind == "AddColumn" && !has_column) {
            auto const column = command.definition()["ColumnDef"];
            table->columns.push_back(column_of(column));
            for (auto const& one : column.list("constraints")) {
                add_constraint(*table, one["Constraint"], {command.name});
            }
        } else if (command.kind == "DropColumn" && has_column) {
            table->columns.erase(found);
            erase(table->indexes, [&](CatalogIndex const& it) {
                return std::find(it.columns.begin(), it.columns.end(), command.name) !=
                       it.columns.end();
            });
        } else if (command.kind == "AlterColumnType" && has_column) {
            found->type =
                sql::canonical(sql::read_type(command.definition()["ColumnDef"]["typeName"]));
        } else if (command.kind == "SetNotNull" || command.kind == "DropNotNull") {
            if (has_column) found->is_not_null = command.kind == "SetNotNull";
        } else if (command.kind == "DropConstraint") {
            table->not_null_checks.erase(command.name);
            erase(table->foreign_keys, [&](auto const& it) { return it.name == command.name; });
            erase(table->indexes, [&](auto const& it) { return it.name.name == command.name; });
        } else if (command.kind == "EnableRowSecurity" || command.kind == "DisableRowSecurity") {
            table->has_row_security = command.kind == "EnableRowSecurity";
        } else if (command.kind == "ReplicaIdentity") {
            auto const identity = command.definition()["ReplicaIdentityStmt"];
            table->identity_index = identity.text("name");
        }
    }
    for (auto const& constraint : added_constraints(statement)) {
        add_constraint(*table, constraint.node, {});
    }
}

void Catalog::create_index(Statement const& statement) {
    auto const name = relation_name(statement.node()["relation"]);
    if (auto* const table = change(name)) {
        auto index = index_of(statement);
        index.name.schema = table->name.schema;
        table->indexes.push_back(std::move(index));
    }
}

void Catalog::drop(sql::Node node) {
    auto const kind = node.text("removeType");
    for (auto const& object : node.list("objects")) {
        if (!object.contains("List")) continue;
        auto const name = object_name(object["List"].list("items"));
        if (kind == "OBJECT_TABLE") tables_.erase(full(name));
        if (kind != "OBJECT_INDEX") continue;
        if (auto const* const table = table_of_index(name)) {
            std::erase_if(change(table->name)->indexes,
                          [&](auto const& it) { return it.name.name == name.name; });
        }
    }
}

void Catalog::rename(sql::Node node) {
    if (!node.contains("relation")) return;
    auto const kind = node.text("renameType");
    auto const from = full(relation_name(node["relation"]));
    auto const to = node.text("newname");
    auto* const table = change(from);
    if (table == nullptr) return;
    if (kind == "OBJECT_TABLE") {
        auto moved = std::move(*table);
        tables_.erase(from);
        moved.name.name = to;
        auto name = moved.name;
        tables_.insert_or_assign(std::move(name), std::move(moved));
    } else if (kind == "OBJECT_COLUMN") {
        auto const old = node.text("subname");
        for (auto& column : table->columns) {
            if (column.name == old) column.name = to;
        }
        for (auto& index : table->indexes) {
            std::replace(index.columns.begin(), index.columns.end(), old, to);
            index.shape.clear();
        }
        for (auto& key : table->foreign_keys) {
            std::replace(key.columns.begin(), key.columns.end(), old, to);
        }
    }
}

void Catalog::follow(Statement const& statement) {
    if (!statement.tree) return;
    dependents_.follow(statement, bare_, [&](sql::QualifiedName const& relation) {
        std::vector<std::string> names{};
        if (auto const* const table = find(relation)) {
            for (auto const& column : table->columns) names.push_back(column.name);
        }
        return names;
    });
    if (statement.is("CreateStmt")) {
        create(statement);
    } else if (statement.is("AlterTableStmt")) {
        if (auto const commands = alter_table(statement)) alter(*commands, statement);
    } else if (statement.is("IndexStmt")) {
        create_index(statement);
    } else if (statement.is("DropStmt")) {
        drop(statement.node());
    } else if (statement.is("RenameStmt")) {
        rename(statement.node());
    } else if (statement.is("CreateEnumStmt") || statement.is("AlterEnumStmt")) {
        follow_enum(statement);
    } else if (statement.is("CreatePolicyStmt")) {
        if (auto* const table = change(relation_name(statement.node()["table"]))) {
            table->has_policies = true;
        }
    }
}

}  // namespace cm::lint
