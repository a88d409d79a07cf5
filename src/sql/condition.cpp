// Canonical conditions of partial indexes. The rules, all of which keep the condition's truth:
// brackets and the nesting of AND and of OR do not count; `<>` is `!=`, IN is = ANY, and = for one
// value, NOT IN is <> ALL, BETWEEN is two comparisons, LIKE is ~~. A literal that is compared with
// a column is its value in that column's type, under casts that keep it (literal_value.hpp) and
// leave the comparison in that type or in one that compares alike; so are those of a list, if all
// are. Beside text that PostgreSQL's own functions give, a string under ::text is the bare string.
// A column that is compared with such a literal, or with a column of its kind, may be cast to a
// type that holds all its values and compares them alike: varchar to text, a whole number to a
// larger one. Every other cast stays. tests/sql/literal_value_test.cpp puts the rules to a
// server.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "sql/comparison.hpp"
#include "sql/expression.hpp"
#include "sql/literal.hpp"
#include "sql/literal_value.hpp"

namespace cm::sql {
namespace {

using Json = nlohmann::json;

/// Functions of PostgreSQL that give text, whatever they are given.
bool gives_text(Node node) {
    constexpr std::array names{"btrim", "concat",  "encode",  "left",     "lower",  "ltrim",
                               "md5",   "repeat",  "right",   "rtrim",    "substr", "substring",
                               "upper", "replace", "to_char", "translate"};
    if (node.contains("FuncCall")) {
        auto const name = full_name(node["FuncCall"].list("funcname"));
        return std::find(names.begin(), names.end(), name) != names.end();
    }
    if (node.contains("A_Expr")) {
        auto const name = full_name(node["A_Expr"].list("name"));
        return node["A_Expr"].text("kind") == "AEXPR_OP" && (name == "->>" || name == "#>>");
    }
    return node.contains("TypeCast") && is_text(read_type(node["TypeCast"]["typeName"]));
}

bool is_comparison(std::string_view name) {
    return name == "=" || name == "<>" || name == "<" || name == ">" || name == "<=" ||
           name == ">=";
}

bool is_pattern_match(std::string_view name) {
    return name == "~~" || name == "!~~" || name == "~~*" || name == "!~~*" || name == "~" ||
           name == "!~" || name == "~*" || name == "!~*";
}

class Reader {
  public:
    explicit Reader(ColumnTypes const& types) : types_(types) {}

    Json read(Node node) {
        if (node.contains("A_Expr")) return comparison(node["A_Expr"]);
        if (node.contains("BoolExpr")) return logical(node["BoolExpr"]);
        if (node.contains("ColumnRef") || node.contains("A_Indirection")) return column(node);
        if (node.contains("A_Const")) return constant(node["A_Const"]);
        if (node.contains("TypeCast")) return cast(node);
        if (node.contains("NullTest")) return test(node["NullTest"], "nulltesttype");
        if (node.contains("BooleanTest")) return test(node["BooleanTest"], "booltesttype");
        is_settled_ = false;
        return any(node);
    }

    bool is_settled() const { return is_settled_; }

    std::vector<std::string> columns() const { return {columns_.begin(), columns_.end()}; }

  private:
    /// Something compared. `column`: which it is, perhaps under a cast that says nothing beside
    /// something of the same kind.
    struct Operand {
        Node node;
        Json column{};
        Type const* type{};
        bool is_text{};  ///< no column, but text for certain
    };

    /// As it is, but for where it stands in the text.
    Json any(Node node) {
        if (node.is_object()) {
            auto object = Json::object();
            for (auto const& [key, child] : node.members()) {
                if (key != "location") object[key] = part(child);
            }
            return object;
        }
        auto const elements = node.elements();
        if (elements.empty()) return node.scalar();
        auto list = Json::array();
        for (auto const& child : elements) list.push_back(part(child));
        return list;
    }

    Json part(Node child) { return child.is_object() ? read(child) : any(child); }

    /// The table's column that is meant by `a`, `t.a` or `(t).a`: no other table is in sight.
    std::optional<std::string> own_column(Node node) const {
        if (node.contains("A_Indirection")) {
            auto const of = column_name(node["A_Indirection"]["arg"]);
            auto const path = node["A_Indirection"].list("indirection");
            auto const is_field = path.size() == 1 && path.front().contains("String");
            if (!of || types_(*of) != nullptr || !is_field) return {};
            return known(string_of(path.front()));
        }
        if (!node.contains("ColumnRef")) return {};
        auto const fields = node["ColumnRef"].list("fields");
        return fields.back().contains("A_Star") ? std::nullopt : known(last_name(fields));
    }

    std::optional<std::string> known(std::string name) const {
        return types_(name) != nullptr ? std::optional{std::move(name)} : std::nullopt;
    }

