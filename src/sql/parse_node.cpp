// See parse_node.hpp.
#include "sql/parse_node.hpp"

#include <nlohmann/json.hpp>

namespace cm::sql {
namespace {

using Json = nlohmann::json;

Json const& json_of(void const* json) {
    return *static_cast<Json const*>(json);
}

/// X'1F' has the value of B'00011111'.
std::string bits_of(std::string_view hexadecimal) {
    std::string bits{};
    for (auto const c : hexadecimal) {
        auto const digit = static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
        for (auto mask = 8U; mask != 0; mask >>= 1U) bits += (digit & mask) != 0 ? '1' : '0';
    }
    return bits;
}

}  // namespace

bool Node::contains(char const* key) const {
    return json_of(json_).contains(key);
}

Node Node::operator[](char const* key) const {
    return Node{&json_of(json_).at(key)};
}

std::string Node::text(char const* key) const {
    return json_of(json_).value(key, "");
}

bool Node::boolean(char const* key) const {
    return json_of(json_).value(key, false);
}

int Node::integer(char const* key) const {
    return json_of(json_).value(key, 0);
}

std::vector<Node> Node::list(char const* key) const {
    return contains(key) ? (*this)[key].elements() : std::vector<Node>{};
}

bool Node::is_object() const {
    return json_of(json_).is_object();
}

std::vector<Node> Node::elements() const {
    std::vector<Node> all{};
    if (!json_of(json_).is_array()) return all;
    for (auto const& element : json_of(json_)) all.emplace_back(&element);
    return all;
}

std::vector<std::pair<std::string, Node>> Node::members() const {
    std::vector<std::pair<std::string, Node>> all{};
    for (auto const& [key, member] : json_of(json_).items()) all.emplace_back(key, Node{&member});
    return all;
}

std::string Node::scalar() const {
    return json_of(json_).dump();
}

std::string string_of(Node node) {
    return node["String"].text("sval");
}

std::string last_name(std::vector<Node> const& names) {
    return string_of(names.back());
}

std::string full_name(std::vector<Node> const& names) {
    std::string name{};
    for (auto const& part : names) {
        auto const text = part.contains("String") ? string_of(part) : "*";
        if (name.empty() && names.size() > 1 && text == "pg_catalog") continue;
        name += (name.empty() ? "" : ".") + text;
    }
    return name;
}

std::optional<std::string> column_name(Node node) {
    if (!node.contains("ColumnRef")) return {};
    auto const fields = node["ColumnRef"].list("fields");
    if (fields.size() != 1 || !fields[0].contains("String")) return {};
    return string_of(fields[0]);
}

std::optional<Constant> constant_of(Node constant) {
    if (constant.contains("ival")) {
        return Constant{ConstantKind::whole, std::to_string(constant["ival"].integer("ival"))};
    }
    if (constant.contains("fval")) {
        return Constant{ConstantKind::number, constant["fval"].text("fval")};
    }
    if (constant.contains("boolval")) {
        return Constant{ConstantKind::boolean,
                        constant["boolval"].boolean("boolval") ? "true" : "false"};
    }
    if (constant.contains("sval")) {
        return Constant{ConstantKind::text, constant["sval"].text("sval")};
    }
    if (constant.contains("bsval")) {
        auto const text = constant["bsval"].text("bsval");  // B'1010' comes as `b1010`
        if (text.empty()) return {};
        return Constant{ConstantKind::bits,
                        text.starts_with('x') ? bits_of(text.substr(1)) : text.substr(1)};
    }
    return {};
}

Type read_type(Node type_name) {
    Type type{};
    auto const names = type_name.list("names");
    type.name.name = last_name(names);
    if (names.size() > 1 && string_of(names.front()) != "pg_catalog") {
        type.name.schema = string_of(names.front());
    }
    for (auto const& modifier : type_name.list("typmods")) {
        if (modifier.contains("A_Const")) {
            auto const constant = constant_of(modifier["A_Const"]);
            type.modifiers.push_back(constant ? constant->text : "");
        } else if (modifier.contains("ColumnRef")) {
            type.modifiers.push_back(last_name(modifier["ColumnRef"].list("fields")));
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

bool cuts_interval(Node type_name) {
    return last_name(type_name.list("names")) == "interval" && type_name.contains("typmods");
}

std::optional<CastConstant> cast_constant(Node node) {
    if (node.contains("A_Const")) {
        auto const constant = constant_of(node["A_Const"]);
        return constant ? std::optional{CastConstant{*constant, {}}} : std::nullopt;
    }
    if (!node.contains("TypeCast")) return {};
    auto const cast = node["TypeCast"];
    if (cuts_interval(cast["typeName"])) return {};
    auto inner = cast_constant(cast["arg"]);
    if (inner) inner->casts.push_back(read_type(cast["typeName"]));
    return inner;
}

}  // namespace cm::sql
