// See source_statement.hpp. The table says what each kind of statement is; the tree is asked only
// for what a kind does not settle.
#include "sql/source_statement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "sql/effects.hpp"
#include "sql/effects_table.hpp"
#include "sql/rewrite.hpp"
#include "sql/session_setting.hpp"
#include "sql/source_table.hpp"
#include "sql/source_words.hpp"
#include "sql/statement_cursor.hpp"
#include "sql/statement_parts.hpp"
#include "sql/statement_tree.hpp"
#include "sql/statement_words.hpp"

namespace cm::sql {
namespace {

using enum SourceTreatment;
using Phase = SourcePhase;

/// Behind which the objects must be there that a part of ALTER TABLE speaks of.
Phase phase_of_command(Json const& command) {
    auto const subtype = command.value("subtype", "");
    auto const is_about = [&](std::string_view end) { return subtype.ends_with(end); };
    if (is_about("Trig") || is_about("TrigAll") || is_about("TrigUser") || is_about("Rule"))
        return Phase::trigger;
    if (subtype == "AT_ClusterOn" || subtype == "AT_ReplicaIdentity" ||
        subtype == "AT_ValidateConstraint" || subtype == "AT_AlterConstraint") {
        return Phase::constraint;
    }
    if (subtype == "AT_AttachPartition" && !command.value("def", Json::object())
                                                .value("PartitionCmd", Json::object())
                                                .contains("bound"))
        return Phase::constraint;
    if (subtype != "AT_AddConstraint" || !command.contains("def")) return Phase::table;
    auto const constraint = command["def"].value("Constraint", Json::object());
    auto const stands_on_others =
        constraint.value("contype", "") == "CONSTR_FOREIGN" || constraint.contains("indexname");
    return stands_on_others ? Phase::constraint : Phase::table;
}

Phase phase_of_alter_table(Json const& node) {
    auto phase = phase_of_object(node.value("objtype", "")).value_or(Phase::table);
    // An index that is attached may first have to become a key's.
    if (phase != Phase::table && phase != Phase::index) return phase;
    for (auto const& command : node.value("cmds", Json::array())) {
        phase = std::max(phase, phase_of_command(command.value("AlterTableCmd", Json::object())));
    }
    return phase;
}

/// What ALTER TABLE names of the table.
void read_commands(Json const& node, SourceStatement& found) {
    for (auto const& one : node.value("cmds", Json::array())) {
        auto const command = one.value("AlterTableCmd", Json::object());
        auto const subtype = command.value("subtype", "");
        auto const def = command.value("def", Json::object());
        if (subtype == "AT_AddColumn") {
            found.adds_columns = true;
            found.columns.push_back(def.value("ColumnDef", Json::object()).value("colname", ""));
        } else if (subtype == "AT_AddConstraint") {
            found.constraints.push_back(
                def.value("Constraint", Json::object()).value("conname", ""));
        } else if (subtype.starts_with("AT_Alter") || subtype.starts_with("AT_SetS") ||
                   subtype.starts_with("AT_Column") || subtype.starts_with("AT_SetC") ||
                   subtype.ends_with("Identity") || subtype.ends_with("NotNull")) {
            found.columns.push_back(command.value("name", ""));
        } else {
            found.alters_whole = true;
        }
        if (subtype == "AT_AttachPartition" && found.phase == Phase::table) {
            auto const& name = member(def, {"PartitionCmd", "name"});
            if (name.is_object())
                found.attached = {name.value("schemaname", ""), name.value("relname", "")};
        }
    }
}

bool changes_owner_alone(Json const& node) {
    auto const commands = node.value("cmds", Json::array());
    return !commands.empty() && std::all_of(commands.begin(), commands.end(), [](auto const& one) {
        return one.value("AlterTableCmd", Json::object()).value("subtype", "") == "AT_ChangeOwner";
    });
}

/// `SELECT set_config(…)` and `SELECT setval(…)`, as pg_dump writes them.
bool sets_alone(Json const& node) {
    auto const targets = node.value("targetList", Json::array());
    return !targets.empty() && !node.contains("fromClause") &&
           std::all_of(targets.begin(), targets.end(), [](Json const& target) {
               auto const value = target.value("ResTarget", Json::object())
                                      .value("val", Json::object())
                                      .value("FuncCall", Json::object());
               auto const name = last_name(value.value("funcname", Json::array()));
               return name == "set_config" || name == "setval";
           });
}

/// A bound is calculated when the partition is made.
bool calls_outside_in_bound(Json const& node) {
    if (!node.contains("partbound")) return false;
    bool found = false;
    walk(node["partbound"], [&](std::string_view, Json const& inner) {
        if (!inner.contains("funcname") || !inner["funcname"].is_array()) return;
        auto const name = last_name(inner["funcname"]);
        found = found || find_function(schema_name(inner["funcname"]), name) != nullptr;
    });
    return found;
}

std::optional<QualifiedName> indexed_table(StatementTree const& tree) {
    if (tree.name != "IndexStmt") return {};
    auto const table = tree.node().value("relation", Json::object());
    return QualifiedName{table.value("schemaname", ""), table.value("relname", "")};
}

/// CREATE INDEX … ON ONLY, ALTER TABLE ONLY … ADD PRIMARY KEY.
bool adds_index_alone(StatementTree const& tree) {
    auto const& node = tree.node();
    if (node.value("relation", Json::object()).value("inh", false)) return false;
    if (tree.name == "IndexStmt") return true;
    if (tree.name != "AlterTableStmt") return false;
    auto const commands = node.value("cmds", Json::array());
    return std::any_of(commands.begin(), commands.end(), [](Json const& command) {
        auto const& constraint = member(command, {"AlterTableCmd", "def", "Constraint"});
        if (!constraint.is_object()) return false;
        auto const kind = constraint.value("contype", "");
        return kind == "CONSTR_PRIMARY" || kind == "CONSTR_UNIQUE";
    });
}

std::optional<QualifiedName> named_by_list(Json const& names) {
    if (!names.is_array() || names.empty() || !names.back().contains("String")) return {};
    return QualifiedName{schema_name(names), last_name(names)};
}

std::optional<QualifiedName> object_of_source(StatementTree const& tree) {
    auto const& node = tree.node();
    if (tree.name == "IndexStmt") {
        return QualifiedName{node.value("relation", Json::object()).value("schemaname", ""),
                             node.value("idxname", "")};
    }
    if (tree.name == "CreateTrigStmt" || tree.name == "RuleStmt" ||
        tree.name == "CreatePolicyStmt" || tree.name == "AlterPolicyStmt" ||
        tree.name == "CommentStmt" || tree.name == "GrantStmt") {
        return {};
    }
    for (auto const* const key : {"relation", "view", "sequence", "typevar", "base"}) {
        auto const& inner = node.contains(key) ? node[key] : Json{};
        if (inner.contains("relname")) return relation_name_in(inner);
        if (inner.contains("relation")) return relation_name_in(inner["relation"]);
    }
    if (node.contains("into") && node["into"].contains("rel"))
        return relation_name_in(node["into"]["rel"]);
    for (auto const* const key : {"funcname", "typeName", "domainname", "defnames", "opclassname",
                                  "opfamilyname", "conversion_name", "cfgname", "dictname"}) {
        if (!node.contains(key)) continue;
        if (auto name = named_by_list(node[key])) return name;
    }
    for (auto const* const inner : {"func", "object", "opername"}) {
        auto const value = node.value(inner, Json::object());
        auto const with_arguments = value.value("ObjectWithArgs", value);
        if (!with_arguments.contains("objname")) continue;
        if (auto name = named_by_list(with_arguments["objname"])) return name;
    }
    for (auto const* const key :
         {"schemaname", "extname", "servername", "fdwname", "pubname", "amname", "trigname"}) {
        if (node.contains(key)) return QualifiedName{{}, node.value(key, "")};
    }
    return {};
}

Phase phase_of_tree(StatementTree const& tree, SourceRow const& row) {
    auto const& node = tree.node();
    if (tree.name == "AlterTableStmt") return phase_of_alter_table(node);
    if (tree.name == "DefineStmt")
        return phase_of_object(node.value("kind", "")).value_or(row.phase);
    if (tree.name == "RenameStmt" || tree.name == "AlterObjectSchemaStmt") {
        auto const object = object_of(node);
        return phase_of_object(object).value_or(row.phase);
    }
    return row.phase;
}

/// What makes a table of rows, instead of its columns.
bool makes_table_of_query(StatementTree const& tree) {
    auto const& node = tree.node();
    return (tree.name == "CreateTableAsStmt" && node.value("objtype", "") != "OBJECT_MATVIEW") ||
           (tree.name == "SelectStmt" && node.contains("intoClause"));
}

bool is_temporary(Json const& node) {
    for (auto const* const key : {"relation", "view", "sequence"}) {
        if (node.contains(key) && node[key].value("relpersistence", "") == "t") return true;
    }
    return false;
}

struct Refusal {
    std::string_view reason{};
    std::string_view help{};
};

constexpr Refusal no_rows{"a schema declares no rows",
                          "move it to a migration, or to the seed script"};
constexpr Refusal no_query{"a schema declares objects; it runs no queries",
                           "move it to a migration"};
constexpr Refusal no_drop{"a schema declares what there is",
                          "remove it: what the schema leaves out need not be dropped here"};
constexpr Refusal no_block{"what a block does is known only when it runs",
                           "write its statements by themselves, or move it to a migration"};
constexpr Refusal no_table_as{"its columns are those of a query",
                              "write CREATE TABLE with its columns; rows belong in a migration"};
constexpr Refusal no_outside{"it reaches outside of the database",
                             "move it to what sets up the server, or to a migration"};
constexpr Refusal no_temporary{"it exists only in one session", "remove it"};
constexpr Refusal no_transaction_part{"a schema is loaded as a whole", "remove it"};
constexpr Refusal no_part{"it is no part of a schema", "move it to a migration"};

std::optional<Refusal> refusal(StatementTree const& tree, Effects const& effects) {
    auto const& node = tree.node();
    auto const& name = tree.name;
    if (name == "DoStmt") return no_block;
    if (makes_table_of_query(tree)) return no_table_as;
    if (name == "DropStmt" || name == "DropRoleStmt" || name == "DropdbStmt") return no_drop;
    using Class = StatementClass;
    auto const kind = effects.statement_class;
    auto const is_kept = kind == Class::routine || kind == Class::view || kind == Class::table_as;
    if (!is_kept && !effects.reaches.empty()) return no_outside;
    if (calls_outside_in_bound(node)) return no_outside;
    if (name == "RefreshMatViewStmt") return {};
    if (kind == Class::data) return no_rows;
    if (kind == Class::query) {
        return sets_alone(node) ? std::nullopt : std::optional{no_query};
    }
    if (is_temporary(node)) return no_temporary;
    return {};
}

/// BEGIN and COMMIT around a file mean nothing to it.
SourceTreatment treatment_of_transaction(Json const& node) {
    auto const kind = node.value("kind", "");
    auto const is_frame =
        kind == "TRANS_STMT_BEGIN" || kind == "TRANS_STMT_START" || kind == "TRANS_STMT_COMMIT";
    return is_frame ? passed_over : refused;
}

void refuse(SourceStatement& statement, Refusal const& why) {
    statement.treatment = refused;
    statement.reason = why.reason;
    statement.help = why.help;
}

bool is_comment_on_extension(StatementTree const& tree) {
    return tree.name == "CommentStmt" && tree.node().value("objtype", "") == "OBJECT_EXTENSION";
}

/// That which pg_dump writes of every database, and of which nobody owns what it is on.
bool is_usual_comment(StatementTree const& tree) {
    return is_comment_on_extension(tree) && tree.node()
                                                    .value("object", Json::object())
                                                    .value("String", Json::object())
                                                    .dump()
                                                    .find("\"plpgsql\"") != std::string::npos;
}

std::string sent_text(StatementTree const& tree, std::string_view statement) {
    if (tree.name == "CreateTableAsStmt") return without_data(statement);
    if (tree.name == "IndexStmt" && tree.node().value("concurrent", false))
        return without_word(statement, "CONCURRENTLY");
    return std::string{statement};
}

SourceStatement of_tree(StatementTree const& tree, std::string_view text) {
    auto const effects = effects_of(tree, text);
    SourceStatement found{.words = effects.words};
    auto const& node = tree.node();
    if (auto const why = refusal(tree, effects)) {
        refuse(found, *why);
        return found;
    }
    if (tree.name == "TransactionStmt") {
        found.treatment = treatment_of_transaction(node);
        if (found.treatment == refused) refuse(found, no_transaction_part);
        return found;
    }
    auto const is_passed = tree.name == "SelectStmt" || is_usual_comment(tree) ||
                           (tree.name == "AlterTableStmt" && changes_owner_alone(node));
    if (is_passed) {
        found.treatment = passed_over;
        return found;
    }
    auto const* const row = source_row(tree.name);
    if (row == nullptr) {
        refuse(found, no_part);
        return found;
    }
    found.treatment = row->treatment;
    found.phase = phase_of_tree(tree, *row);
    found.is_inert = row->is_inert;
    found.is_of_owner_alone = is_comment_on_extension(tree);
    found.object = object_of_source(tree);
    found.creates = tree.name.starts_with("Create") || tree.name == "ViewStmt" ||
                    tree.name == "IndexStmt" || tree.name == "DefineStmt" ||
                    tree.name == "CompositeTypeStmt";
    found.is_optional = node.value("if_not_exists", false);
    found.makes_routine = tree.name == "CreateFunctionStmt";
    found.adds_index_alone = adds_index_alone(tree);
    if (!found.adds_index_alone) found.indexed = indexed_table(tree);
    if (tree.name == "AlterTableStmt") read_commands(node, found);
    found.text = sent_text(tree, text);
    return found;
}

/// The words of a statement that PostgreSQL's parser, as it is linked, does not take.
SourceStatement of_words(std::string_view text) {
    SourceStatement found{.words = effects(text).words, .text = std::string{text}};
    auto const row = source_words(text);
    if (!row) {
        refuse(found, no_part);
        if (auto const wrong = syntax_error(text)) {
            found.syntax_error = wrong->offset;
            found.reason = wrong->message;
        }
        return found;
    }
    found.treatment = managed;
    found.phase = row->phase;
    found.object = row->object;
    found.creates = row->creates;
    found.is_optional = row->is_optional;
    found.makes_routine = row->phase == Phase::routine;
    if (row->is_materialized) found.text = without_data(text);
    found.text = without_word(found.text, "CONCURRENTLY");
    return found;
}

void add_names(std::string_view text, std::set<std::string>& names, int depth) {
    for (auto token = next_significant_token(text, 0); token.kind != TokenKind::end;
         token = next_significant_token(text, token.end)) {
        if (is_name(token)) {
            names.insert(sql::name_of(text, token));
        } else if (token.kind == TokenKind::text && depth > 0) {
            auto const content = text.substr(token.begin, token.end - token.begin);
            auto const open = content.starts_with('$') ? content.find('$', 1) : 0;
            if (open == std::string_view::npos || content.size() < 2 * (open + 1)) continue;
            add_names(content.substr(open + 1, content.size() - 2 * (open + 1)), names, depth - 1);
        }
    }
}

}  // namespace

SourceStatement source_statement(std::string_view statement) {
    auto const trees = parse_statements(statement);
    if (!trees || trees->size() != 1) return of_words(statement);
    return of_tree(trees->front(), statement);
}

std::set<std::string> names_in(std::string_view text, int depth) {
    std::set<std::string> names{};
    add_names(text, names, depth);
    return names;
}

}  // namespace cm::sql
