// Canonical defaults. The rules: a literal is its value in the column, whichever casts PostgreSQL
// or people write around it, as long as they keep that value; a list of literals likewise, however
// it is written; now() is CURRENT_TIMESTAMP, and a cast of it to timestamptz, which it has, is
// none. Everything else is the text in PostgreSQL's own layout.
#include <fmt/ranges.h>

#include <algorithm>

#include "sql/array_literal.hpp"
#include "sql/expression.hpp"
#include "sql/literal.hpp"
#include "sql/literal_value.hpp"

namespace cm::sql {
namespace {

using Value = std::optional<LiteralValue>;

Type element_type(Type type) {
    type.is_array = false;
    return type;
}

LiteralValue list_of(std::vector<LiteralValue> const& items) {
    std::vector<std::string> texts{};
    for (auto const& item : items) texts.push_back(item.text);
    return {fmt::format("ARRAY[{}]", fmt::join(texts, ", ")),
            std::all_of(items.begin(), items.end(), [](auto const& i) { return i.is_settled; })};
}

/// `'{a,b}'` in an array column is the list ARRAY['a', 'b'].
Value array_value(CastConstant const& literal, Type const& type) {
    auto const elements = plain_array_elements(literal.constant.text);
    if (!elements) return {};
    std::vector<LiteralValue> items{};
    for (auto const& element : *elements) {
        CastConstant item{{ConstantKind::text, element}, {}};
        for (auto const& cast : literal.casts) {
            if (!cast.is_array) return {};
            item.casts.push_back(element_type(cast));
        }
        auto value = literal_value(item, element_type(type));
        if (!value) return {};
        items.push_back(std::move(*value));
    }
    return list_of(items);
}

Value constant_value(CastConstant const& literal, Type const& type) {
    return type.is_array ? array_value(literal, type) : literal_value(literal, type);
}

Value plain_value(Node node, Type const& type, std::vector<Type> const& outer);

/// `outer`: the casts around the list, which apply to each of its elements.
Value plain_list(std::vector<Node> const& elements, Type const& type,
                 std::vector<Type> const& outer) {
    std::vector<Type> casts{};
    for (auto const& cast : outer) {
        if (!cast.is_array) return {};
        casts.push_back(element_type(cast));
    }
    std::vector<LiteralValue> items{};
    for (auto const& element : elements) {
        auto item = plain_value(element, element_type(type), casts);
        if (!item) return {};
        items.push_back(std::move(*item));
    }
    return list_of(items);
}

bool is_now(Node node) {
    if (node.contains("SQLValueFunction")) {
        return node["SQLValueFunction"].text("op") == "SVFOP_CURRENT_TIMESTAMP";
    }
    if (!node.contains("FuncCall") || node["FuncCall"].contains("args")) return false;
    auto const name = full_name(node["FuncCall"].list("funcname"));
    return name == "now" || name == "transaction_timestamp";
}

bool is_plain_timestamptz(Type const& type) {
    return type.name == QualifiedName{{}, "timestamptz"} && type.modifiers.empty() &&
           !type.is_array;
}

/// `outer`: the casts around the node, the innermost first.
Value plain_value(Node node, Type const& type, std::vector<Type> const& outer) {
    if (auto literal = cast_constant(node)) {
        literal->casts.insert(literal->casts.end(), outer.begin(), outer.end());
        return constant_value(*literal, type);
    }
    if (node.contains("TypeCast")) {
        if (cuts_interval(node["TypeCast"]["typeName"])) return {};
        auto casts = outer;
        casts.insert(casts.begin(), read_type(node["TypeCast"]["typeName"]));
        return plain_value(node["TypeCast"]["arg"], type, casts);
    }
    if (node.contains("A_Const")) return LiteralValue{"NULL", true};
    if (node.contains("A_ArrayExpr")) {
        if (!type.is_array) return {};
        return plain_list(node["A_ArrayExpr"].list("elements"), type, outer);
    }
    if (is_now(node) && std::all_of(outer.begin(), outer.end(), is_plain_timestamptz)) {
        return LiteralValue{"CURRENT_TIMESTAMP", true};
    }
    return {};
}

}  // namespace

Expression column_default(std::string_view text, Type const& type) {
    Expression expression{std::string{text}, std::string{text}, false, false, {}};
    auto const tree = parse_expression(text);
    if (!tree) return expression;
    expression.needs_brackets = needs_brackets(*tree);
    if (auto const value = plain_value(root(*tree), type, {})) {
        expression.canonical = value->text;
        expression.is_settled = value->is_settled;
    } else {
        expression.canonical = deparsed(text);
    }
    return expression;
}

Expression text_default(std::string const& text, Type const& type) {
    auto value = constant_value({{ConstantKind::text, text}, {}}, type);
    if (!value) return column_default(quote_literal(text), type);
    return {.text = quote_literal(text),
            .canonical = std::move(value->text),
            .is_settled = value->is_settled};
}

bool surely_differ(Expression const& a, Expression const& b) {
    return a.is_settled && b.is_settled && a.canonical != b.canonical;
}

}  // namespace cm::sql
