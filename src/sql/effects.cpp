// See effects.hpp. The tree says what a statement is; the table says what that means.
#include "sql/effects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "sql/effects_table.hpp"
#include "sql/hidden_effects.hpp"
#include "sql/reach_words.hpp"
#include "sql/statement_words.hpp"
#include "sql/token.hpp"
#include "sql/unparsed_effects.hpp"

namespace cm::sql {
namespace {

using enum Outside;
using Class = StatementClass;

struct ClassRow {
    std::string_view node{};
    Class statement_class{};
};

constexpr std::array classes{
    ClassRow{"SelectStmt", Class::query},
    ClassRow{"CallStmt", Class::query},
    ClassRow{"ExecuteStmt", Class::query},
    ClassRow{"PrepareStmt", Class::query},
    ClassRow{"DeclareCursorStmt", Class::query},
    ClassRow{"ExplainStmt", Class::query},
    ClassRow{"InsertStmt", Class::data},
    ClassRow{"UpdateStmt", Class::data},
    ClassRow{"DeleteStmt", Class::data},
    ClassRow{"MergeStmt", Class::data},
    ClassRow{"TruncateStmt", Class::data},
    ClassRow{"CopyStmt", Class::data},
    ClassRow{"RefreshMatViewStmt", Class::data},
    ClassRow{"VacuumStmt", Class::data},  // ANALYZE reads a foreign table
    ClassRow{"DoStmt", Class::block},
    ClassRow{"CreateFunctionStmt", Class::routine},
    ClassRow{"CreateTableAsStmt", Class::table_as},
    ClassRow{"ViewStmt", Class::view},
    ClassRow{"RuleStmt", Class::view},
    ClassRow{"CreateTrigStmt", Class::view},
    ClassRow{"CreateEventTrigStmt", Class::view},
    ClassRow{"CreateRoleStmt", Class::create_role},
    ClassRow{"AlterRoleStmt", Class::role},
    ClassRow{"AlterRoleSetStmt", Class::role},
    ClassRow{"DropRoleStmt", Class::role},
    ClassRow{"GrantRoleStmt", Class::role},
    ClassRow{"ReassignOwnedStmt", Class::role},
    ClassRow{"DropOwnedStmt", Class::role},
    ClassRow{"GrantStmt", Class::privilege},
    ClassRow{"AlterOwnerStmt", Class::privilege},
    ClassRow{"AlterDefaultPrivilegesStmt", Class::privilege},
    ClassRow{"CreatePolicyStmt", Class::policy},
    ClassRow{"AlterPolicyStmt", Class::policy},
};

/// Nothing but owner, privileges or the session's role.
bool is_about_roles(StatementTree const& tree) {
    if (tree.name == "VariableSetStmt") {
        auto const setting = tree.node().value("name", "");
        return setting == "role" || setting == "session_authorization";
    }
    if (tree.name != "AlterTableStmt") return false;
    auto const commands = tree.node().value("cmds", Json::array());
    return std::all_of(commands.begin(), commands.end(), [](Json const& command) {
        return command.contains("AlterTableCmd") &&
               command["AlterTableCmd"].value("subtype", "") == "AT_ChangeOwner";
    });
}

Class class_of(StatementTree const& tree) {
    auto const* const row = std::find_if(
        classes.begin(), classes.end(), [&](ClassRow const& one) { return one.node == tree.name; });
    if (row != classes.end()) return row->statement_class;
    if (tree.name == "RenameStmt" && tree.node().value("renameType", "") == "OBJECT_ROLE") {
        return Class::role;
    }
    return is_about_roles(tree) ? Class::privilege : Class::other;
}

void add_row_reaches(std::vector<Reach>& found, StatementTree const& tree, bool& is_mixed) {
    auto const object = object_of(tree.node());
    for (auto const& row : statement_rows()) {
        if (row.node != tree.name || (!row.object.empty() && row.object != object)) continue;
        add_reach(found, {row.outside, with_name(row.words, name_of(tree))});
        is_mixed = is_mixed || row.changes_database;
    }
    if (tree.name == "CopyStmt" && tree.node().contains("filename")) {
        auto const is_program = tree.node().value("is_program", false);
        add_reach(found, {is_program ? programs : files,
                          is_program ? "COPY … PROGRAM" : "COPY with a file on the server"});
    }
    if (tree.name == "CreateExtensionStmt" && tree.node().value("extname", "") == "pg_cron") {
        add_reach(found, {server, "CREATE EXTENSION `pg_cron`"});
    }
}

/// INSERT, UPDATE and the like on the catalogs that all databases share.
void add_catalog_reaches(std::vector<Reach>& found, std::string_view name, Json const& node) {
    constexpr std::array<std::string_view, 5> writing{"InsertStmt", "UpdateStmt", "DeleteStmt",
                                                      "MergeStmt", "CopyStmt"};
    if (std::find(writing.begin(), writing.end(), name) == writing.end()) return;
    if (name == "CopyStmt" && !node.value("is_from", false)) return;
    auto const table = name_in(node.value("relation", Json{}));
    if (auto const outside = shared_catalog(table)) {
        add_reach(found, {*outside, fmt::format("`{}`", table)});
    }
}

/// A function that reaches out gets another name, or becomes an operator, an aggregate, a cast.
void add_alias_reaches(std::vector<Reach>& found, StatementTree const& tree) {
    auto const is_alias =
        tree.name == "DefineStmt" || tree.name == "CreateCastStmt" ||
        (tree.name == "RenameStmt" && object_of(tree.node()).find("FUNCTION") != std::string::npos);
    if (!is_alias) return;
    walk(tree.node(), [&](std::string_view, Json const& node) {
        for (auto const* key : {"objname", "names"}) {
            if (!node.contains(key)) continue;
            auto const name = last_name(node[key]);
            if (auto const* const row = find_function(schema_name(node[key]), name)) {
                add_reach(found, {row->outside, name + "()"});
            }
        }
    });
}

void add_call_reaches(std::vector<Reach>& found, Json const& tree,
                      std::set<std::string> const& outside_relations) {
    bool runs = false;
    std::vector<std::string> texts{};
    walk(tree, [&](std::string_view, Json const& node) {
        if (node.contains("funcname") && node["funcname"].is_array()) {
            auto const name = last_name(node["funcname"]);
            if (auto const* const row = find_function(schema_name(node["funcname"]), name)) {
                add_reach(found, {row->outside, name + "()"});
            }
            runs = runs || runs_text(name);
        }
        if (node.contains("relname") && node["relname"].is_string() &&
            outside_relations.contains(node["relname"].get<std::string>())) {
            add_reach(found,
                      {other_servers, fmt::format("`{}`", node["relname"].get<std::string>())});
        }
        if (node.contains("A_Const") && node["A_Const"].contains("sval")) {
            texts.push_back(node["A_Const"]["sval"].value("sval", ""));
        }
    });
    if (!runs) return;
    for (auto& reach : reaches_in_words(texts)) add_reach(found, std::move(reach));
}

std::string relation_name(StatementTree const& tree) {
    for (auto const* key : {"view", "relation"}) {
        if (tree.node().contains(key)) return name_in(tree.node()[key]);
    }
    if (tree.node().contains("into")) return name_in(tree.node()["into"].value("rel", Json{}));
    if (tree.node().contains("base")) return name_in(tree.node()["base"].value("relation", Json{}));
    return {};
}

std::vector<std::string> relations_of(Json const& tree) {
    std::vector<std::string> names{};
    walk(tree, [&](std::string_view, Json const& node) {
        if (node.contains("relname") && node["relname"].is_string()) {
            names.push_back(node["relname"].get<std::string>());
        }
    });
    return names;
}

/// ATTACH PARTITION, INHERIT: what is written to the parent may go to the child.
void add_foreign_children(Effects& effects, StatementTree const& tree,
                          std::set<std::string> const& outside_relations) {
    auto const names = relations_of(tree.node().value("cmds", Json::array()));
    if (std::any_of(names.begin(), names.end(),
                    [&](std::string const& name) { return outside_relations.contains(name); })) {
        effects.outside_relations.push_back(relation_name(tree));
    }
}

/// What a definition reaches for is reached only when it is used.
void keep_for_later(Effects& effects, StatementTree const& tree) {
    if (!effects.reaches.empty() && tree.name != "CreateTrigStmt") {
        effects.outside_relations.push_back(relation_name(tree));
    }
    effects.reaches.clear();
}

}  // namespace

std::string_view describe(Outside outside) {
    switch (outside) {
        case roles:
            return "roles of the server";
        case databases:
            return "databases of the server";
        case server:
            return "the server itself";
        case tablespaces:
            return "tablespaces";
        case subscriptions:
            return "subscriptions";
        case files:
            return "files on the server";
        case programs:
            return "programs that the server runs";
        case other_servers:
            return "other servers";
        case unknown:
            break;
    }
    return "what can be known only when it runs";
}

bool is_contained(Outside outside) {
    return outside == roles || outside == databases || outside == server || outside == unknown;
}

Effects effects_of(StatementTree const& tree, std::string_view statement,
                   std::set<std::string> const& outside_relations) {
    Effects effects{.statement_class = class_of(tree), .words = words_of(tree, statement)};
    auto& reaches = effects.reaches;
    add_row_reaches(reaches, tree, effects.is_mixed);
    switch (effects.statement_class) {
        case Class::block:
        case Class::routine:
            reaches = reaches_of_body(statement, tree, outside_relations);
            if (tree.node().contains("sql_body")) {
                add_call_reaches(reaches, tree.node()["sql_body"], outside_relations);
            }
            return effects;
        case Class::view:
            add_call_reaches(reaches, tree.node(), outside_relations);
            keep_for_later(effects, tree);
            return effects;
        case Class::privilege:
        case Class::policy:
            return effects;
        case Class::table_as:
            add_call_reaches(reaches, tree.node(), outside_relations);
            if (!reaches.empty() && tree.node().value("objtype", "") == "OBJECT_MATVIEW") {
                effects.outside_relations.push_back(relation_name(tree));
            }
            return effects;
        default:
            break;
    }
    if (tree.name == "CreateForeignTableStmt") {
        effects.outside_relations = relations_of(tree.node());  // what it is a partition of, too
        return effects;
    }
    if (tree.name == "CreateStmt") {
        add_call_reaches(reaches, tree.node(), {});
        keep_for_later(effects, tree);
        return effects;
    }
    if (tree.name == "AlterTableStmt") {
        add_foreign_children(effects, tree, outside_relations);
    }
    auto const before = reaches.size();
    add_alias_reaches(reaches, tree);
    add_catalog_reaches(reaches, tree.name, tree.node());
    walk(tree.node(), [&](std::string_view, Json const& node) {  // WITH … AS (UPDATE …)
        for (auto const& [name, inner] : node.items()) {
            if (inner.is_object()) add_catalog_reaches(reaches, name, inner);
        }
    });
    auto const touches_rows =
        effects.statement_class == Class::data || effects.statement_class == Class::query;
    add_call_reaches(reaches, tree.node(),
                     touches_rows ? outside_relations : std::set<std::string>{});
    auto const makes_table = tree.node().contains("intoClause");
    effects.is_mixed =
        effects.is_mixed || (reaches.size() > before && (!touches_rows || makes_table));
    return effects;
}

Effects effects(std::string_view statement, std::set<std::string> const& outside_relations) {
    auto const trees = parse_statements(statement);
    if (!trees) return effects_of_unparsed(statement);
    if (trees->empty()) return {};
    return effects_of(trees->front(), statement, outside_relations);
}

bool may_reach_out(std::string_view text) {
    std::string lower{};
    for (auto token = next_significant_token(text, 0); token.kind != TokenKind::end;
         token = next_significant_token(text, token.end)) {
        auto const content = text.substr(token.begin, token.end - token.begin);
        if (token.kind == TokenKind::word) {
            lower.assign(content);
            for (auto& c : lower) c = to_lower(c);
            if (is_telling(lower)) return true;
        }
        // U&"…" and U&'…' may spell anything.
        if (is_word(text, token, "U") && text.substr(token.end, 1) == "&") return true;
        if (token.kind == TokenKind::name && content.size() > 2 &&
            is_telling(content.substr(1, content.size() - 2))) {
            return true;
        }
        if (content.size() > 2 && (content[0] == 'U' || content[0] == 'u') && content[1] == '&') {
            return true;
        }
    }
    return false;
}

std::vector<NamedRole> named_roles(std::string_view statement) {
    auto const trees = parse_statements(statement);
    std::vector<NamedRole> found{};
    if (!trees || trees->empty()) return found;
    auto const add = [&](std::string name, std::optional<std::size_t> offset) {
        if (!name.empty()) found.push_back({std::move(name), offset});
    };
    auto const collect = [&](StatementTree const& tree, bool with_places) {
        walk(tree.node(), [&](std::string_view, Json const& node) {
            if (!node.contains("rolename")) return;
            add(node.value("rolename", ""),
                with_places ? std::optional{node.value("location", std::size_t{})} : std::nullopt);
        });
        if (tree.name == "VariableSetStmt" && is_about_roles(tree)) {
            walk(tree.node(), [&](std::string_view, Json const& node) {
                if (node.contains("A_Const") && node["A_Const"].contains("sval")) {
                    add(node["A_Const"]["sval"].value("sval", ""), {});
                }
            });
        }
        if (tree.name == "GrantRoleStmt") {
            for (auto const& role : tree.node().value("granted_roles", Json::array())) {
                add(name_in(role), {});
            }
        }
    };
    auto const& tree = trees->front();
    collect(tree, true);
    if (tree.name == "DoStmt" || tree.name == "CreateFunctionStmt") {
        for (auto const& inner : trees_of_body(statement, tree)) collect(inner, false);
    }
    return found;
}

}  // namespace cm::sql
