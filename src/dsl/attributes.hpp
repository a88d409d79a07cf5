// Which attributes there are, where they may stand and what arguments they take, as tables; and the
// binder that matches what was written with them. A new attribute is a new row.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "dsl/ast.hpp"

namespace cm::dsl {

/// What an attribute can be attached to; bits, so that a table row can name several.
enum class Target : unsigned {
    scalar_field = 1U << 0U,
    enum_field = 1U << 1U,
    unsupported_field = 1U << 2U,
    relation_field = 1U << 3U,
    enum_value = 1U << 4U,
    model = 1U << 5U,
    view = 1U << 6U,
    enum_block = 1U << 7U,
};

/// What a parameter accepts.
enum class ParameterType {
    string,
    name,        ///< `Cascade`, `Desc`, `Gin`
    field_list,  ///< `[id, title(sort: Desc)]`, or a single name without brackets
    number,
    boolean,
    any,
};

struct ParameterSpec {
    std::string_view name{};
    ParameterType type{};
    bool is_required{};
    bool is_positional{};  ///< may be given without its name
    bool is_foreign{};     ///< exists for other databases only
};

struct AttributeSpec {
    std::string_view name{};  ///< with `@` or `@@`
    unsigned targets{};
    std::span<ParameterSpec const> parameters{};
    bool is_repeatable{};
    bool is_foreign{};  ///< as in ParameterSpec
};

constexpr std::size_t attribute_spec_count = 16;

/// The whole table; an attribute whose parameters differ by target has several rows.
std::span<AttributeSpec const, attribute_spec_count> attribute_specs();

/// An attribute whose arguments are known to fit its spec.
struct BoundAttribute {
    std::string_view name{};  ///< with `@` or `@@`
    Attribute const* source{};
    std::vector<std::pair<std::string_view, Value const*>> arguments{};

    Span span() const { return source->span; }

    Value const* find(std::string_view parameter) const;
    std::optional<std::string> string(std::string_view parameter) const;
    /// The place of the argument, or of the whole attribute if it was not given.
    Span span_of(std::string_view parameter) const;
};

/// The attributes of one field, value or block.
struct BoundAttributes {
    std::vector<BoundAttribute> all{};
    std::vector<Attribute const*> native_types{};  ///< `@db.…`, which native_types.hpp reads
    bool has_errors{};                             ///< some were reported and left out

    /// The first of that name, for those which may stand once.
    BoundAttribute const* find(std::string_view name) const;
};

/// Binds what was written with the table. `prefix` is "@" or "@@"; `datasource` the name in front
/// of native types.
BoundAttributes bind_attributes(std::vector<Attribute> const& attributes, std::string_view prefix,
                                Target target, std::string_view datasource,
                                Diagnostics& diagnostics);

}  // namespace cm::dsl
