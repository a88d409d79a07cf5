// Canonical type names and their spelling in migrations.
#include "sql/type.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "sql/parse_tree.hpp"

namespace cm::sql {
namespace {

struct BuiltIn {
    std::string_view name;      ///< pg_type.typname
    std::string_view spelling;  ///< in migrations
    TypeClass type_class;
};

// PostgreSQL manual, 8. Data Types; the spelling is the one Prisma's migrations use.
constexpr std::array built_ins{
    BuiltIn{"int2", "SMALLINT", TypeClass::integer},
    BuiltIn{"int4", "INTEGER", TypeClass::integer},
    BuiltIn{"int8", "BIGINT", TypeClass::integer},
    BuiltIn{"oid", "OID", TypeClass::integer},
    BuiltIn{"float4", "REAL", TypeClass::number},
    BuiltIn{"float8", "DOUBLE PRECISION", TypeClass::number},
    BuiltIn{"numeric", "DECIMAL", TypeClass::number},
    BuiltIn{"money", "MONEY", TypeClass::other},
    BuiltIn{"bool", "BOOLEAN", TypeClass::boolean},
    BuiltIn{"text", "TEXT", TypeClass::text},
    BuiltIn{"varchar", "VARCHAR", TypeClass::text},
    BuiltIn{"bpchar", "CHAR", TypeClass::text},
    BuiltIn{"citext", "CITEXT", TypeClass::text},
    BuiltIn{"xml", "XML", TypeClass::other},
    BuiltIn{"inet", "INET", TypeClass::other},
    BuiltIn{"uuid", "UUID", TypeClass::uuid},
    BuiltIn{"bit", "BIT", TypeClass::bit},
    BuiltIn{"varbit", "VARBIT", TypeClass::bit},
    BuiltIn{"date", "DATE", TypeClass::date_time},
    BuiltIn{"time", "TIME", TypeClass::date_time},
    BuiltIn{"timetz", "TIMETZ", TypeClass::date_time},
    BuiltIn{"timestamp", "TIMESTAMP", TypeClass::date_time},
    BuiltIn{"timestamptz", "TIMESTAMPTZ", TypeClass::date_time},
    BuiltIn{"json", "JSON", TypeClass::json},
    BuiltIn{"jsonb", "JSONB", TypeClass::json},
    BuiltIn{"bytea", "BYTEA", TypeClass::binary},
};

BuiltIn const* find(Type const& type) {
    if (!type.name.schema.empty()) {
        return nullptr;
    }
    std::string_view const name = type.name.name;
    auto const* const found = std::find_if(built_ins.begin(), built_ins.end(),
                                           [&](BuiltIn const& b) { return b.name == name; });
    return found == built_ins.end() ? nullptr : found;
}

bool is_moment(std::string_view name) {
    return name == "timestamp" || name == "timestamptz" || name == "time" || name == "timetz";
}

bool is_domain_of(Type const& type, Type const& other) {
    return !other.domain.empty() && type.name == QualifiedName{other.domain_schema, other.domain} &&
           type.modifiers.empty() && !type.is_array;
}

}  // namespace

bool lie_apart(Type const& a, Type const& b) {
    return !a.home.empty() && !b.home.empty() && a.home != b.home && !a.is_of_extension &&
           !b.is_of_extension;
}

bool operator==(Type const& a, Type const& b) {
    auto const are_same = a.name == b.name && a.modifiers == b.modifiers &&
                          a.is_array == b.is_array && !lie_apart(a, b);
    return are_same || is_domain_of(a, b) || is_domain_of(b, a);
}

Type canonical(Type type) {
    make_canonical(type);
    return type;
}

void make_canonical(Type& type) {
    if (!type.name.schema.empty()) return;
    auto const& name = type.name.name;
    if (type.modifiers.empty() && (name == "bpchar" || name == "bit")) {
        type.modifiers = {"1"};
    }
    if (type.modifiers.size() == 1 && name == "numeric") {
        type.modifiers.emplace_back("0");
    }
    // Six digits are what a moment has anyway; migrations say so where the schema does.
    if (type.modifiers.size() == 1 && type.modifiers[0] == "6" && is_moment(name)) {
        auto single = type;
        single.is_array = false;
        type.spelling.text = to_sql(single, {});
        type.modifiers.clear();
    }
}

std::string bare_name(std::string_view name) {
    auto const read = parse_expression(fmt::format("NULL::{}", name));
    auto const type = read ? type_of_null(*read) : std::nullopt;
    auto const is_itself = type && type->name == QualifiedName{{}, std::string{name}} &&
                           type->modifiers.empty() && !type->is_array;
    return is_itself ? std::string{name} : quote_identifier(name);
}

std::optional<Type> parse_type(std::string_view text) {
    auto const tree = parse_expression(fmt::format("NULL::{}", text));
    if (!tree) {
        return {};
    }
    auto type = type_of_null(*tree);
    if (!type) {
        return {};
    }
    return canonical(std::move(*type));
}

std::string to_sql_elsewhere(Type const& type) {
    auto text = quote({type.home, type.name.name});
    if (!type.modifiers.empty()) text += fmt::format("({})", fmt::join(type.modifiers, ","));
    return type.is_array ? text + "[]" : text;
}

std::string to_sql(Type const& type, std::string_view quoted_name) {
    if (!type.spelling.text.empty()) {
        return type.spelling.text + (type.is_array ? "[]" : "");
    }
    auto const* const built_in = find(type);
    auto spelling = built_in != nullptr        ? std::string{built_in->spelling}
                    : type.name.schema.empty() ? bare_name(type.name.name)
                                               : std::string{quoted_name};
    if (!type.modifiers.empty()) {
        spelling += fmt::format("({})", fmt::join(type.modifiers, ","));
    }
    return type.is_array ? spelling + "[]" : spelling;
}

TypeClass type_class(Type const& type) {
    auto const* const built_in = find(type);
    return built_in != nullptr ? built_in->type_class : TypeClass::other;
}

bool is_built_in(Type const& type) {
    return find(type) != nullptr;
}

}  // namespace cm::sql
