// Parsing expressions with libpg_query, and reading the few shapes of its tree that defaults have.
#include "sql/parse_tree.hpp"

#include <fmt/ranges.h>
#include <pg_query.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "sql/literal.hpp"
#include "sql/token.hpp"

namespace cm::sql {

struct ParseTree::Node {
    nlohmann::json json{};
};

namespace {

using Json = nlohmann::json;

std::string string_of(Json const& node) {
    return node.at("String").value("sval", "");
}

/// The unqualified last part of a list of String nodes.
std::string last_name(Json const& names) {
    return string_of(names.back());
}

std::optional<std::string> constant_text(Json const& constant) {
    if (constant.contains("ival")) {
        return std::to_string(constant["ival"].value("ival", 0));
    }
    if (constant.contains("fval")) {
        return constant["fval"].value("fval", "");
    }
    if (constant.contains("boolval")) {
        return constant["boolval"].value("boolval", false) ? "true" : "false";
    }
    if (constant.contains("sval")) {
        return constant["sval"].value("sval", "");
    }
    if (constant.contains("bsval")) {
        return constant["bsval"].value("bsval", " ").substr(1);  // B'1010' comes as `b1010`
    }
    return {};
}

Type read_type(Json const& type_name) {
    Type type{};
    auto const& names = type_name.at("names");
    type.name.name = last_name(names);
    if (names.size() > 1 && string_of(names.front()) != "pg_catalog") {
        type.name.schema = string_of(names.front());
    }
    for (auto const& modifier : type_name.value("typmods", Json::array())) {
        if (modifier.contains("A_Const")) {
            type.modifiers.push_back(constant_text(modifier["A_Const"]).value_or(""));
        } else if (modifier.contains("ColumnRef")) {
            type.modifiers.push_back(last_name(modifier["ColumnRef"].at("fields")));
        }
    }
    // The first modifier of an interval is a set of fields: `interval(3)`, `interval day to
    // second(3)`.
    if (type.name.name == "interval" && !type.modifiers.empty()) {
        type.modifiers.erase(type.modifiers.begin());
    }
    type.is_array = type_name.contains("arrayBounds");
    return type;
}

bool is_numeric(TypeClass type) {
    return type == TypeClass::integer || type == TypeClass::number;
}

/// True if a cast of a literal to `cast` changes nothing in a column of type `column`: PostgreSQL
/// prints the type that the literal had before it was assigned (`'-5'::integer` in a bigint column,
/// `'x'::text` in a varchar one).
bool is_implied(Type const& cast, Type const& column) {
    if (cast.is_array != column.is_array) {
        return false;
    }
    // A domain: PostgreSQL names the type that it stands for.
    if (!is_built_in(column) && column.name.schema.empty()) return true;
    if (cast.name.name == column.name.name) {
        return true;
    }
    auto const from = type_class(cast);
    auto const to = type_class(column);
    auto const takes_numbers = is_numeric(to) || column.name.name == "money";
    return (is_numeric(from) && takes_numbers) || (from == to && from != TypeClass::other);
}

Type element_type(Type type) {
    type.is_array = false;
    return type;
}

/// The canonical spelling of a literal in a column of type `type`.
std::string canonical_literal(std::string const& text, Type const& type) {
    std::optional<std::string> spelling{};
    switch (type_class(type)) {
        case TypeClass::integer:
        case TypeClass::number:
            if (auto number = canonical_number(text)) {
                return *number;
            }
            break;
        case TypeClass::boolean:
            if (text == "true" || text == "t") {
                return "true";
            }
            if (text == "false" || text == "f") {
                return "false";
            }
            break;
        case TypeClass::date_time:
            spelling = canonical_moment(text, type.name.name);
            break;
        case TypeClass::uuid:
            spelling = text;
            for (auto& c : *spelling) {
                if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
            }
            break;
        case TypeClass::json:
            if (type.name.name == "jsonb") {
                spelling = canonical_json(text);
            }
            break;
        default:
            break;
    }
    return quote_literal(spelling.value_or(text));
}

std::optional<std::string> plain_text(Json const& node, Type const& type);

std::optional<std::string> plain_list(Json const& elements, Type const& type) {
    std::vector<std::string> items{};
    for (auto const& element : elements) {
        auto item = plain_text(element, element_type(type));
        if (!item) {
            return {};
        }
        items.push_back(std::move(*item));
    }
    return fmt::format("ARRAY[{}]", fmt::join(items, ", "));
}

/// `'{a,b}'` in an array column is the list ARRAY['a', 'b'].
std::string array_literal(std::string const& text, Type const& type) {
    std::vector<std::string> items{};
    for (auto const& element : array_elements(text)) {
        items.push_back(canonical_literal(element, element_type(type)));
    }
    return fmt::format("ARRAY[{}]", fmt::join(items, ", "));
}

std::optional<std::string> plain_call(Json const& call) {
    auto const name = last_name(call.at("funcname"));
    if (call.contains("args") || (name != "now" && name != "transaction_timestamp")) {
        return {};
    }
    return "CURRENT_TIMESTAMP";
}

/// The canonical text of literals, lists of them and the current time; none for anything else.
std::optional<std::string> plain_text(Json const& node, Type const& type) {
    if (node.contains("A_Const")) {
        auto const text = constant_text(node["A_Const"]);
        if (!text) {
            return "NULL";
        }
        if (type.is_array) {
            return array_literal(*text, type);
        }
        return canonical_literal(*text, type);
    }
    if (node.contains("A_ArrayExpr")) {
        return plain_list(node["A_ArrayExpr"].value("elements", Json::array()), type);
    }
    if (node.contains("TypeCast")) {
        auto const& cast = node["TypeCast"];
        // A cast of a literal to the column's own type says nothing; PostgreSQL writes one, people
        // do not.
        if (!is_implied(read_type(cast.at("typeName")), type)) {
            return {};
        }
        return plain_text(cast.at("arg"), type);
    }
    if (node.contains("FuncCall")) {
        return plain_call(node["FuncCall"]);
    }
    if (node.contains("SQLValueFunction")) {
        auto const operation = node["SQLValueFunction"].value("op", "");
        if (operation == "SVFOP_CURRENT_TIMESTAMP") {
            return "CURRENT_TIMESTAMP";
        }
    }
    return {};
}

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

/// IN and NOT IN are stored as = ANY and <> ALL over an array.
void spell_out(Json& expression) {
    // LIKE is the operator ~~.
    if (expression.value("kind", "").ends_with("LIKE")) expression["kind"] = "AEXPR_OP";
    if (expression.value("kind", "") != "AEXPR_IN" || !expression["rexpr"].contains("List")) return;
    auto const is_in = string_of(expression["name"].front()) == "=";
    expression["kind"] = is_in ? "AEXPR_OP_ANY" : "AEXPR_OP_ALL";
    expression["rexpr"] =
        Json{{"A_ArrayExpr", {{"elements", expression["rexpr"]["List"]["items"]}}}};
}

Json shape(Json node) {
    // '-1'::integer is -1.
    if (node.is_object() && node.contains("A_Const")) {
        return {{"A_Const", constant_text(node["A_Const"]).value_or("NULL")}};
    }
    if (node.is_object() && node.contains("TypeCast")) return shape(node["TypeCast"]["arg"]);
    if (node.is_object()) node.erase("location");
    if (node.is_object() && node.contains("A_Expr")) spell_out(node["A_Expr"]);
    if (node.is_structured()) {
        for (auto& child : node) child = shape(std::move(child));
    }
    return node;
}

/// PostgreSQL's own layout of an expression.
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

/// A level of the tree takes at least a token, and each level takes stack, here and in the parser.
/// An expression of more tokens than this is compared as text, or by the server.
bool may_nest_too_deeply(std::string_view text) {
    constexpr std::size_t maximum_tokens = 5'000;
    if (text.size() <= maximum_tokens) return false;  // no token is empty
    std::size_t count = 0;
    for (auto token = next_solid_token(text, 0); token.kind != TokenKind::end;
         token = next_solid_token(text, token.end)) {
        if (++count > maximum_tokens) return true;
    }
    return false;
}

std::optional<ParseTree> parse(std::string_view text) {
    if (may_nest_too_deeply(text)) return {};
    // More than one statement would be parsed, too: an expression has no semicolon outside quotes,
    // so the number of statements decides.
    auto const query = fmt::format("SELECT {}", text);
    auto const parsed = pg_query_parse(query.c_str());
    std::optional<ParseTree> tree{};
    if (parsed.error == nullptr) {
        auto const json = Json::parse(parsed.parse_tree);
        auto const& statements = json.at("stmts");
        auto const targets = statements.size() == 1 ? statements[0]
                                                          .at("stmt")
                                                          .value("SelectStmt", Json::object())
                                                          .value("targetList", Json::array())
                                                    : Json::array();
        if (targets.size() == 1) {
            auto node = std::make_shared<ParseTree::Node>();
            node->json = targets[0].at("ResTarget").at("val");
            restore_integers(node->json, query);
            tree.emplace(std::move(node));
        }
    }
    pg_query_free_parse_result(parsed);
    return tree;
}

}  // namespace

std::optional<ParseTree> parse_expression(std::string_view text) {
    constexpr std::size_t longest = 64;
    constexpr std::size_t most = 1000;
    if (text.size() > longest) return parse(text);
    thread_local std::map<std::string, std::optional<ParseTree>, std::less<>> known{};
    if (auto const found = known.find(text); found != known.end()) return found->second;
    if (known.size() == most) known.clear();
    return known.emplace(text, parse(text)).first->second;
}

std::optional<Type> cast_type(ParseTree const& tree) {
    auto const& json = tree.node().json;
    if (!json.contains("TypeCast")) {
        return {};
    }
    return read_type(json["TypeCast"].at("typeName"));
}

std::string canonical_text(ParseTree const& tree, Type const& type, std::string_view original) {
    if (auto plain = plain_text(tree.node().json, type)) {
        return *plain;
    }
    return deparsed(original);
}

std::string shape(ParseTree const& tree) {
    return shape(tree.node().json).dump();
}

}  // namespace cm::sql
