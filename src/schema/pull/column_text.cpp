// Types by the table of dsl/native_types, as object/table/column_from_dsl does it the other way
// round; defaults by what PostgreSQL prints.
#include "schema/pull/column_text.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "dsl/native_types.hpp"
#include "dsl/string_literal.hpp"
#include "schema/pull/default_text.hpp"

namespace cm::schema {
namespace {

/// `numeric(3,-2)` and `numeric(3,5)`, which PostgreSQL has since 15.
bool has_odd_scale(sql::Type const& type) {
    if (type.name.name != "numeric" || type.modifiers.size() != 2) return false;
    auto const scale = std::stoi(type.modifiers[1]);
    return scale < 0 || scale > std::stoi(type.modifiers[0]);
}

std::optional<dsl::NativeTypeSpec> find_native(sql::Type const& type) {
    if (!type.name.schema.empty() || has_odd_scale(type)) return {};
    return dsl::native_type_of_catalog(type.name.name);
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

ColumnText scalar(sql::Type const& type, dsl::NativeTypeSpec const& native,
                  std::string_view prefix) {
    auto const arguments = arguments_of(type);
    auto const usual = dsl::default_native_type(native.scalar);
    ColumnText text{};
    text.type = dsl::scalar_name(native.scalar);
    if (usual.name != native.name || usual.arguments != arguments) {
        text.native = fmt::format("@{}.{}", prefix, native.name);
        if (!arguments.empty()) text.native += fmt::format("({})", fmt::join(arguments, ", "));
    }
    return text;
}

}  // namespace

ColumnText column_text(object::Column const& column, EnumNames const& enums,
                       std::string_view native_prefix, std::string_view default_schema) {
    auto const& type = column.type;
    auto const native = find_native(type);
    auto const name = type.name.schema.empty() ? std::nullopt : enums.name(type.name);
    ColumnText text{};
    if (native) {
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
