// One table; the limits are those of the manual's chapter "Data Types".
#include "dsl/native_types.hpp"

#include <charconv>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "dsl/other_databases.hpp"
#include "dsl/stage.hpp"

namespace cm::dsl {

namespace {

constexpr long any = 2147483647;

constexpr NativeTypeSpec types[] = {
    {"Text", "text", ScalarType::string, 0, 0, 0, 0},
    {"VarChar", "varchar", ScalarType::string, 1, 1, 0, any},
    {"Char", "bpchar", ScalarType::string, 1, 1, 0, any},
    {"Bit", "bit", ScalarType::string, 1, 1, 1, any},
    {"VarBit", "varbit", ScalarType::string, 1, 1, 1, any},
    {"Uuid", "uuid", ScalarType::string, 0, 0, 0, 0},
    {"Xml", "xml", ScalarType::string, 0, 0, 0, 0},
    {"Inet", "inet", ScalarType::string, 0, 0, 0, 0},
    {"Citext", "citext", ScalarType::string, 0, 0, 0, 0},
    {"Boolean", "bool", ScalarType::boolean, 0, 0, 0, 0},
    {"Integer", "int4", ScalarType::integer, 0, 0, 0, 0},
    {"SmallInt", "int2", ScalarType::integer, 0, 0, 0, 0},
    {"Oid", "oid", ScalarType::integer, 0, 0, 0, 0},
    {"BigInt", "int8", ScalarType::big_integer, 0, 0, 0, 0},
    {"DoublePrecision", "float8", ScalarType::floating, 0, 0, 0, 0},
    {"Real", "float4", ScalarType::floating, 0, 0, 0, 0},
    {"Decimal", "numeric", ScalarType::decimal, 2, 2, 1, 1000},
    {"Money", "money", ScalarType::decimal, 0, 0, 0, 0},
    {"Timestamp", "timestamp", ScalarType::date_time, 1, 1, 0, 6},
    {"Timestamptz", "timestamptz", ScalarType::date_time, 1, 1, 0, 6},
    {"Date", "date", ScalarType::date_time, 0, 0, 0, 0},
    {"Time", "time", ScalarType::date_time, 1, 1, 0, 6},
    {"Timetz", "timetz", ScalarType::date_time, 1, 1, 0, 6},
    {"JsonB", "jsonb", ScalarType::json, 0, 0, 0, 0},
    {"Json", "json", ScalarType::json, 0, 0, 0, 0},
    {"ByteA", "bytea", ScalarType::bytes, 0, 0, 0, 0},
};

struct Scalar {
    std::string_view name{};
    ScalarType type{};
    std::string_view native{};
    std::string_view first_argument{};
    std::string_view second_argument{};
};

constexpr Scalar scalars[] = {
    {"String", ScalarType::string, "Text", {}, {}},
    {"Boolean", ScalarType::boolean, "Boolean", {}, {}},
    {"Int", ScalarType::integer, "Integer", {}, {}},
    {"BigInt", ScalarType::big_integer, "BigInt", {}, {}},
    {"Float", ScalarType::floating, "DoublePrecision", {}, {}},
    {"Decimal", ScalarType::decimal, "Decimal", "65", "30"},
    {"DateTime", ScalarType::date_time, "Timestamp", "3", {}},
    {"Json", ScalarType::json, "JsonB", {}, {}},
    {"Bytes", ScalarType::bytes, "ByteA", {}, {}},
};

Scalar const& scalar(ScalarType type) {
    for (auto const& entry : scalars) {
        if (entry.type == type) return entry;
    }
    assertion_failed("every scalar type is in the table", __FILE__, __LINE__);
}

std::optional<long> as_number(Value const& value) {
    auto const* const number = std::get_if<NumberValue>(&value.value);
    if (number == nullptr) return std::nullopt;
    long result = 0;
    auto const* const end = number->text.data() + number->text.size();
    auto const parsed = std::from_chars(number->text.data(), end, result);
    if (parsed.ec != std::errc{} || parsed.ptr != end || result < 0) return std::nullopt;
    return result;
}

std::optional<NativeTypeSpec> find_reported(Attribute const& attribute, std::string_view name,
                                            Diagnostics& diagnostics) {
    auto const spec = find_native_type(name);
    if (spec) return spec;
    std::vector<std::string_view> names{};
    for (auto const& type : types) names.push_back(type.name);
    auto& diagnostic = diagnostics.error("CM0221", attribute.name.span,
                                         "PostgreSQL has no type `{}`", attribute.name.text);
    if (auto const help = native_type_from_other_database(name)) {
        diagnostic.help("{}", *help);
    } else if (auto const meant = did_you_mean(name, names)) {
        diagnostic.help("did you mean `@db.{}`?", *meant);
    } else {
        diagnostic.help(
            "for a type that the schema language does not support, use the field type "
            "`Unsupported(\"{}\")`",
            to_lower(name));
    }
    return std::nullopt;
}

bool check_count(Attribute const& attribute, NativeTypeSpec const& spec, Diagnostics& diagnostics) {
    auto const count = attribute.arguments.size();
    if (count == 0 || (count >= spec.minimum_arguments && count <= spec.maximum_arguments))
        return true;
    auto& diagnostic =
        diagnostics.error("CM0223", attribute.span, "`@db.{}` takes {}, not {}", spec.name,
                          spec.maximum_arguments == 0   ? "no arguments"
                          : spec.maximum_arguments == 1 ? "one argument"
                                                        : "two arguments",
                          count);
    if (spec.maximum_arguments == 0) diagnostic.help("write `@db.{}`", spec.name);
    if (spec.name == "Decimal") diagnostic.help("write precision and scale: `@db.Decimal(10, 2)`");
    return false;
}

bool check_range(Attribute const& attribute, NativeTypeSpec const& spec,
                 std::vector<long> const& numbers, Diagnostics& diagnostics) {
    if (numbers.empty()) return true;
    auto const& first = attribute.arguments.front();
    if (numbers[0] < spec.minimum || numbers[0] > spec.maximum) {
        auto& diagnostic = diagnostics.error(
            "CM0223", first.span, "{} is out of range for `@db.{}`", numbers[0], spec.name);
        if (spec.maximum == any) {
            diagnostic.help("it must be at least {}", spec.minimum);
        } else {
            diagnostic.help("it must be from {} to {}", spec.minimum, spec.maximum);
        }
        return false;
    }
    if (numbers.size() == 2 && numbers[1] > numbers[0]) {
        diagnostics
            .error("CM0223", attribute.arguments[1].span,
                   "the scale {} is larger than the precision {}", numbers[1], numbers[0])
            .help("the precision counts all digits, the scale those after the point");
        return false;
    }
    return true;
}

}  // namespace

std::span<NativeTypeSpec const> native_types() {
    return types;
}

std::optional<NativeTypeSpec> find_native_type(std::string_view name) {
    for (auto const& type : types) {
        if (type.name == name) return type;
    }
    return std::nullopt;
}

std::optional<NativeTypeSpec> native_type_of_catalog(std::string_view catalog_name) {
    for (auto const& type : types) {
        if (type.catalog_name == catalog_name) return type;
    }
    return std::nullopt;
}

NativeType default_native_type(ScalarType type) {
    auto const& entry = scalar(type);
    NativeType native{std::string(entry.native), {}, {}};
    for (auto const argument : {entry.first_argument, entry.second_argument}) {
        if (!argument.empty()) native.arguments.emplace_back(argument);
    }
    return native;
}

std::string_view scalar_name(ScalarType type) {
    return scalar(type).name;
}

std::optional<ScalarType> find_scalar(std::string_view name) {
    for (auto const& entry : scalars) {
        if (entry.name == name) return entry.type;
    }
    return std::nullopt;
}

std::vector<std::string_view> scalar_names() {
    std::vector<std::string_view> names{};
    for (auto const& entry : scalars) names.push_back(entry.name);
    return names;
}

std::optional<NativeType> read_native_type(Attribute const& attribute, ScalarType scalar,
                                           Diagnostics& diagnostics) {
    InStage const in_stage(Stage::rules, diagnostics);
    auto const name = attribute.name.text.substr(attribute.name.text.find('.') + 1);
    auto const spec = find_reported(attribute, name, diagnostics);
    if (!spec) return std::nullopt;
    if (spec->scalar != scalar) {
        diagnostics
            .error("CM0222", attribute.span, "a field of type `{}` cannot be stored as `@db.{}`",
                   scalar_name(scalar), name)
            .help("`@db.{}` belongs to the type `{}`", name, scalar_name(spec->scalar));
        return std::nullopt;
    }
    if (!check_count(attribute, *spec, diagnostics)) return std::nullopt;
    NativeType native{std::string(name), {}, attribute.span};
    std::vector<long> numbers{};
    for (auto const& argument : attribute.arguments) {
        auto const number = as_number(argument.value.front());
        if (!number) {
            diagnostics.error("CM0223", argument.span, "`@db.{}` takes whole numbers only", name)
                .help("write digits without quotes");
            return std::nullopt;
        }
        numbers.push_back(*number);
        native.arguments.emplace_back(std::get<NumberValue>(argument.value.front().value).text);
    }
    if (!check_range(attribute, *spec, numbers, diagnostics)) return std::nullopt;
    return native;
}

}  // namespace cm::dsl