    Json column(Node node) {
        if (auto const name = own_column(node)) {
            columns_.insert(*name);
            return {{"column", *name}};
        }
        is_settled_ = false;
        if (node.contains("A_Indirection")) return any(node);
        // What is no column is the row, under the table's name.
        auto const fields = node["ColumnRef"].list("fields");
        auto const is_row = fields.back().contains("A_Star");
        auto const table = is_row && fields.size() > 1 ? string_of(fields[fields.size() - 2])
                           : is_row                    ? std::string{"*"}
                                                       : last_name(fields);
        columns_.insert(is_row ? "*" : table);
        return {{"row", table}};
    }

    Json constant(Node a_const) {
        is_settled_ = false;
        auto const known = constant_of(a_const);
        if (!known) return "NULL";
        if (known->kind == ConstantKind::bits) return "b" + known->text;
        return (known->kind == ConstantKind::text ? "'" : "") + known->text;
    }

    Json cast(Node node) {
        is_settled_ = false;
        auto const type = read_type(node["TypeCast"]["typeName"]);
        auto const literal = cast_constant(node);
        // PostgreSQL writes -1 as '-1'::integer.
        if (literal && literal->casts.size() == 1 && is_built_in_named(type, {"int4"}) &&
            keeps(type, literal->constant, type)) {
            return literal_value(*literal, type)->text;
        }
        auto modifiers = cuts_interval(node["TypeCast"]["typeName"])
                             ? any(node["TypeCast"]["typeName"])
                             : Json(type.modifiers);
        return {{"cast", type.name.schema + "." + type.name.name + (type.is_array ? "[]" : "")},
                {"modifiers", std::move(modifiers)},
                {"of", read(node["TypeCast"]["arg"])}};
    }

    Json test(Node node, char const* kind) {
        return {{"test", node.text(kind)}, {"of", read(node["arg"])}};
    }

    Json logical(Node node) {
        auto const operation = node.text("boolop");
        std::vector<Json> operands{};
        for (auto const& argument : node.list("args")) add(operation, read(argument), operands);
        return {{"logical", operation}, {"of", std::move(operands)}};
    }

    /// AND in AND, and OR in OR, are one.
    static void add(std::string const& operation, Json operand, std::vector<Json>& operands) {
        auto const is_same = operation != "NOT_EXPR" && operand.is_object() &&
                             operand.value("logical", "") == operation;
        if (!is_same) {
            operands.push_back(std::move(operand));
            return;
        }
        for (auto& inner : operand["of"]) operands.push_back(std::move(inner));
    }

    Operand operand(Node node) {
        auto const is_cast = node.contains("TypeCast");
        auto const inner = is_cast ? node["TypeCast"]["arg"] : node;
        auto const name = own_column(inner);
        auto const* const type = name ? types_(*name) : nullptr;
        auto const is_bare =
            type != nullptr &&
            (!is_cast || says_nothing(read_type(node["TypeCast"]["typeName"]), *type));
        if (!is_bare) return {node, {}, nullptr, gives_text(node)};
        return {node, column(inner), type, false};
    }

    /// The literal's value beside `other`, if the rules know it. Nothing is noted of it before.
    std::optional<Json> value(Node node, Operand const& other) {
        auto const known = cast_constant(node);
        if (!known) return {};
        auto const& casts = known->casts;
        if (other.type == nullptr) {
            auto const is_plain =
                casts.empty() || (casts.size() == 1 && casts[0].modifiers.empty() &&
                                  is_built_in_named(casts[0], {"text"}));
            if (!other.is_text || !is_plain || known->constant.kind != ConstantKind::text)
                return {};
            is_settled_ = false;
            return Json{{"value", quote_literal(known->constant.text)}};
        }
        auto type = *other.type;
        type.modifiers.clear();
        // A bare number beside a real is taken for double precision.
        auto const is_alike = !type.is_array && !is_built_in_named(type, {"float4"}) &&
                              (!is_text(type) || known->constant.kind == ConstantKind::text) &&
                              std::all_of(casts.begin(), casts.end(), [&](Type const& cast) {
                                  return compares_alike(cast, type);
                              });
        auto const value = is_alike ? literal_value(*known, type) : std::nullopt;
        if (!value) return {};
        is_settled_ = is_settled_ && value->is_settled;
        return Json{{"value", value->text}};
    }

    /// The column or whatever it is, beside something that has a value in its type.
    Json plain(Operand const& operand) {
        return operand.type != nullptr ? operand.column : read(operand.node);
    }

    /// The elements of a list under a cast that says nothing:
    /// (ARRAY['x'::character varying])::text[] beside a varchar column.
    static std::optional<std::vector<Node>> elements(Node node, Operand const& other) {
        auto inner = node;
        if (node.contains("TypeCast") && other.type != nullptr && is_text(*other.type)) {
            auto element = read_type(node["TypeCast"]["typeName"]);
            auto const is_list = std::exchange(element.is_array, false);
            if (is_list && element.modifiers.empty() && is_text(element)) {
                inner = node["TypeCast"]["arg"];
            }
        }
        if (!inner.contains("A_ArrayExpr")) return {};
        return inner["A_ArrayExpr"].list("elements");
    }

    /// None if the rules do not know them all: one of another type decides how all are compared.
    std::optional<Json> values(std::vector<Node> const& elements, Operand const& other) {
        auto items = Json::array();
        for (auto const& element : elements) {
            auto item = value(element, other);
            if (!item) return {};
            items.push_back(std::move(*item));
        }
        return items;
    }

