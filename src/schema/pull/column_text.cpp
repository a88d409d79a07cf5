// Types by one table, the inverse of object/table/column_from_dsl; defaults by what PostgreSQL
// prints.
#include "schema/pull/column_text.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "dsl/native_types.hpp"
#include "dsl/string_literal.hpp"
#include "schema/pull/default_text.hpp"

namespace cm::schema {
namespace {

struct NativeName {
    std::string_view type;       ///< pg_type.typname
    std::string_view attribute;  ///< `@db.…`
};

constexpr std::array native_names{
    NativeName{"text", "Text"},
    NativeName{"bpchar", "Char"},
    NativeName{"varchar", "VarChar"},
    NativeName{"citext", "Citext"},
    NativeName{"bit", "Bit"},
    NativeName{"varbit", "VarBit"},
    NativeName{"uuid", "Uuid"},
    NativeName{"xml", "Xml"},
    NativeName{"inet", "Inet"},
    NativeName{"bool", "Boolean"},
    NativeName{"int2", "SmallInt"},
    NativeName{"int4", "Integer"},
    NativeName{"int8", "BigInt"},
    NativeName{"oid", "Oid"},
    NativeName{"float4", "Real"},
    NativeName{"float8", "DoublePrecision"},
    NativeName{"numeric", "Decimal"},
    NativeName{"money", "Money"},
    NativeName{"timestamp", "Timestamp"},
    NativeName{"timestamptz", "Timestamptz"},
    NativeName{"date", "Date"},
    NativeName{"time", "Time"},
    NativeName{"timetz", "Timetz"},
    NativeName{"json", "Json"},
    NativeName{"jsonb", "JsonB"},
    NativeName{"bytea", "ByteA"},
};

/// `numeric(3,-2)` and `numeric(3,5)`, which PostgreSQL has since 15.
bool has_odd_scale(sql::Type const& type) {
    if (type.name.name != "numeric" || type.modifiers.size() != 2) return false;
    auto const scale = std::stoi(type.modifiers[1]);
    return scale < 0 || scale > std::stoi(type.modifiers[0]);
}

NativeName const* find_native(sql::Type const& type) {
    if (!type.name.schema.empty() || has_odd_scale(type)) return nullptr;
    auto const* const found =
        std::find_if(native_names.begin(), native_names.end(),
                     [&](NativeName const& n) { return n.type == type.name.name; });
    return found == native_names.end() ? nullptr : found;
}

/// Prisma always writes the precision of a single moment; of lists only where there is one.
std::vector<std::string> arguments_of(sql::Type const& type) {
    constexpr std::array moments{"timestamp", "timestamptz", "time", "timetz"};
    auto const is_moment =
        std::find(moments.begin(), moments.end(), type.name.name) != moments.end();
    if (type.name.name == "bpchar" && type.spelling.text == "BPCHAR") return {};
    auto const says_six = !type.is_array || type.spelling.text.ends_with("(6)");
    if (is_moment && type.modifiers.empty() && says_six) return {"6"};
    return type.modifiers;
}

/// The text that reads back as this type.
std::string unsupported_text(sql::Type const& type, std::string_view default_schema) {
    auto single = type;
    single.is_array = false;
    auto const with = [&](std::string const& name) {
        if (type.modifiers.empty()) return name;
        return fmt::format("{}({})", name, fmt::join(type.modifiers, ","));
    };
    // The name alone means one of PostgreSQL's own.
    if (!type.name.schema.empty()) {
        return with(sql::bare_name(type.name.schema) + "." + sql::bare_name(type.name.name));
    }
    // Prisma writes no schema, which leads to those in the default one and to extensions only.
    if (!type.home.empty() && type.home != default_schema && !type.is_of_extension) {
        return with(sql::bare_name(type.home) + "." + sql::bare_name(type.name.name));
    }
    auto const plain = with(type.name.name);
    auto parsed = sql::parse_type(plain);
    if (parsed) parsed->name.schema.clear();
    return parsed && *parsed == single ? plain : with(sql::quote_identifier(type.name.name));
}

ColumnText unsupported(object::Column const& column, std::string_view default_schema) {
    ColumnText text{};
    text.type =
        fmt::format("Unsupported({})", dsl::escape(unsupported_text(column.type, default_schema)));
    text.is_supported = false;
    return text;
}

ColumnText scalar(sql::Type const& type, NativeName const& native, std::string_view prefix) {
    auto const spec = dsl::find_native_type(native.attribute);
    auto const arguments = arguments_of(type);
    auto const usual = dsl::default_native_type(spec->scalar);
    ColumnText text{};
    text.type = dsl::scalar_name(spec->scalar);
    if (usual.name != native.attribute || usual.arguments != arguments) {
        text.native = fmt::format("@{}.{}", prefix, native.attribute);
        if (!arguments.empty()) text.native += fmt::format("({})", fmt::join(arguments, ", "));
    }
    return text;
}

}  // namespace

ColumnText column_text(object::Column const& column, EnumNames const& enums,
                       std::string_view native_prefix, std::string_view default_schema) {
    auto const& type = column.type;
    auto const* const native = find_native(type);
    auto const name = type.name.schema.empty() ? std::nullopt : enums.name(type.name);
    ColumnText text{};
    if (native != nullptr) {
        text = scalar(type, *native, native_prefix);
    } else if (name) {
        text.type = *name;
    } else {
        text = unsupported(column, default_schema);
    }
    if (auto const value = default_text(column, text, enums)) {
        text.default_value = fmt::format("@default({})", *value);
    }
    return text;
}

}  // namespace cm::schema
