// An operator class belongs to one type of index and to some types of columns.
#include "dsl/operator_classes.hpp"

#include "base/text.hpp"
#include "dsl/check/rule.hpp"
#include "dsl/native_types.hpp"

namespace cm::dsl::check_rules {

namespace {

/// The native type as written or as it is by default; empty for enums and `Unsupported`.
std::string native_name(Field const& field) {
    if (field.native_type) return field.native_type->name;
    auto const* const scalar = std::get_if<ScalarType>(&field.type);
    return scalar == nullptr ? std::string() : default_native_type(*scalar).name;
}

bool suits(OperatorClass const& known, Field const& field) {
    if (known.native_types.empty()) return field.arity == Arity::list;
    auto const name = native_name(field);
    return std::find(known.native_types.begin(), known.native_types.end(), name) !=
           known.native_types.end();
}

void check_operator_class(Model const& owner, Index const& index, IndexField const& indexed,
                          Diagnostics& diagnostics) {
    if (indexed.operator_class_word.empty()) return;
    std::vector<std::string_view> methods{};
    for (auto const& known : cm::dsl::operator_classes()) {
        if (known.name != indexed.operator_class_word) continue;
        methods.push_back(known.method);
        if (known.method != index.method) continue;
        auto const& field = owner.fields[indexed.field];
        if (suits(known, field)) return;
        auto& diagnostic = diagnostics.error(
            "CM0267", indexed.span, "the operator class `{}` does not fit the type of `{}`",
            known.name, path(owner, indexed.field));
        diagnostic.label(field.type_span, "this is its type");
        if (known.native_types.empty()) {
            diagnostic.help("it is for lists");
        } else {
            diagnostic.help("it is for columns of type {}", quoted_list(known.native_types, "or"));
        }
        return;
    }
    diagnostics
        .error("CM0267", indexed.span, "a {} index has no operator class `{}`", index.method,
               indexed.operator_class_word)
        .help("it belongs to indexes of type {}", quoted_list(methods, "or"));
}

}  // namespace

void operator_classes(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& owner : model.models) {
        for (auto const& index : owner.indexes) {
            for (auto const& indexed : index.fields)
                check_operator_class(owner, index, indexed, diagnostics);
        }
    }
}

}  // namespace cm::dsl::check_rules