    static Json operation(std::string const& name, Json left, Json right) {
        return {{"operator", name}, {"left", std::move(left)}, {"right", std::move(right)}};
    }

    Json between(Node node, bool is_negated) {
        auto const left = node["lexpr"];
        auto const bounds = node["rexpr"]["List"].list("items");
        std::vector<Json> both{compared(left, bounds[0], is_negated ? "<" : ">="),
                               compared(left, bounds[1], is_negated ? ">" : "<=")};
        return {{"logical", is_negated ? "OR_EXPR" : "AND_EXPR"}, {"of", std::move(both)}};
    }

    Json in(Node node, std::string const& name) {
        auto const items = node["rexpr"]["List"].list("items");
        if (items.size() == 1) return compared(node["lexpr"], items[0], name);
        auto const left = operand(node["lexpr"]);
        auto const operator_name = name == "=" ? "= ANY" : "<> ALL";
        if (auto known = values(items, left)) {
            return operation(operator_name, plain(left), std::move(*known));
        }
        auto all = Json::array();
        for (auto const& item : items) all.push_back(read(item));
        return operation(operator_name, read(left.node), std::move(all));
    }

    Json compared(Node l, Node r, std::string const& name) {
        auto const left = operand(l), right = operand(r);
        if (auto known = value(r, left)) return operation(name, plain(left), std::move(*known));
        if (auto known = value(l, right)) return operation(name, std::move(*known), plain(right));
        auto const are_alike =
            left.type != nullptr && right.type != nullptr && compare_alike(*left.type, *right.type);
        return are_alike ? operation(name, left.column, right.column)
                         : operation(name, read(l), read(r));
    }

    Json with_list(Node node, std::string const& name) {
        auto const l = node["lexpr"], r = node["rexpr"];
        auto const left = operand(l);
        auto const list = elements(r, left);
        // In ARRAY[…] a bare string is text, whatever stands beside it.
        auto const is_bare_string = [](Node element) {
            auto const known = cast_constant(element);
            return known && known->casts.empty() && known->constant.kind == ConstantKind::text;
        };
        auto const is_text_list = list && std::any_of(list->begin(), list->end(), is_bare_string);
        if (is_text_list && left.type != nullptr && !is_text(*left.type)) {
            return operation(name, read(l), read(r));
        }
        if (auto known = list ? values(*list, left) : std::nullopt) {
            return operation(name, plain(left), std::move(*known));
        }
        // 'x' = ANY (column)
        auto const right = operand(r);
        if (right.type != nullptr && right.type->is_array) {
            auto element = *right.type;
            element.is_array = false;
            if (auto known = value(l, {r, {}, &element, false})) {
                return operation(name, std::move(*known), right.column);
            }
        }
        return operation(name, read(l), read(r));
    }

    Json comparison(Node node) {
        auto name = full_name(node.list("name"));
        auto const kind = node.text("kind");
        if (name == "!=") name = "<>";
        if (kind == "AEXPR_IN" && node["rexpr"].contains("List")) return in(node, name);
        if (kind == "AEXPR_BETWEEN") return between(node, false);
        if (kind == "AEXPR_NOT_BETWEEN") return between(node, true);
        auto const is_known = is_comparison(name) || is_pattern_match(name);
        if (is_known && (kind == "AEXPR_OP_ANY" || kind == "AEXPR_OP_ALL")) {
            return with_list(node, name + (kind == "AEXPR_OP_ANY" ? " ANY" : " ALL"));
        }
        auto const is_plain = kind == "AEXPR_OP" || kind.ends_with("LIKE");
        if (is_known && is_plain && node.contains("lexpr")) {
            return compared(node["lexpr"], node["rexpr"], name);
        }
        is_settled_ = false;
        return {{"operator", name}, {"kind", kind}, {"of", operands_of(node)}};
    }

    Json operands_of(Node node) {
        auto operands = Json::array();
        for (auto const* const side : {"lexpr", "rexpr"}) {
            operands.push_back(node.contains(side) ? part(node[side]) : Json{});
        }
        return operands;
    }

    ColumnTypes const& types_;
    std::set<std::string> columns_{};
    bool is_settled_ = true;
};

}  // namespace

Expression condition(std::string_view text, ColumnTypes const& types) {
    Expression expression{std::string{text}, std::string{text}, false, false, {}};
    auto const tree = parse_expression(text);
    if (!tree) return expression;
    Reader reader{types};
    expression.canonical = reader.read(root(*tree)).dump();
    expression.is_settled = reader.is_settled();
    expression.columns = reader.columns();
    return expression;
}

bool is_always_true(std::string_view condition) {
    auto const tree = parse_expression(condition);
    if (!tree || !root(*tree).contains("A_Const")) return false;
    auto const constant = constant_of(root(*tree)["A_Const"]);
    return constant && constant->kind == ConstantKind::boolean && constant->text == "true";
}

}  // namespace cm::sql
