// PostgreSQL's spellings of its types lead to the table of native types.
#include "dsl/sql_type_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "dsl/native_types.hpp"

namespace cm::dsl {
namespace {

struct Spelling {
    std::string_view sql{};
    std::string_view catalog_name{};
};

/// What else than pg_type.typname people write, as far as it is one word.
constexpr std::array spellings{
    Spelling{"bigint", "int8"},   Spelling{"char", "bpchar"},   Spelling{"character", "bpchar"},
    Spelling{"double", "float8"}, Spelling{"int", "int4"},      Spelling{"integer", "int4"},
    Spelling{"real", "float4"},   Spelling{"smallint", "int2"},
};

constexpr std::array serials{
    Spelling{"bigserial", "int8"}, Spelling{"serial", "int4"},  Spelling{"serial2", "int2"},
    Spelling{"serial4", "int4"},   Spelling{"serial8", "int8"}, Spelling{"smallserial", "int2"},
};

template <std::size_t size>
std::string_view catalog_name(std::array<Spelling, size> const& table, std::string_view sql) {
    auto const* const found =
        std::find_if(table.begin(), table.end(), [&](Spelling const& s) { return s.sql == sql; });
    return found == table.end() ? std::string_view() : found->catalog_name;
}

/// What stands for an argument that is not given: a length or a precision of its own, or the
/// number of digits that PostgreSQL takes for moments.
std::string usual_argument(NativeTypeSpec const& spec) {
    if (spec.maximum_arguments == 2) return "p, s";
    return spec.scalar == ScalarType::date_time ? fmt::format("{}", spec.maximum) : "n";
}

/// ` @db.VarChar(n)`; empty where the scalar type alone means the same.
std::string attribute(NativeTypeSpec const& spec, std::string_view argument) {
    if (spec.maximum_arguments > 0) {
        return fmt::format(" @db.{}({})", spec.name,
                           argument.empty() ? usual_argument(spec) : std::string{argument});
    }
    auto const is_usual = default_native_type(spec.scalar).name == spec.name;
    return is_usual ? std::string{} : fmt::format(" @db.{}", spec.name);
}

}  // namespace

std::optional<std::string> field_type_for(std::string_view sql_type, std::string_view argument) {
    auto const name = to_lower(sql_type);
    auto const serial = catalog_name(serials, name);
    auto const alias = catalog_name(spellings, name);
    auto const spec = native_type_of_catalog(!serial.empty()  ? serial
                                             : !alias.empty() ? alias
                                                              : std::string_view{name});
    if (!spec) return {};
    return fmt::format("{}{}{}", scalar_name(spec->scalar),
                       serial.empty() ? "" : " @default(autoincrement())",
                       attribute(*spec, argument));
}

}  // namespace cm::dsl
