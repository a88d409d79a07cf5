// Read from the schema by pg_depend and by the words of bodies, and followed by parse trees.
#include "lint/dependents.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "lint/syntax.hpp"
#include "object/definition/kinds.hpp"
#include "schema/schema.hpp"
#include "sql/source_statement.hpp"

namespace cm::lint {
namespace {

constexpr std::array<std::string_view, 6> known_titles{
    "view", "materialized view", "policy", "trigger", "rule", "function"};

sql::QualifiedName named_in(std::string const& bare, sql::QualifiedName name) {
    if (name.schema.empty()) name.schema = bare;
    return name;
}

/// A routine's name as definitions have it ends with its argument types.
sql::QualifiedName without_arguments(sql::QualifiedName name) {
    name.name = name.name.substr(0, name.name.find('('));
    return name;
}

/// What a query or an expression names.
struct Named {
    std::set<sql::QualifiedName> relations{};
    std::set<std::string> columns{};
    bool has_star{};
};

void collect(sql::Node node, Named& named) {
    if (!node.is_object()) {
        for (auto const& element : node.elements()) collect(element, named);
        return;
    }
    if (node.contains("relname")) named.relations.insert(relation_name(node));
    for (auto const& [key, member] : node.members()) {
        if (key == "ColumnRef") {
            for (auto const& field : member.list("fields")) {
                if (field.contains("String")) named.columns.insert(sql::string_of(field));
                if (field.contains("A_Star")) named.has_star = true;
            }
        } else {
            collect(member, named);
        }
    }
}

std::set<ColumnUse> uses_of(Named const& named, std::string const& bare, ColumnsOf const& columns) {
    std::set<ColumnUse> uses{};
    for (auto const& relation : named.relations) {
        auto const full = named_in(bare, relation);
        uses.insert({full, {}});
        for (auto const& column : columns(full)) {
            if (named.has_star || named.columns.contains(column)) uses.insert({full, column});
        }
    }
    return uses;
}

/// The text of a body that is a string; empty for BEGIN ATOMIC.
std::string body_of(sql::Node create_function) {
    for (auto const& option : create_function.list("options")) {
        auto const definition = option["DefElem"];
        if (definition.text("defname") != "as" || !definition.contains("arg")) continue;
        if (!definition["arg"].contains("List")) continue;
        auto const parts = definition["arg"]["List"].list("items");
        return parts.empty() ? std::string{} : sql::string_of(parts.front());
    }
    return {};
}

bool is_known(std::string_view title) {
    return std::find(known_titles.begin(), known_titles.end(), title) != known_titles.end();
}

Dependent read_dependent(object::Definition const& definition) {
    auto const& kind = *definition.definition_kind;
    Dependent dependent{.title = std::string{kind.title}, .name = definition.id.name};
    if (kind.id_kind == object::ObjectKind::routine) {
        dependent.name = without_arguments(dependent.name);
    }
    if (kind.is_member) {
        dependent.relation = definition.id.name;
        dependent.name = {{}, definition.id.part};
    }
    for (auto const& use : definition.uses) {
        if (use.kind != object::ObjectKind::table) continue;
        auto const is_column = use.aspect != object::DependencyKind::object;
        dependent.uses.insert({use.name, is_column ? use.part : std::string{}});
        if (is_column) dependent.uses.insert({use.name, {}});
    }
    if (kind.quoted_names != nullptr) dependent.words = kind.quoted_names(definition);
    return dependent;
}

bool is_table_or_view(sql::DefinedKind kind) {
    return kind == sql::DefinedKind::table || kind == sql::DefinedKind::view ||
           kind == sql::DefinedKind::materialized_view;
}

/// It is what is dropped, a part of that, or what CASCADE takes along.
bool goes_with(Dependent const& it, sql::DefinedObject const& gone, std::string const& bare) {
    auto const name = named_in(bare, gone.name);
    auto const table = named_in(bare, gone.table);
    switch (gone.kind) {
        case sql::DefinedKind::routine:
            return it.title == "function" && it.name == name;
        case sql::DefinedKind::policy:
        case sql::DefinedKind::trigger:
        case sql::DefinedKind::rule:
            return it.relation == table && it.name.name == gone.name.name;
        case sql::DefinedKind::column:
            return gone.cascades && it.uses.contains({table, gone.name.name});
        default:
            return is_table_or_view(gone.kind) &&
                   (it.relation == name || (it.title != "function" && it.name == name) ||
                    (gone.cascades && it.uses.contains({name, {}})));
    }
}

}  // namespace

Dependents::Dependents(schema::Schema const& schema) {
    std::map<sql::QualifiedName, std::set<sql::QualifiedName>> fired{};
    for (auto const& [id, definition] : schema.definitions) {
        if (definition.definition_kind == nullptr) continue;
        auto const title = definition.definition_kind->title;
        if (!is_known(title)) continue;
        all_.push_back(read_dependent(definition));
        if (title != "trigger") continue;
        for (auto const& use : definition.uses) {
            if (use.kind == object::ObjectKind::routine) {
                fired[without_arguments(use.name)].insert(definition.id.name);
            }
        }
    }
    for (auto& dependent : all_) {
        if (auto const found = fired.find(dependent.name); found != fired.end()) {
            dependent.fired_by = found->second;
        }
    }
}

void Dependents::put(Dependent made) {
    auto const same = std::find_if(all_.begin(), all_.end(), [&](Dependent const& it) {
        return it.title == made.title && it.name == made.name && it.relation == made.relation;
    });
    if (same == all_.end()) {
        all_.push_back(std::move(made));
        return;
    }
    made.fired_by.insert(same->fired_by.begin(), same->fired_by.end());
    *same = std::move(made);
}

void Dependents::create(Statement const& statement, std::string const& bare,
                        ColumnsOf const& columns) {
    auto const node = statement.node();
    Named named{};
    if (statement.is("ViewStmt")) {
        collect(node["query"], named);
        put({.title = "view",
             .name = named_in(bare, relation_name(node["view"])),
             .uses = uses_of(named, bare, columns)});
    } else if (statement.is("CreateTableAsStmt") && node.text("objtype") == "OBJECT_MATVIEW") {
        collect(node["query"], named);
        put({.title = "materialized view",
             .name = named_in(bare, relation_name(node["into"]["rel"])),
             .uses = uses_of(named, bare, columns)});
    } else if (statement.is("CreatePolicyStmt")) {
        auto const table = relation_name(node["table"]);
        named.relations.insert(table);
        for (auto const* const part : {"qual", "with_check"}) {
            if (node.contains(part)) collect(node[part], named);
        }
        put({.title = "policy",
             .relation = named_in(bare, table),
             .name = {{}, node.text("policy_name")},
             .uses = uses_of(named, bare, columns)});
    } else if (statement.is("CreateFunctionStmt")) {
        if (node.contains("sql_body")) collect(node["sql_body"], named);
        put({.title = "function",
             .name = named_in(bare, object_name(node.list("funcname"))),
             .uses = uses_of(named, bare, columns),
             .words = sql::names_in(body_of(node), 0)});
    } else if (statement.is("CreateTrigStmt")) {
        auto const routine = named_in(bare, object_name(node.list("funcname")));
        for (auto& dependent : all_) {
            if (dependent.title != "function" || dependent.name != routine) continue;
            dependent.fired_by.insert(named_in(bare, relation_name(node["relation"])));
        }
    }
}

void Dependents::forget(Statement const& statement, std::string const& bare) {
    for (auto const& gone : statement.effects.defines) {
        if (gone.action != sql::DefinedAction::drops) continue;
        std::erase_if(all_, [&](Dependent const& it) { return goes_with(it, gone, bare); });
    }
}

void Dependents::rename(Statement const& statement, std::string const& bare) {
    for (auto const& one : statement.effects.defines) {
        if (one.action != sql::DefinedAction::renames) continue;
        auto const is_column = one.kind == sql::DefinedKind::column;
        auto const from = named_in(bare, is_column ? one.table : one.name);
        auto const to = sql::QualifiedName{from.schema, one.new_name.name};
        for (auto& dependent : all_) {
            std::set<ColumnUse> uses{};
            for (auto use : dependent.uses) {
                if (use.relation == from) {
                    if (!is_column) use.relation = to;
                    if (is_column && use.column == one.name.name) use.column = one.new_name.name;
                }
                uses.insert(std::move(use));
            }
            dependent.uses = std::move(uses);
            if (!is_column && dependent.name == from) dependent.name = to;
        }
    }
}

void Dependents::follow(Statement const& statement, std::string const& bare,
                        ColumnsOf const& columns) {
    if (!statement.tree) return;
    create(statement, bare, columns);
    if (all_.empty()) return;
    forget(statement, bare);
    rename(statement, bare);
}

}  // namespace cm::lint
