// See source_statement.hpp. One table says what each kind of statement is; the tree is asked only
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
#include "sql/source_words.hpp"
#include "sql/statement_cursor.hpp"
#include "sql/statement_tree.hpp"
#include "sql/statement_words.hpp"

namespace cm::sql {
namespace {

using enum SourceTreatment;
using Phase = SourcePhase;

struct SourceRow {
    std::string_view node{};
    SourceTreatment treatment{};
    Phase phase{};
    bool is_inert{};
};

/// Whether a node is refused for what it does is told by `refusal`; what is in no table is refused.
constexpr std::array source_rows{
    SourceRow{"CreateSchemaStmt", managed, Phase::schema},
    SourceRow{"CreateExtensionStmt", managed, Phase::extension, true},
    SourceRow{"AlterExtensionStmt", managed, Phase::extension, true},
    SourceRow{"CreateAmStmt", loaded, Phase::routine, true},
    SourceRow{"CreatePLangStmt", loaded, Phase::extension, true},
    SourceRow{"CreateFdwStmt", managed, Phase::routine, true},
    SourceRow{"AlterFdwStmt", managed, Phase::routine, true},
    SourceRow{"CreateForeignServerStmt", managed, Phase::routine, true},
    SourceRow{"AlterForeignServerStmt", managed, Phase::routine, true},
    SourceRow{"CreateEnumStmt", managed, Phase::type},
    SourceRow{"AlterEnumStmt", managed, Phase::type},
    SourceRow{"CompositeTypeStmt", managed, Phase::type},
    SourceRow{"CreateDomainStmt", managed, Phase::type},
    SourceRow{"AlterDomainStmt", managed, Phase::type},
    SourceRow{"CreateRangeStmt", managed, Phase::type},
    SourceRow{"AlterTypeStmt", managed, Phase::type},
    SourceRow{"DefineStmt", managed, Phase::type},
    SourceRow{"AlterCollationStmt", managed, Phase::type},
    SourceRow{"AlterTSDictionaryStmt", managed, Phase::type},
    SourceRow{"AlterTSConfigurationStmt", managed, Phase::type},
    SourceRow{"CreateSeqStmt", managed, Phase::sequence},
    SourceRow{"AlterSeqStmt", managed, Phase::sequence},
    SourceRow{"CreateStmt", managed, Phase::table},
    SourceRow{"AlterTableStmt", managed, Phase::table},
    SourceRow{"CreateForeignTableStmt", loaded, Phase::view},
    SourceRow{"CreateFunctionStmt", managed, Phase::routine, true},
    SourceRow{"AlterFunctionStmt", managed, Phase::routine, true},
    SourceRow{"CreateCastStmt", managed, Phase::routine, true},
    SourceRow{"CreateTransformStmt", loaded, Phase::routine, true},
    SourceRow{"CreateConversionStmt", managed, Phase::routine, true},
    SourceRow{"AlterOperatorStmt", managed, Phase::routine, true},
    SourceRow{"CreateOpClassStmt", managed, Phase::routine, true},
    SourceRow{"CreateOpFamilyStmt", managed, Phase::routine, true},
    SourceRow{"AlterOpFamilyStmt", managed, Phase::routine, true},
    SourceRow{"ViewStmt", managed, Phase::view},
    SourceRow{"CreateTableAsStmt", managed, Phase::view},
    SourceRow{"IndexStmt", managed, Phase::index},
    SourceRow{"CreateStatsStmt", managed, Phase::index},
    SourceRow{"AlterStatsStmt", managed, Phase::index},
    SourceRow{"CreateTrigStmt", managed, Phase::trigger},
    SourceRow{"RuleStmt", managed, Phase::trigger},
    SourceRow{"CreatePolicyStmt", managed, Phase::trigger},
    SourceRow{"AlterPolicyStmt", managed, Phase::trigger},
    SourceRow{"CreatePublicationStmt", managed, Phase::trigger, true},
    SourceRow{"AlterPublicationStmt", managed, Phase::trigger, true},
    SourceRow{"CommentStmt", managed, Phase::comment, true},
    SourceRow{"SecLabelStmt", loaded, Phase::comment, true},
    SourceRow{"GrantStmt", managed, Phase::privilege, true},
    SourceRow{"AlterDefaultPrivilegesStmt", managed, Phase::privilege, true},
    SourceRow{"CreateEventTrigStmt", managed, Phase::event_trigger, true},
    SourceRow{"AlterEventTrigStmt", managed, Phase::event_trigger, true},
    SourceRow{"RenameStmt", managed, Phase::table},
    SourceRow{"AlterObjectSchemaStmt", managed, Phase::table},
    SourceRow{"AlterObjectDependsStmt", managed, Phase::comment, true},
    SourceRow{"AlterOwnerStmt", passed_over, {}},
    SourceRow{"VariableSetStmt", passed_over, {}},
    SourceRow{"RefreshMatViewStmt", passed_over, {}},
};

struct ObjectPhase {
    std::string_view object{};  ///< of PostgreSQL's ObjectType
    Phase phase{};
};

/// Where a statement may be about objects of several kinds.
constexpr std::array object_phases{
    ObjectPhase{"OBJECT_SCHEMA", Phase::schema},
    ObjectPhase{"OBJECT_EXTENSION", Phase::extension},
    ObjectPhase{"OBJECT_AGGREGATE", Phase::routine},
    ObjectPhase{"OBJECT_FUNCTION", Phase::routine},
    ObjectPhase{"OBJECT_PROCEDURE", Phase::routine},
    ObjectPhase{"OBJECT_ROUTINE", Phase::routine},
    ObjectPhase{"OBJECT_OPERATOR", Phase::routine},
    ObjectPhase{"OBJECT_OPCLASS", Phase::routine},
    ObjectPhase{"OBJECT_OPFAMILY", Phase::routine},
    ObjectPhase{"OBJECT_CONVERSION", Phase::routine},
    ObjectPhase{"OBJECT_FDW", Phase::routine},
    ObjectPhase{"OBJECT_FOREIGN_SERVER", Phase::routine},
    ObjectPhase{"OBJECT_TYPE", Phase::type},
    ObjectPhase{"OBJECT_DOMAIN", Phase::type},
    ObjectPhase{"OBJECT_DOMCONSTRAINT", Phase::type},
    ObjectPhase{"OBJECT_ATTRIBUTE", Phase::type},
    ObjectPhase{"OBJECT_COLLATION", Phase::type},
    ObjectPhase{"OBJECT_TSCONFIGURATION", Phase::type},
    ObjectPhase{"OBJECT_TSDICTIONARY", Phase::type},
    ObjectPhase{"OBJECT_TSPARSER", Phase::type},
    ObjectPhase{"OBJECT_TSTEMPLATE", Phase::type},
    ObjectPhase{"OBJECT_SEQUENCE", Phase::sequence},
    ObjectPhase{"OBJECT_TABLE", Phase::table},
    ObjectPhase{"OBJECT_COLUMN", Phase::table},
    ObjectPhase{"OBJECT_FOREIGN_TABLE", Phase::view},
    ObjectPhase{"OBJECT_VIEW", Phase::view},
    ObjectPhase{"OBJECT_MATVIEW", Phase::view},
    ObjectPhase{"OBJECT_INDEX", Phase::index},
    ObjectPhase{"OBJECT_STATISTIC_EXT", Phase::index},
    ObjectPhase{"OBJECT_TABCONSTRAINT", Phase::constraint},
    ObjectPhase{"OBJECT_TRIGGER", Phase::trigger},
    ObjectPhase{"OBJECT_RULE", Phase::trigger},
    ObjectPhase{"OBJECT_POLICY", Phase::trigger},
    ObjectPhase{"OBJECT_PUBLICATION", Phase::trigger},
    ObjectPhase{"OBJECT_EVENT_TRIGGER", Phase::event_trigger},
};

std::optional<Phase> phase_of(std::string_view object) {
    auto const* const row = std::find_if(object_phases.begin(), object_phases.end(),
                                         [&](auto const& one) { return one.object == object; });
    return row == object_phases.end() ? std::nullopt : std::optional{row->phase};
}

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
    if (subtype != "AT_AddConstraint" || !command.contains("def")) return Phase::table;
    auto const constraint = command["def"].value("Constraint", Json::object());
    auto const stands_on_others =
        constraint.value("contype", "") == "CONSTR_FOREIGN" || constraint.contains("indexname");
    return stands_on_others ? Phase::constraint : Phase::table;
}

Phase phase_of_alter_table(Json const& node) {
    auto phase = phase_of(node.value("objtype", "")).value_or(Phase::table);
    if (phase != Phase::table) return phase;
    for (auto const& command : node.value("cmds", Json::array())) {
        phase = std::max(phase, phase_of_command(command.value("AlterTableCmd", Json::object())));
    }
    return phase;
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

QualifiedName named_relation(Json const& node) {
    return {node.value("schemaname", ""), node.value("relname", "")};
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
        if (inner.contains("relname")) return named_relation(inner);
        if (inner.contains("relation")) return named_relation(inner["relation"]);
    }
    if (node.contains("into") && node["into"].contains("rel"))
        return named_relation(node["into"]["rel"]);
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
    if (tree.name == "DefineStmt") return phase_of(node.value("kind", "")).value_or(row.phase);
    if (tree.name == "RenameStmt" || tree.name == "AlterObjectSchemaStmt") {
        auto const object = object_of(node);
        return phase_of(object).value_or(row.phase);
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
    auto const effects = sql::effects(text);
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
    auto const* const row = std::find_if(source_rows.begin(), source_rows.end(),
                                         [&](auto const& one) { return one.node == tree.name; });
    if (row == source_rows.end()) {
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
    found.text = sent_text(tree, text);
    return found;
}

/// The words of a statement that PostgreSQL's parser, as it is linked, does not take.
SourceStatement of_words(std::string_view text) {
    SourceStatement found{.words = effects(text).words, .text = std::string{text}};
    auto const row = source_words(text);
    if (!row) {
        refuse(found, no_part);
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
        if (token.kind == TokenKind::word || token.kind == TokenKind::name) {
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

std::set<std::string> names_in(std::string_view statement) {
    std::set<std::string> names{};
    add_names(statement, names, 2);
    return names;
}

}  // namespace cm::sql
