// Places come from tokens where the parse tree has none.
#include "lint/syntax.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "sql/statement_cursor.hpp"
#include "sql/token.hpp"
#include "sql/type.hpp"

namespace cm::lint {
namespace {

bool is_symbol(std::string_view text, sql::Token token, char symbol) {
    return token.kind == sql::TokenKind::symbol && text[token.begin] == symbol;
}

/// Where the list element that `at` lies in ends: at a comma, or the bracket that closes the list.
std::size_t element_end(std::string_view text, std::size_t at) {
    int depth = 0;
    auto end = at;
    for (auto token = sql::next_significant_token(text, at); token.kind != sql::TokenKind::end;
         token = sql::next_significant_token(text, token.end)) {
        auto const closes = is_symbol(text, token, ')') || is_symbol(text, token, ']');
        if (depth == 0 && (closes || is_symbol(text, token, ','))) break;
        if (is_symbol(text, token, '(') || is_symbol(text, token, '[')) ++depth;
        if (closes) --depth;
        end = token.end;
    }
    return end;
}

/// The places of the commands of ALTER TABLE, which the parse tree does not tell.
std::vector<Place> command_places(Statement const& statement) {
    auto const text = statement.text;
    sql::StatementCursor cursor(text);
    cursor.take("ALTER TABLE");
    cursor.take("IF EXISTS");
    cursor.take("ONLY");
    cursor.written_name();
    cursor.take('*');
    std::vector<Place> places{};
    for (auto token = cursor.next(); token.kind != sql::TokenKind::end;
         token = sql::next_significant_token(text, token.end)) {
        if (is_symbol(text, token, ',')) continue;
        auto const end = element_end(text, token.begin);
        places.push_back({statement.place.begin + static_cast<std::uint32_t>(token.begin),
                          statement.place.begin + static_cast<std::uint32_t>(end)});
        if (end <= token.begin) break;
        token.end = end;
    }
    return places;
}

std::string constraint_kind(sql::Node constraint) {
    auto kind = constraint.text("contype");
    constexpr std::string_view prefix = "CONSTR_";
    return kind.starts_with(prefix) ? kind.substr(prefix.size()) : kind;
}

/// A location in the parse tree, in bytes of the statement.
std::size_t offset_in(Statement const& statement, int location) {
    auto const at = statement.tree_origin + static_cast<std::uint32_t>(std::max(location, 0));
    return at > statement.place.begin ? at - statement.place.begin : 0;
}

/// From the type's first word to the end of its modifiers.
Place type_place(Statement const& statement, int location) {
    auto const text = statement.text;
    auto const begin = offset_in(statement, location);
    auto token = sql::next_significant_token(text, begin);
    auto end = token.end;
    auto next = sql::next_significant_token(text, end);
    if (sql::is_word(text, token, "CHARACTER") && sql::is_word(text, next, "VARYING")) {
        end = next.end;
        next = sql::next_significant_token(text, end);
    }
    if (is_symbol(text, next, '(')) end = element_end(text, next.begin);
    // What follows the modifiers is no part of them.
    if (is_symbol(text, next, '(')) {
        auto const close = text.find(')', next.begin);
        if (close != std::string_view::npos) end = close + 1;
    }
    return {statement.place.begin + static_cast<std::uint32_t>(begin),
            statement.place.begin + static_cast<std::uint32_t>(end)};
}

WrittenType written_type(Statement const& statement, sql::QualifiedName const& table,
                         std::string column, sql::Node type_name) {
    return {.table = table,
            .column = std::move(column),
            .name = sql::last_name(type_name.list("names")),
            .has_modifiers = type_name.contains("typmods"),
            .is_array = type_name.contains("arrayBounds"),
            .place = type_place(statement, type_name.integer("location"))};
}

std::vector<ColumnDefinition> read_definitions(Statement const& statement) {
    std::vector<ColumnDefinition> columns{};
    if (statement.is("CreateStmt")) {
        auto const table = relation_name(statement.node()["relation"]);
        for (auto const& element : statement.node().list("tableElts")) {
            if (!element.contains("ColumnDef")) continue;
            auto const column = element["ColumnDef"];
            columns.push_back({table, column.text("colname"), column,
                               element_place(statement, column.integer("location")), false});
        }
    } else if (auto const alter = alter_table(statement)) {
        for (auto const& command : alter->commands) {
            if (command.kind != "AddColumn") continue;
            columns.push_back({alter->table, command.name, command.definition()["ColumnDef"],
                               command.place, true});
        }
    }
    return columns;
}

std::vector<WrittenType> read_types(Statement const& statement,
                                    std::vector<ColumnDefinition> const& definitions) {
    std::vector<WrittenType> types{};
    for (auto const& column : definitions) {
        if (!column.node.contains("typeName")) continue;
        types.push_back(
            written_type(statement, column.table, column.name, column.node["typeName"]));
    }
    auto const alter = alter_table(statement);
    if (!alter) return types;
    for (auto const& command : alter->commands) {
        if (command.kind != "AlterColumnType") continue;
        types.push_back(written_type(statement, alter->table, command.name,
                                     command.definition()["ColumnDef"]["typeName"]));
    }
    return types;
}

}  // namespace

sql::QualifiedName relation_name(sql::Node range_var) {
    return {range_var.text("schemaname"), range_var.text("relname")};
}

sql::QualifiedName object_name(std::vector<sql::Node> const& parts) {
    sql::QualifiedName name{};
    if (parts.empty()) return name;
    if (parts.back().contains("String")) name.name = sql::string_of(parts.back());
    if (parts.size() > 1 && parts[parts.size() - 2].contains("String")) {
        name.schema = sql::string_of(parts[parts.size() - 2]);
    }
    return name;
}

std::string shown(std::string_view name) {
    return std::string{name};
}

std::string shown(sql::QualifiedName const& name) {
    return name.schema.empty() ? name.name : name.schema + "." + name.name;
}

std::string written(std::string_view name) {
    auto const is_plain = std::all_of(
        name.begin(), name.end(), [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
    // Whether a plain one is a keyword is for the parser to say.
    return is_plain ? sql::bare_name(name) : sql::quote_identifier(name);
}

std::string written(sql::QualifiedName const& name) {
    return name.schema.empty() ? written(name.name)
                               : written(name.schema) + "." + written(name.name);
}

std::shared_ptr<AlterTable const> read_alter_table(Statement const& statement) {
    if (!statement.is("AlterTableStmt")) return {};
    auto const node = statement.node();
    if (node.text("objtype") != "OBJECT_TABLE") return {};
    AlterTable result{.table = relation_name(node["relation"])};
    auto const places = command_places(statement);
    std::size_t index = 0;
    for (auto const& one : node.list("cmds")) {
        auto const command = one["AlterTableCmd"];
        auto kind = command.text("subtype");
        if (kind.starts_with("AT_")) kind.erase(0, 3);
        AlterCommand read{.kind = std::move(kind),
                          .name = command.text("name"),
                          .node = command,
                          .place = index < places.size() ? places[index] : statement.place,
                          .is_conditional = command.boolean("missing_ok")};
        if (read.name.empty() && read.has_definition() && read.definition().contains("ColumnDef")) {
            read.name = read.definition()["ColumnDef"].text("colname");
        }
        result.commands.push_back(std::move(read));
        ++index;
    }
    return std::make_shared<AlterTable const>(std::move(result));
}

bool may_run_concurrently(Statement const& statement) {
    return statement.is("IndexStmt") || statement.is("ReindexStmt") || statement.is("DropStmt");
}

bool renames_part_of_table(Statement const& statement) {
    if (!statement.is("RenameStmt")) return false;
    auto const node = statement.node();
    auto const kind = node.text("renameType");
    return kind == "OBJECT_TABLE" || kind == "OBJECT_TABCONSTRAINT" ||
           (kind == "OBJECT_COLUMN" && node.text("relationType") == "OBJECT_TABLE");
}

std::vector<ColumnDefinition> const& column_definitions(Statement const& statement) {
    static std::vector<ColumnDefinition> const none{};
    return statement.columns ? statement.columns->definitions : none;
}

std::vector<WrittenType> const& written_types(Statement const& statement) {
    static std::vector<WrittenType> const none{};
    return statement.columns ? statement.columns->types : none;
}

std::shared_ptr<WrittenColumns const> read_columns(Statement const& statement) {
    if (!statement.is("CreateStmt") && !statement.alter) return {};
    WrittenColumns columns{.definitions = read_definitions(statement)};
    columns.types = read_types(statement, columns.definitions);
    return std::make_shared<WrittenColumns const>(std::move(columns));
}

std::optional<sql::Node> find_constraint(sql::Node column, std::string_view kind) {
    for (auto const& one : column.list("constraints")) {
        if (one.contains("Constraint") && one["Constraint"].text("contype") == kind) {
            return one["Constraint"];
        }
    }
    return {};
}

std::vector<AddedConstraint> added_constraints(Statement const& statement) {
    std::vector<AddedConstraint> all{};
    auto const alter = alter_table(statement);
    if (!alter) return all;
    for (auto const& command : alter->commands) {
        if (command.kind != "AddConstraint") continue;
        auto const node = command.definition()["Constraint"];
        all.push_back({.table = alter->table,
                       .kind = constraint_kind(node),
                       .name = node.text("conname"),
                       .node = node,
                       .place = command.place,
                       .is_checked = !node.boolean("skip_validation"),
                       .takes_index = node.contains("indexname")});
    }
    return all;
}

std::string column_list(sql::Node node, char const* key) {
    std::string text{};
    for (auto const& part : node.list(key)) {
        if (!part.contains("String")) continue;
        text += (text.empty() ? "" : ", ") + written(sql::string_of(part));
    }
    return text;
}

Place token_place(Statement const& statement, int location) {
    auto const begin = offset_in(statement, location);
    auto const token = sql::next_significant_token(statement.text, begin);
    return {statement.place.begin + static_cast<std::uint32_t>(token.begin),
            statement.place.begin + static_cast<std::uint32_t>(token.end)};
}

Place element_place(Statement const& statement, int location) {
    auto const begin = offset_in(statement, location);
    return {statement.place.begin + static_cast<std::uint32_t>(begin),
            statement.place.begin + static_cast<std::uint32_t>(element_end(statement.text, begin))};
}

Place clause_place(Statement const& statement, std::string_view word) {
    for (auto token = sql::next_significant_token(statement.text, 0);
         token.kind != sql::TokenKind::end;
         token = sql::next_significant_token(statement.text, token.end)) {
        if (!sql::is_word(statement.text, token, word)) continue;
        return {statement.place.begin + static_cast<std::uint32_t>(token.begin),
                statement.place.end};
    }
    return statement.place;
}

std::string_view text_at(Script const& script, Place place) {
    return script.text().substr(place.begin, place.end - place.begin);
}

}  // namespace cm::lint
