// The `@db.…` types of PostgreSQL: which field types may have them, and what their arguments may
// be.
#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "base/diagnostic.hpp"
#include "dsl/ast.hpp"
#include "dsl/datamodel.hpp"

namespace cm::dsl {

struct NativeTypeSpec {
    std::string_view name{};          ///< `@db.…`
    std::string_view catalog_name{};  ///< pg_type.typname
    ScalarType scalar{};
    std::size_t minimum_arguments{};  ///< of those given; none need be given
    std::size_t maximum_arguments{};
    long minimum{};  ///< of the first argument
    long maximum{};
};

/// All of them, grouped by scalar type.
std::span<NativeTypeSpec const> native_types();

std::optional<NativeTypeSpec> find_native_type(std::string_view name);

/// The one that is stored as PostgreSQL's type of this name (`int4`).
std::optional<NativeTypeSpec> native_type_of_catalog(std::string_view catalog_name);

/// The native type a field of this scalar type has where the schema names none.
NativeType default_native_type(ScalarType type);

/// `String`, `BigInt`, …
std::string_view scalar_name(ScalarType type);
std::optional<ScalarType> find_scalar(std::string_view name);
std::vector<std::string_view> scalar_names();

/// Reads `@db.Name(arguments)` on a field of type `scalar`; none if it was wrong and has been
/// reported.
std::optional<NativeType> read_native_type(Attribute const& attribute, ScalarType scalar,
                                           Diagnostics& diagnostics);

}  // namespace cm::dsl
