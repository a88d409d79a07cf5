// How each form of statement names what it defines: see defined_objects.hpp.
#include "sql/defined_objects.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "sql/statement_parts.hpp"
#include "sql/statement_words.hpp"

namespace cm::sql {
namespace {

using Defined = std::vector<DefinedObject>;
using enum DefinedAction;

struct KindRow {
    std::string_view object{};
    DefinedKind kind{};
};

constexpr std::array kinds_of_objects{
    KindRow{"OBJECT_SCHEMA", DefinedKind::schema},
    KindRow{"OBJECT_EXTENSION", DefinedKind::extension},
    KindRow{"OBJECT_TYPE", DefinedKind::type},
    KindRow{"OBJECT_DOMAIN", DefinedKind::type},
    KindRow{"OBJECT_SEQUENCE", DefinedKind::sequence},
    KindRow{"OBJECT_TABLE", DefinedKind::table},
    KindRow{"OBJECT_FOREIGN_TABLE", DefinedKind::table},
    KindRow{"OBJECT_COLUMN", DefinedKind::column},
    KindRow{"OBJECT_INDEX", DefinedKind::index},
    KindRow{"OBJECT_TABCONSTRAINT", DefinedKind::constraint},
    KindRow{"OBJECT_VIEW", DefinedKind::view},
    KindRow{"OBJECT_MATVIEW", DefinedKind::materialized_view},
    KindRow{"OBJECT_FUNCTION", DefinedKind::routine},
    KindRow{"OBJECT_PROCEDURE", DefinedKind::routine},
    KindRow{"OBJECT_ROUTINE", DefinedKind::routine},
    KindRow{"OBJECT_AGGREGATE", DefinedKind::routine},
    KindRow{"OBJECT_TRIGGER", DefinedKind::trigger},
    KindRow{"OBJECT_RULE", DefinedKind::rule},
    KindRow{"OBJECT_POLICY", DefinedKind::policy},
};

DefinedKind kind_of_object(std::string_view object) {
    auto const* const row = std::find_if(kinds_of_objects.begin(), kinds_of_objects.end(),
                                         [&](KindRow const& one) { return one.object == object; });
    return row == kinds_of_objects.end() ? DefinedKind::other : row->kind;
}

/// It belongs to a table, and its name has no schema.
bool is_part_of_table(DefinedKind kind) {
    using enum DefinedKind;
    return kind == column || kind == constraint || kind == trigger || kind == rule ||
           kind == policy;
}

/// The node that names what the statement creates, and how.
struct CreatingNode {
    std::string_view node{};
    DefinedKind kind{};
    char const* name{};   ///< its key; a RangeVar, a list of names or a word
    char const* table{};  ///< the key of the table that it belongs to, if it does
};

constexpr std::array creating_nodes{
    CreatingNode{"CreateSchemaStmt", DefinedKind::schema, "schemaname"},
    CreatingNode{"CreateExtensionStmt", DefinedKind::extension, "extname"},
    CreatingNode{"CreateEnumStmt", DefinedKind::type, "typeName"},
    CreatingNode{"CreateRangeStmt", DefinedKind::type, "typeName"},
    CreatingNode{"CompositeTypeStmt", DefinedKind::type, "typevar"},
    CreatingNode{"CreateDomainStmt", DefinedKind::type, "domainname"},
    CreatingNode{"CreateSeqStmt", DefinedKind::sequence, "sequence"},
    CreatingNode{"CreateStmt", DefinedKind::table, "relation"},
    CreatingNode{"IndexStmt", DefinedKind::index, "idxname", "relation"},
    CreatingNode{"ViewStmt", DefinedKind::view, "view"},
    CreatingNode{"CreateFunctionStmt", DefinedKind::routine, "funcname"},
    CreatingNode{"CreateTrigStmt", DefinedKind::trigger, "trigname", "relation"},
    CreatingNode{"RuleStmt", DefinedKind::rule, "rulename", "relation"},
    CreatingNode{"CreatePolicyStmt", DefinedKind::policy, "policy_name", "table"},
};

QualifiedName name_under(Json const& node, char const* key) {
    auto const& value = member(node, {key});
    if (value.is_string()) return {"", value.get<std::string>()};
    return value.is_array() ? qualified_name_in(value) : relation_name_in(value);
}

bool makes_constraint(std::string_view kind) {
    constexpr std::array<std::string_view, 5> kinds{
        "CONSTR_CHECK", "CONSTR_PRIMARY", "CONSTR_UNIQUE", "CONSTR_EXCLUSION", "CONSTR_FOREIGN"};
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

void add_constraint(Defined& defined, Json const& constraint, QualifiedName const& table) {
    if (!constraint.is_object() || !makes_constraint(constraint.value("contype", ""))) return;
    defined.push_back({.action = creates,
                       .kind = DefinedKind::constraint,
                       .name = {"", constraint.value("conname", "")},
                       .table = table});
}

void add_constraints_of_column(Defined& defined, Json const& column, QualifiedName const& table) {
    for (auto const& constraint : member(column, {"constraints"})) {
        add_constraint(defined, member(constraint, {"Constraint"}), table);
    }
}

void add_constraints_of_table(Defined& defined, Json const& statement, QualifiedName const& table) {
    for (auto const& element : member(statement, {"tableElts"})) {
        add_constraint(defined, member(element, {"Constraint"}), table);
        add_constraints_of_column(defined, member(element, {"ColumnDef"}), table);
    }
}

bool is_set(Json const& node, char const* key) {
    return node.value(key, false);
}

void created(Defined& defined, StatementTree const& tree) {
    auto const* node = &tree.node();
    std::string_view name = tree.name;
    if (name == "CreateForeignTableStmt") {
        node = &member(*node, {node->contains("base") ? "base" : "base_stmt"});
        name = "CreateStmt";
    }
    auto const* const row = std::find_if(creating_nodes.begin(), creating_nodes.end(),
                                         [&](CreatingNode const& one) { return one.node == name; });
    if (row == creating_nodes.end()) return;
    defined.push_back({.action = is_set(*node, "replace") ? replaces : creates,
                       .kind = row->kind,
                       .name = name_under(*node, row->name),
                       .table = row->table == nullptr
                                    ? QualifiedName{}
                                    : relation_name_in(member(*node, {row->table})),
                       .is_conditional = is_set(*node, "if_not_exists")});
    auto const itself = defined.back().name;
    if (row->kind == DefinedKind::index) {
        defined.back().name.schema = defined.back().table.schema;  // an index lies beside its table
    }
    if (row->kind == DefinedKind::table) add_constraints_of_table(defined, *node, itself);
    for (auto const& element : member(*node, {"schemaElts"})) {
        created(defined, {element.begin().key(),
                          std::shared_ptr<Json const>{tree.tree, &element.begin().value()}});
    }
}

/// CREATE TABLE or MATERIALIZED VIEW … AS, SELECT … INTO.
void created_from_query(Defined& defined, Json const& node) {
    auto const& into = member(node, {node.contains("into") ? "into" : "intoClause"});
    if (into.is_null()) return;
    defined.push_back({.action = creates,
                       .kind = node.value("objtype", "") == "OBJECT_MATVIEW"
                                   ? DefinedKind::materialized_view
                                   : DefinedKind::table,
                       .name = relation_name_in(member(into, {"rel"})),
                       .is_conditional = is_set(node, "if_not_exists")});
}

QualifiedName dropped_name(Json const& object) {
    if (object.contains("String")) return {"", object["String"].value("sval", "")};
    for (auto const& names :
         {&member(object, {"List", "items"}), &member(object, {"TypeName", "names"}),
          &member(object, {"ObjectWithArgs", "objname"})}) {
        if (!names->is_null()) return qualified_name_in(*names);
    }
    return {};
}

void dropped(Defined& defined, Json const& node) {
    auto const kind = kind_of_object(node.value("removeType", ""));
    for (auto const& object : member(node, {"objects"})) {
        DefinedObject one{.action = drops,
                          .kind = kind,
                          .name = dropped_name(object),
                          .is_conditional = is_set(node, "missing_ok"),
                          .cascades = node.value("behavior", "") == "DROP_CASCADE"};
        if (is_part_of_table(kind)) {
            one.name.schema.clear();
            one.table = qualified_name_in(member(object, {"List", "items"}), 1);
        }
        defined.push_back(std::move(one));
    }
}

QualifiedName name_of_object(Json const& node) {
    auto const& object = member(node, {"object"});
    if (object.is_null()) return relation_name_in(member(node, {"relation"}));
    return dropped_name(object);
}

void renamed(Defined& defined, Json const& node) {
    auto const kind = kind_of_object(node.value("renameType", ""));
    DefinedObject one{.action = renames,
                      .kind = kind,
                      .new_name = {"", node.value("newname", "")},
                      .is_conditional = is_set(node, "missing_ok")};
    if (is_part_of_table(kind)) {
        one.name = {"", node.value("subname", "")};
        one.table = relation_name_in(member(node, {"relation"}));
    } else {
        one.name = kind == DefinedKind::schema ? QualifiedName{"", node.value("subname", "")}
                                               : name_of_object(node);
        one.new_name.schema = one.name.schema;
    }
    defined.push_back(std::move(one));
}

void moved(Defined& defined, Json const& node) {
    auto name = name_of_object(node);
    QualifiedName const new_name{node.value("newschema", ""), name.name};
    defined.push_back({.action = moves,
                       .kind = kind_of_object(object_of(node)),
                       .name = std::move(name),
                       .new_name = new_name,
                       .is_conditional = is_set(node, "missing_ok")});
}

void enum_value(Defined& defined, Json const& node) {
    DefinedObject value{.action = creates,
                        .kind = DefinedKind::enum_value,
                        .name = {"", node.value("newVal", "")},
                        .table = qualified_name_in(member(node, {"typeName"})),
                        .is_conditional = is_set(node, "skipIfNewValExists")};
    if (node.contains("oldVal")) {
        value.action = renames;
        value.new_name = std::exchange(value.name, {"", node.value("oldVal", "")});
    }
    defined.push_back(std::move(value));
}

void altered(Defined& defined, Json const& node) {
    auto const table = relation_name_in(member(node, {"relation"}));
    for (auto const& wrapped : member(node, {"cmds"})) {
        auto const& command = member(wrapped, {"AlterTableCmd"});
        auto const subtype = command.value("subtype", "");
        auto const is_conditional = is_set(command, "missing_ok");
        auto const& column = member(command, {"def", "ColumnDef"});
        if (subtype == "AT_AddColumn") {
            defined.push_back({.action = creates,
                               .kind = DefinedKind::column,
                               .name = {"", column.value("colname", "")},
                               .table = table,
                               .is_conditional = is_conditional});
            add_constraints_of_column(defined, column, table);
        } else if (subtype == "AT_AddConstraint") {
            add_constraint(defined, member(command, {"def", "Constraint"}), table);
        } else if (subtype == "AT_DropColumn" || subtype == "AT_DropConstraint") {
            defined.push_back(
                {.action = drops,
                 .kind = subtype == "AT_DropColumn" ? DefinedKind::column : DefinedKind::constraint,
                 .name = {"", command.value("name", "")},
                 .table = table,
                 .is_conditional = is_conditional,
                 .cascades = command.value("behavior", "") == "DROP_CASCADE"});
        }
    }
}

}  // namespace

std::vector<DefinedObject> defined_objects(StatementTree const& tree) {
    Defined defined{};
    if (tree.name == "DropStmt") {
        dropped(defined, tree.node());
    } else if (tree.name == "RenameStmt") {
        renamed(defined, tree.node());
    } else if (tree.name == "AlterObjectSchemaStmt") {
        moved(defined, tree.node());
    } else if (tree.name == "AlterEnumStmt") {
        enum_value(defined, tree.node());
    } else if (tree.name == "AlterTableStmt") {
        altered(defined, tree.node());
    } else if (tree.name == "CreateTableAsStmt" || tree.name == "SelectStmt") {
        created_from_query(defined, tree.node());
    } else {
        created(defined, tree);
    }
    return defined;
}

}  // namespace cm::sql
