// Parsing expressions with libpg_query: each as the default of a column, the place where least may
// follow it.
#include "sql/parse_tree.hpp"

#include <fmt/format.h>
#include <pg_query.h>

#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <variant>

#include "sql/fragment.hpp"
#include "sql/parse_node.hpp"
#include "sql/token.hpp"
#include "sql/tree_reader.hpp"

namespace cm::sql {

struct ParseTree::Node {
    nlohmann::json json{};
    bool needs_brackets{};
};

namespace {

using Json = nlohmann::json;
using Whole = std::variant<ParseTree::Node, std::string>;

/// The text of one expression as PostgreSQL's parser takes it apart, or what is wrong with it.
Whole parse_whole(std::string_view text);

/// libpg_query 15 leaves out integers that are not positive: `-42` comes as `"ival": {}`, like 0.
/// What they are stands in the text where the constant begins, with its signs and brackets.
int integer_at(std::string_view query, std::size_t at) {
    bool negative = false;
    while (at < query.size() && (query[at] < '0' || query[at] > '9')) {
        negative ^= query[at++] == '-';
    }
    int value = 0;
    std::from_chars(query.data() + at, query.data() + query.size(), value);
    return negative ? -value : value;
}

void restore_integers(Json& node, std::string_view query) {
    if (node.is_object() && node.contains("A_Const") && node["A_Const"].contains("ival")) {
        auto& constant = node["A_Const"];
        if (constant["ival"].empty()) {
            constant["ival"]["ival"] = integer_at(query, constant.value("location", 0U));
        }
        return;
    }
    if (node.is_structured()) {
        for (auto& child : node) {
            restore_integers(child, query);
        }
    }
}

/// A level of the tree takes at least a token, and each level takes stack, here and in the parser.
constexpr std::size_t maximum_tokens = 5'000;

bool may_nest_too_deeply(std::string_view text) {
    if (text.size() <= maximum_tokens) return false;  // no token is empty
    std::size_t count = 0;
    for (auto token = next_significant_token(text, 0); token.kind != TokenKind::end;
         token = next_significant_token(text, token.end)) {
        if (++count > maximum_tokens) return true;
    }
    return false;
}

/// The statement if the text is exactly one of that kind, or what is wrong with it.
std::variant<Json, std::string> statement_of(std::string const& query, char const* kind) {
    auto const parsed = pg_query_parse(query.c_str());
    std::variant<Json, std::string> result{};
    if (parsed.error != nullptr) {
        result = std::string{parsed.error->message};
    } else {
        auto const statements = read_tree(parsed.parse_tree).at("stmts");
        if (statements.size() == 1 && statements[0].at("stmt").contains(kind)) {
            result = statements[0]["stmt"][kind];
        } else {
            result = std::string{"it is more than one statement"};
        }
    }
    pg_query_free_parse_result(parsed);
    return result;
}

bool has_only(Json const& node, std::set<std::string_view> const& known) {
    for (auto const& [key, value] : node.items()) {
        if (!known.contains(key)) return false;
    }
    return true;
}

/// The only column of a CREATE TABLE that says nothing else, of what follows `c` in its brackets.
std::optional<Json> only_column(std::string_view definition) {
    auto const parsed =
        statement_of(fmt::format("CREATE TABLE t (c {})", definition), "CreateStmt");
    auto const* const table = std::get_if<Json>(&parsed);
    if (table == nullptr || !has_only(*table, {"relation", "tableElts", "oncommit"}) ||
        table->value("oncommit", "") != "ONCOMMIT_NOOP" || !table->contains("tableElts") ||
        table->at("tableElts").size() != 1 || !table->at("tableElts")[0].contains("ColumnDef")) {
        return {};
    }
    auto const& column = table->at("tableElts")[0]["ColumnDef"];
    return has_only(column,
                    {"colname", "typeName", "is_local", "collClause", "constraints", "location"})
               ? std::optional{column}
               : std::nullopt;
}

bool is_default_alone(std::string_view text) {
    auto const column = only_column(fmt::format("t DEFAULT {}", text));
    return column && !column->contains("collClause") && column->contains("constraints") &&
           column->at("constraints").size() == 1 &&
           column->at("constraints")[0].contains("Constraint") &&
           column->at("constraints")[0]["Constraint"].value("contype", "") == "CONSTR_DEFAULT";
}

/// True of what may stand behind DEFAULT in CREATE TABLE for certain: literals under casts, lists
/// and calls, without a comment that hides what follows, or a semicolon.
bool is_simple(Json const& node, std::string_view text) {
    if (text.find("--") != std::string_view::npos || text.find(';') != std::string_view::npos) {
        return false;
    }
    if (node.contains("TypeCast")) return is_simple(node["TypeCast"].at("arg"), text);
    return node.contains("A_Const") || node.contains("A_ArrayExpr") ||
           node.contains("SQLValueFunction") ||
           (node.contains("FuncCall") &&
            node["FuncCall"].value("funcformat", "") == "COERCE_EXPLICIT_CALL");
}

/// Why libpg_query is not asked.
std::optional<std::string> unfit(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) return "it contains the character U+0000";
    if (may_nest_too_deeply(text)) {
        return fmt::format("it has more than {} tokens", maximum_tokens);
    }
    return {};
}

constexpr auto* const hides = "a comment in it hides what follows";
constexpr auto* const is_more = "there is more than one expression";

/// `NULL::type`, and nothing else.
bool is_cast_null(Json const& node) {
    return node.contains("TypeCast") && node["TypeCast"].at("arg").contains("A_Const") &&
           node["TypeCast"]["arg"]["A_Const"].contains("isnull") &&
           !node["TypeCast"].at("typeName").contains("setof");
}

/// Behind its type the column has nothing, or one clause that says what its values are made of.
bool is_made_by_the_database(Json const& column) {
    auto const constraints = column.value("constraints", Json::array());
    if (column.contains("collClause") || constraints.size() > 1) return false;
    if (constraints.empty()) return true;
    auto const kind = constraints[0].at("Constraint").value("contype", "");
    return kind == "CONSTR_GENERATED" || kind == "CONSTR_IDENTITY";
}

/// A type and what the database makes the column's values of: `tsvector GENERATED ALWAYS AS (…)
/// STORED`. No other clause: it would be carried out once and never looked at again. As the only
/// column of a table, where a comment may hide nothing, and as the one that is added, where no
/// bracket may be closed.
bool is_column_clause(std::string_view text) {
    auto clause = std::string{text};
    // The parser of PostgreSQL 15 does not know the word of PostgreSQL 18.
    constexpr std::string_view word = "VIRTUAL";
    if (clause.size() > word.size() && clause.ends_with(word)) {
        clause.replace(clause.size() - word.size(), word.size(), "STORED");
    }
    auto const column = only_column(clause);
    auto const added =
        statement_of(fmt::format("ALTER TABLE t ADD COLUMN c {}", clause), "AlterTableStmt");
    auto const* const alter = std::get_if<Json>(&added);
    return column && !column->at("typeName").contains("setof") &&
           is_made_by_the_database(*column) && alter != nullptr && alter->at("cmds").size() == 1;
}

std::optional<std::string> fault_in_type(std::string_view text) {
    auto const parsed = parse_whole(fmt::format("NULL::{}", text));
    auto const* const node = std::get_if<ParseTree::Node>(&parsed);
    if (node != nullptr && is_cast_null(node->json)) return {};
    if (is_column_clause(text)) return {};
    if (auto const* const wrong = std::get_if<std::string>(&parsed)) return *wrong;
    return "there is more than one type";
}

/// The only column of an index on one, if nothing else is said of it.
std::optional<Json> only_index_column(std::string_view text) {
    auto const parsed = statement_of(fmt::format("CREATE INDEX i ON t (c {})", text), "IndexStmt");
    auto const* const index = std::get_if<Json>(&parsed);
    if (index == nullptr ||
        !has_only(*index, {"idxname", "relation", "accessMethod", "indexParams"}) ||
        index->at("indexParams").size() != 1 ||
        !index->at("indexParams")[0].contains("IndexElem")) {
        return {};
    }
    auto const& column = index->at("indexParams")[0]["IndexElem"];
    return has_only(column, {"name", "opclass", "opclassopts", "ordering", "nulls_ordering"}) &&
                   column.contains("opclass") &&
                   column.value("nulls_ordering", "") == "SORTBY_NULLS_DEFAULT"
               ? std::optional{column}
               : std::nullopt;
}

std::optional<std::string> fault_in_operator_class(std::string_view text) {
    auto const bare = only_index_column(text);
    auto const sorted = only_index_column(fmt::format("{} ASC", text));
    if (bare && sorted && bare->value("ordering", "") == "SORTBY_DEFAULT" &&
        sorted->value("ordering", "") == "SORTBY_ASC") {
        return {};
    }
    auto const parsed = statement_of(fmt::format("CREATE INDEX i ON t (c {})", text), "IndexStmt");
    auto const* const wrong = std::get_if<std::string>(&parsed);
    return wrong != nullptr ? *wrong : "there is more than one operator class";
}

Whole parse_whole(std::string_view text) {
    if (auto const reason = unfit(text)) return *reason;
    auto const query = fmt::format("ALTER TABLE t ALTER c SET DEFAULT {}", text);
    auto const parsed = statement_of(query, "AlterTableStmt");
    if (auto const* const wrong = std::get_if<std::string>(&parsed)) return *wrong;
    auto const& commands = std::get<Json>(parsed).at("cmds");
    auto const* const command = commands.size() == 1 && commands[0].contains("AlterTableCmd")
                                    ? &commands[0]["AlterTableCmd"]
                                    : nullptr;
    if (command == nullptr || !command->contains("def") ||
        command->at("def").contains("SetToDefault")) {
        return std::string{is_more};
    }
    ParseTree::Node node{command->at("def"), false};
    restore_integers(node.json, query);
    if (!is_simple(node.json, text) && !is_default_alone(text)) {
        if (!is_default_alone(fmt::format("({})", text))) {
            return std::string{text.find("--") != std::string_view::npos ? hides : is_more};
        }
        node.needs_brackets = true;
    }
    return node;
}

}  // namespace

