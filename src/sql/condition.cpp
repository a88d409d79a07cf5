// Canonical conditions of partial indexes. The rules, all of which keep the condition's truth:
// brackets and the nesting of AND and of OR do not count; `<>` is `!=`, IN is = ANY, and = for one
// value, NOT IN is <> ALL, BETWEEN is two comparisons, LIKE is ~~. A literal that is compared with
// a column is its value in that column's type, under casts that keep it (literal_value.hpp); beside
// anything else a string under ::text is the bare string. A column that is compared may be cast to
// a type that holds all its values and compares them alike: varchar to text, a whole number to a
// larger one. Every other cast stays.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "sql/expression.hpp"
#include "sql/literal.hpp"
#include "sql/literal_value.hpp"

namespace cm::sql {
namespace {

using Json = nlohmann::json;

bool is_built_in_named(Type const& type, std::initializer_list<std::string_view> names) {
    return type.name.schema.empty() && !type.is_array &&
           std::find(names.begin(), names.end(), type.name.name) != names.end();
}

bool is_text(Type const& type) {
    return is_built_in_named(type, {"text", "varchar"});
}

/// Whole numbers by what they hold; 0 for other types.
int rank(Type const& type) {
    if (!type.modifiers.empty()) return 0;
    int rank = 1;
    for (auto const* const name : {"int2", "int4", "int8", "numeric"}) {
        if (is_built_in_named(type, {name})) return rank;
        ++rank;
    }
    return 0;
}

bool is_number(Type const& type) {
    return type_class(type) == TypeClass::integer || type_class(type) == TypeClass::number;
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
        if (node.contains("ColumnRef")) return column(node);
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
    /// Something compared: a column of a known type, perhaps under a cast that says nothing.
    struct Operand {
        Json canonical{};
        Type const* type{};
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

    Json column(Node node) {
        auto const fields = node["ColumnRef"].list("fields");
        auto const is_row = fields.back().contains("A_Star");
        auto const name = is_row ? std::string{"*"} : last_name(fields);
        columns_.insert(name);
        is_settled_ = is_settled_ && fields.size() == 1 && !is_row && types_(name) != nullptr;
        return {{"column", full_name(fields)}};
    }

    Json constant(Node a_const) {
        is_settled_ = false;
        auto const known = constant_of(a_const);
        if (!known) return "NULL";
        auto const is_text = known->kind == ConstantKind::text;
        return (is_text ? "'" : "") + known->text;
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
        auto modifiers = Json(type.modifiers);
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
        auto const name = column_name(inner);
        auto const* const type = name ? types_(*name) : nullptr;
        if (type == nullptr) return {read(node), nullptr};
        if (is_cast && !says_nothing(read_type(node["TypeCast"]["typeName"]), *type)) {
            return {read(node), nullptr};
        }
        return {column(inner), type};
    }

    static bool says_nothing(Type const& cast, Type const& column) {
        if (!cast.modifiers.empty() || cast.is_array || column.is_array) return false;
        if (is_text(column)) return is_text(cast);
        return rank(column) != 0 && rank(cast) >= rank(column);
    }

    /// Casts under which a literal is still compared in the column's own type.
    static bool compares_alike(Type const& cast, Type const& column) {
        if (is_text(column)) return is_text(cast);
        if (is_number(column) && is_number(cast)) return cast.name.name != "float4";
        return cast.name.name == column.name.name;
    }

    Json literal(Node node, Operand const& other) {
        auto const known = cast_constant(node);
        if (known && other.type != nullptr) {
            auto type = *other.type;
            type.modifiers.clear();
            // A bare number beside a real is taken for double precision.
            auto const is_real = is_built_in_named(type, {"float4"});
            auto const is_alike =
                std::all_of(known->casts.begin(), known->casts.end(),
                            [&](Type const& cast) { return compares_alike(cast, type); });
            auto const value =
                is_alike && !is_real && !type.is_array ? literal_value(*known, type) : std::nullopt;
            auto const is_number_beside_text =
                is_text(type) && known->constant.kind != ConstantKind::text;
            if (value && !is_number_beside_text) {
                is_settled_ = is_settled_ && value->is_settled;
                return {{"value", value->text}};
            }
        }
        if (known && other.type == nullptr && known->constant.kind == ConstantKind::text &&
            known->casts.size() <= 1 &&
            (known->casts.empty() ||
             (known->casts[0].name == QualifiedName{{}, "text"} &&
              known->casts[0].modifiers.empty() && !known->casts[0].is_array))) {
            is_settled_ = false;
            return {{"value", quote_literal(known->constant.text)}};
        }
        return read(node);
    }

    Json list(Node node, Operand const& other) {
        auto inner = node;
        // (ARRAY['x'::character varying])::text[] beside a varchar column
        if (node.contains("TypeCast") && other.type != nullptr && is_text(*other.type)) {
            auto const cast = read_type(node["TypeCast"]["typeName"]);
            auto element = cast;
            element.is_array = false;
            if (cast.is_array && cast.modifiers.empty() && is_text(element)) {
                inner = node["TypeCast"]["arg"];
            }
        }
        if (!inner.contains("A_ArrayExpr")) return read(node);
        return values(inner["A_ArrayExpr"].list("elements"), other);
    }

    Json values(std::vector<Node> const& elements, Operand const& other) {
        auto items = Json::array();
        for (auto const& element : elements) items.push_back(literal(element, other));
        return items;
    }

    static Json operation(std::string const& name, Json left, Json right) {
        return {{"operator", name}, {"left", std::move(left)}, {"right", std::move(right)}};
    }

    Json between(Node node, bool is_negated) {
        auto const left = operand(node["lexpr"]);
        auto const bounds = node["rexpr"]["List"].list("items");
        std::vector<Json> both{
            operation(is_negated ? "<" : ">=", left.canonical, literal(bounds[0], left)),
            operation(is_negated ? ">" : "<=", left.canonical, literal(bounds[1], left))};
        return {{"logical", is_negated ? "OR_EXPR" : "AND_EXPR"}, {"of", std::move(both)}};
    }

    Json in(Node node, std::string const& name) {
        auto const left = operand(node["lexpr"]);
        auto const items = node["rexpr"]["List"].list("items");
        if (items.size() == 1) return operation(name, left.canonical, literal(items[0], left));
        return operation(name == "=" ? "= ANY" : "<> ALL", left.canonical, values(items, left));
    }

    Json compared(Node node, std::string const& name) {
        auto const l = node["lexpr"], r = node["rexpr"];
        if (cast_constant(l) && !cast_constant(r)) {
            auto const right = operand(r);
            auto left = literal(l, right);
            return operation(name, std::move(left), right.canonical);
        }
        auto left = operand(l);
        if (cast_constant(r)) return operation(name, left.canonical, literal(r, left));
        return operation(name, left.canonical, operand(r).canonical);
    }

    Json with_list(Node node, std::string const& name) {
        auto const l = node["lexpr"], r = node["rexpr"];
        if (!cast_constant(l)) {
            auto const left = operand(l);
            return operation(name, left.canonical, list(r, left));
        }
        // 'x' = ANY (column)
        auto const right = operand(r);
        if (right.type == nullptr || !right.type->is_array) {
            return operation(name, read(l), right.canonical);
        }
        auto element = *right.type;
        element.is_array = false;
        return operation(name, literal(l, {right.canonical, &element}), right.canonical);
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
        if (is_known && is_plain && node.contains("lexpr")) return compared(node, name);
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
