// How statements fall into parts: see statement_parts.hpp.
#include "sql/statement_parts.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "sql/query_parts.hpp"

namespace cm::sql {
namespace {

std::string text_of(Json const& node, char const* key) {
    return node.is_object() ? node.value(key, "") : std::string{};
}

/// ALTER TABLE can be said of other relations, too; each form has rows of its own.
std::string_view alter_form(std::string const& object) {
    if (object == "OBJECT_INDEX") return "ALTER INDEX";
    if (object == "OBJECT_VIEW") return "ALTER VIEW";
    if (object == "OBJECT_SEQUENCE") return "ALTER SEQUENCE";
    if (object == "OBJECT_TYPE") return "ALTER TYPE";
    return "ALTER TABLE";
}

QualifiedName other_of_command(Json const& command) {
    for (auto const& name : {relation_name_in(member(command, {"def", "PartitionCmd", "name"})),
                             relation_name_in(member(command, {"def", "RangeVar"})),
                             relation_name_in(member(command, {"def", "Constraint", "pktable"}))}) {
        if (!name.name.empty()) return name;
    }
    return {};
}

void add_column_constraints(StatementParts& parts, StatementPart const& add_column) {
    for (auto const& wrapped : member(*add_column.column, {"constraints"})) {
        auto const& constraint = member(wrapped, {"Constraint"});
        auto part = add_column;
        part.form = "ADD COLUMN";
        part.object = text_of(constraint, "contype");
        part.node = &constraint;
        part.other = relation_name_in(member(constraint, {"pktable"}));
        parts.push_back(std::move(part));
    }
}

void alter_table(StatementParts& parts, Json const& statement) {
    StatementPart part{.form = alter_form(text_of(statement, "objtype")),
                       .statement = &statement,
                       .target = relation_name_in(member(statement, {"relation"})),
                       .is_only = !member(statement, {"relation"}).value("inh", false)};
    for (auto const& wrapped : member(statement, {"cmds"})) {
        auto const& command = member(wrapped, {"AlterTableCmd"});
        auto one = part;
        one.object = text_of(command, "subtype");
        one.node = &command;
        one.other = other_of_command(command);
        auto const& column = member(command, {"def", "ColumnDef"});
        if (!column.is_null()) one.column = &column;
        if (one.object == "AT_AddConstraint") {
            one.form = "ADD CONSTRAINT";
            one.node = &member(command, {"def", "Constraint"});
            one.object = text_of(*one.node, "contype");
        }
        parts.push_back(one);
        if (one.object == "AT_AddColumn" && one.column != nullptr) {
            add_column_constraints(parts, one);
        }
        ++part.command;
    }
}

/// The new table itself is nobody else's yet: only what it names is told.
void create_table(StatementParts& parts, Json const& statement) {
    auto const& table = statement.contains("base")        ? statement["base"]
                        : statement.contains("base_stmt") ? statement["base_stmt"]
                                                          : statement;
    auto const itself = relation_name_in(member(table, {"relation"}));
    auto const add = [&](std::string object, Json const& node, QualifiedName target) {
        if (target.name.empty() || target == itself) return;
        parts.push_back({.form = "CREATE TABLE",
                         .object = std::move(object),
                         .node = &node,
                         .statement = &statement,
                         .target = std::move(target)});
    };
    for (auto const& parent : member(table, {"inhRelations"})) {
        add(table.contains("partbound") ? "PARTITION OF" : "INHERITS", table,
            relation_name_in(parent));
    }
    auto const add_reference = [&](Json const& constraint) {
        if (text_of(constraint, "contype") != "CONSTR_FOREIGN") return;
        add("REFERENCES", constraint, relation_name_in(member(constraint, {"pktable"})));
    };
    for (auto const* list : {"tableElts", "constraints"}) {
        for (auto const& element : member(table, {list})) {
            add("LIKE", element,
                relation_name_in(member(element, {"TableLikeClause", "relation"})));
            add_reference(member(element, {"Constraint"}));
            for (auto const& constraint : member(element, {"ColumnDef", "constraints"})) {
                add_reference(member(constraint, {"Constraint"}));
            }
        }
    }
}

/// Of what belongs to a table the last name is its own, and the table's stands before it.
void add_named(StatementParts& parts, std::string_view form, std::string const& object,
               Json const& statement, Json const& names) {
    constexpr std::array<std::string_view, 5> parts_of_tables{
        "OBJECT_TRIGGER", "OBJECT_RULE", "OBJECT_POLICY", "OBJECT_COLUMN", "OBJECT_TABCONSTRAINT"};
    auto const is_part =
        std::find(parts_of_tables.begin(), parts_of_tables.end(), object) != parts_of_tables.end();
    auto name = qualified_name_in(member(names, {"List", "items"}), is_part ? 1 : 0);
    parts.push_back({.form = form,
                     .object = object,
                     .node = &statement,
                     .statement = &statement,
                     .target = std::move(name)});
}

void drop(StatementParts& parts, Json const& statement) {
    for (auto const& object : member(statement, {"objects"})) {
        add_named(parts, "DROP", text_of(statement, "removeType"), statement, object);
    }
}

void comment(StatementParts& parts, Json const& statement) {
    add_named(parts, "COMMENT", text_of(statement, "objtype"), statement,
              member(statement, {"object"}));
}

/// A statement about one relation.
void about(StatementParts& parts, std::string_view form, std::string object, Json const& statement,
           Json const& range_var, QualifiedName other = {}) {
    parts.push_back({.form = form,
                     .object = std::move(object),
                     .node = &statement,
                     .statement = &statement,
                     .target = relation_name_in(range_var),
                     .other = std::move(other),
                     .is_only = range_var.is_object() && !range_var.value("inh", false)});
}

void vacuum(StatementParts& parts, Json const& statement) {
    auto const& tables = member(statement, {"rels"});
    auto const* const form = statement.value("is_vacuumcmd", false) ? "VACUUM" : "ANALYZE";
    for (auto const& table : tables) {
        about(parts, form, "", statement, member(table, {"VacuumRelation", "relation"}));
    }
    if (tables.empty()) about(parts, form, "every table", statement, {});
}

void reindex(StatementParts& parts, Json const& statement) {
    auto const kind = text_of(statement, "kind");
    about(parts, "REINDEX", kind, statement, member(statement, {"relation"}));
    if (kind == "REINDEX_OBJECT_SCHEMA") parts.back().target.schema = text_of(statement, "name");
}

void about_published(StatementParts& parts, std::string_view form, Json const& statement) {
    for (auto const& object : member(statement, {"pubobjects"})) {
        auto const& table = member(object, {"PublicationObjSpec", "pubtable", "relation"});
        if (!table.is_null()) {
            about(parts, form, text_of(statement, "action"), statement, table);
        }
    }
}

void create_publication(StatementParts& parts, Json const& statement) {
    about_published(parts, "CREATE PUBLICATION", statement);
}

void alter_publication(StatementParts& parts, Json const& statement) {
    about_published(parts, "ALTER PUBLICATION", statement);
}

void about_sequence(StatementParts& parts, std::string_view form, Json const& statement) {
    auto const* const owner = find_option(member(statement, {"options"}), "owned_by");
    about(parts, form, "", statement, member(statement, {"sequence"}),
          owner == nullptr ? QualifiedName{}
                           : qualified_name_in(member(*owner, {"arg", "List", "items"}), 1));
}

void create_sequence(StatementParts& parts, Json const& statement) {
    about_sequence(parts, "CREATE SEQUENCE", statement);
}

void alter_sequence(StatementParts& parts, Json const& statement) {
    about_sequence(parts, "ALTER SEQUENCE", statement);
}

void alter_domain(StatementParts& parts, Json const& statement) {
    parts.push_back({.form = "ALTER DOMAIN",
                     .object = text_of(statement, "subtype"),
                     .node = &statement,
                     .statement = &statement,
                     .target = qualified_name_in(member(statement, {"typeName"}))});
}

void create_index(StatementParts& parts, Json const& statement) {
    about(parts, "CREATE INDEX", "", statement, member(statement, {"relation"}));
}

void rename(StatementParts& parts, Json const& statement) {
    about(parts, "RENAME", text_of(statement, "renameType"), statement,
          member(statement, {"relation"}));
}

void set_schema(StatementParts& parts, Json const& statement) {
    about(parts, "SET SCHEMA", text_of(statement, "objectType"), statement,
          member(statement, {"relation"}));
}

void cluster(StatementParts& parts, Json const& statement) {
    auto const& table = member(statement, {"relation"});
    about(parts, "CLUSTER", table.is_null() ? "every table" : "", statement, table);
}

void create_rule(StatementParts& parts, Json const& statement) {
    about(parts, "CREATE RULE", "", statement, member(statement, {"relation"}));
}

void create_trigger(StatementParts& parts, Json const& statement) {
    about(parts, "CREATE TRIGGER", "", statement, member(statement, {"relation"}),
          relation_name_in(member(statement, {"constrrel"})));
}

void create_policy(StatementParts& parts, Json const& statement) {
    about(parts, "CREATE POLICY", "", statement, member(statement, {"table"}));
}

void alter_policy(StatementParts& parts, Json const& statement) {
    about(parts, "ALTER POLICY", "", statement, member(statement, {"table"}));
}

void refresh(StatementParts& parts, Json const& statement) {
    about(parts, "REFRESH", "", statement, member(statement, {"relation"}));
}

void about_each(StatementParts& parts, std::string_view form, std::string const& object,
                Json const& statement) {
    for (auto const& table : member(statement, {"relations"})) {
        about(parts, form, object, statement, member(table, {"RangeVar"}));
    }
}

void truncate(StatementParts& parts, Json const& statement) {
    about_each(parts, "TRUNCATE", "", statement);
}

void lock(StatementParts& parts, Json const& statement) {
    about_each(parts, "LOCK", std::to_string(statement.value("mode", 0)), statement);
}

void create_statistics(StatementParts& parts, Json const& statement) {
    about_each(parts, "CREATE STATISTICS", "", statement);
}

void view(StatementParts& parts, Json const& statement) {
    if (statement.value("replace", false)) {
        about(parts, "REPLACE VIEW", "", statement, member(statement, {"view"}));
    }
    add_query_parts(parts, "ViewStmt", statement);
}

void copy(StatementParts& parts, Json const& statement) {
    auto const& table = member(statement, {"relation"});
    auto const* const object = statement.value("is_from", false) ? "INSERT" : "SELECT";
    if (!table.is_null()) about(parts, "QUERY", object, statement, table);
    add_query_parts(parts, "CopyStmt", statement);
}

void create_schema(StatementParts& parts, Json const& statement);

struct Reader {
    std::string_view node{};
    void (*read)(StatementParts&, Json const&){};
};

constexpr std::array readers{
    Reader{"AlterTableStmt", alter_table},
    Reader{"CreateStmt", create_table},
    Reader{"CreateForeignTableStmt", create_table},
    Reader{"CreateSchemaStmt", create_schema},
    Reader{"DropStmt", drop},
    Reader{"CommentStmt", comment},
    Reader{"VacuumStmt", vacuum},
    Reader{"ReindexStmt", reindex},
    Reader{"CreatePublicationStmt", create_publication},
    Reader{"AlterPublicationStmt", alter_publication},
    Reader{"CreateSeqStmt", create_sequence},
    Reader{"AlterSeqStmt", alter_sequence},
    Reader{"AlterDomainStmt", alter_domain},
    Reader{"IndexStmt", create_index},
    Reader{"RenameStmt", rename},
    Reader{"AlterObjectSchemaStmt", set_schema},
    Reader{"ClusterStmt", cluster},
    Reader{"RuleStmt", create_rule},
    Reader{"CreateTrigStmt", create_trigger},
    Reader{"CreatePolicyStmt", create_policy},
    Reader{"AlterPolicyStmt", alter_policy},
    Reader{"RefreshMatViewStmt", refresh},
    Reader{"TruncateStmt", truncate},
    Reader{"LockStmt", lock},
    Reader{"CreateStatsStmt", create_statistics},
    Reader{"ViewStmt", view},
    Reader{"CopyStmt", copy},
};

/// Statements that are queries, or hold one.
constexpr std::array<std::string_view, 9> with_queries{
    "SelectStmt",        "InsertStmt",  "UpdateStmt", "DeleteStmt",       "MergeStmt",
    "CreateTableAsStmt", "ExplainStmt", "CallStmt",   "DeclareCursorStmt"};

void add_parts(StatementParts& parts, std::string_view node, Json const& statement) {
    auto const* const reader = std::find_if(readers.begin(), readers.end(),
                                            [&](Reader const& one) { return one.node == node; });
    if (reader != readers.end()) {
        reader->read(parts, statement);
    } else if (std::find(with_queries.begin(), with_queries.end(), node) != with_queries.end()) {
        add_query_parts(parts, node, statement);
    }
}

void create_schema(StatementParts& parts, Json const& statement) {
    for (auto const& element : member(statement, {"schemaElts"})) {
        add_parts(parts, element.begin().key(), element.begin().value());
    }
}

}  // namespace

QualifiedName relation_name_in(Json const& range_var) {
    auto const& inner =
        range_var.contains("RangeVar") ? member(range_var, {"RangeVar"}) : range_var;
    return {text_of(inner, "schemaname"), text_of(inner, "relname")};
}

QualifiedName qualified_name_in(Json const& names, std::size_t left_out) {
    if (!names.is_array() || names.size() <= left_out) return {};
    auto const part = [&](std::size_t index) {
        return text_of(member(names[index], {"String"}), "sval");
    };
    auto const last = names.size() - left_out - 1;
    return {last > 0 ? part(last - 1) : std::string{}, part(last)};
}

StatementParts parts_of(StatementTree const& tree) {
    StatementParts parts{};
    add_parts(parts, tree.name, tree.node());
    return parts;
}

}  // namespace cm::sql