std::optional<ParseTree> parse_expression(std::string_view text) {
    auto const parse = [](std::string_view whole) -> std::optional<ParseTree> {
        auto parsed = parse_whole(whole);
        auto* const node = std::get_if<ParseTree::Node>(&parsed);
        if (node == nullptr) return {};
        return ParseTree{std::make_shared<ParseTree::Node>(std::move(*node))};
    };
    constexpr std::size_t longest = 64;
    constexpr std::size_t most = 1000;
    if (text.size() > longest) return parse(text);
    thread_local std::map<std::string, std::optional<ParseTree>, std::less<>> known{};
    if (auto const found = known.find(text); found != known.end()) return found->second;
    if (known.size() == most) known.clear();
    return known.emplace(text, parse(text)).first->second;
}

Node root(ParseTree const& tree) {
    return Node{&tree.node().json};
}

bool needs_brackets(ParseTree const& tree) {
    return tree.node().needs_brackets;
}

std::optional<Type> type_of_null(ParseTree const& tree) {
    auto const& json = tree.node().json;
    if (!is_cast_null(json)) {
        return {};
    }
    return read_type(Node{&json["TypeCast"].at("typeName")});
}

std::string deparsed(std::string_view original) {
    auto const query = fmt::format("SELECT {}", original);
    auto const parsed = pg_query_parse_protobuf(query.c_str());
    std::string text{original};
    if (parsed.error == nullptr) {
        auto const written = pg_query_deparse_protobuf(parsed.parse_tree);
        if (written.error == nullptr) {
            text = std::string{written.query}.substr(7);
        }
        pg_query_free_deparse_result(written);
    }
    pg_query_free_protobuf_parse_result(parsed);
    return text;
}

std::optional<std::string> fault(Fragment fragment, std::string_view text) {
    if (auto const reason = unfit(text)) return reason;
    switch (fragment) {
        case Fragment::expression: {
            if (parse_expression(text)) return {};
            return std::get<std::string>(parse_whole(text));
        }
        case Fragment::type:
            return fault_in_type(text);
        case Fragment::operator_class:
            return fault_in_operator_class(text);
    }
    return {};
}

}  // namespace cm::sql
