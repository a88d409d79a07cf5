// The two columns of a foreign key must have the same type.
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

namespace {

bool are_same(FieldType const& first, FieldType const& second) {
    if (auto const* const scalar = std::get_if<ScalarType>(&first)) {
        auto const* const other = std::get_if<ScalarType>(&second);
        return other != nullptr && *scalar == *other;
    }
    if (auto const* const unsupported = std::get_if<UnsupportedType>(&first)) {
        auto const* const other = std::get_if<UnsupportedType>(&second);
        return other != nullptr && unsupported->text == other->text;
    }
    auto const* const type = std::get_if<EnumType>(&first);
    auto const* const other = std::get_if<EnumType>(&second);
    return type != nullptr && other != nullptr && type->index == other->index;
}

/// Native types of one scalar type that PostgreSQL can compare with each other.
std::string_view family(Field const& field) {
    if (!field.native_type) return {};
    for (std::string_view const lonely :
         {"Uuid", "Inet", "Xml", "Bit", "VarBit", "Money", "Time", "Timetz", "Json"}) {
        if (field.native_type->name == lonely) return lonely;
    }
    return {};
}

void check_types(DataModel const& model, ForeignKeyRelation const& key, Diagnostics& diagnostics) {
    auto const& from = model.models[key.from.model];
    auto const& to = model.models[key.to.model];
    for (std::size_t i = 0; i < key.fields.size(); ++i) {
        auto const& field = from.fields[key.fields[i]];
        auto const& reference = to.fields[key.references[i]];
        if (!are_same(field.type, reference.type)) {
            diagnostics
                .error("CM0245", key.fields_span, "`{}` cannot refer to `{}`: their types differ",
                       path(from, key.fields[i]), path(to, key.references[i]))
                .label(field.type_span, "this type")
                .label(reference.type_span, "and this one")
                .help("give both the same type");
        } else if (family(field) != family(reference)) {
            diagnostics
                .warning("CM0274", key.fields_span,
                         "PostgreSQL cannot compare `{}` with `{}`: their native types differ",
                         path(from, key.fields[i]), path(to, key.references[i]))
                .label(field.type_span, "this type")
                .label(reference.type_span, "and this one")
                .help("give both the same `@db` type");
        }
    }
}

}  // namespace

void relation_types(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& relation : model.relations) {
        auto const* const key = std::get_if<ForeignKeyRelation>(&relation);
        if (key != nullptr) check_types(model, *key, diagnostics);
    }
}

}  // namespace cm::dsl::check_rules
