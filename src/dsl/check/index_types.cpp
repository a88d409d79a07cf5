// Which types of fields an index type can hold without being told an operator class.
#include "dsl/check/rule.hpp"
#include "dsl/native_types.hpp"

namespace cm::dsl::check_rules {

namespace {

bool is_scalar(Field const& field, std::initializer_list<ScalarType> types) {
    auto const* const scalar = std::get_if<ScalarType>(&field.type);
    return scalar != nullptr && std::find(types.begin(), types.end(), *scalar) != types.end();
}

bool is_native(Field const& field, std::initializer_list<std::string_view> names) {
    return field.native_type &&
           std::find(names.begin(), names.end(), field.native_type->name) != names.end();
}

/// Which types Prisma lets pass without an operator class; `Unsupported` ones are the database's
/// business.
bool suits(std::string_view method, Field const& field) {
    if (std::holds_alternative<UnsupportedType>(field.type)) return true;
    if (method == "gin") {
        return field.arity == Arity::list ||
               (is_scalar(field, {ScalarType::json}) && !is_native(field, {"Json"}));
    }
    if (method == "gist") return is_scalar(field, {ScalarType::string}) && !field.native_type;
    if (method == "spgist") {
        return is_scalar(field, {ScalarType::string}) &&
               (!field.native_type || is_native(field, {"Text", "VarChar", "Char", "Inet"}));
    }
    if (method == "brin") {
        return !std::holds_alternative<EnumType>(field.type) &&
               !is_scalar(field, {ScalarType::boolean, ScalarType::json}) &&
               !is_native(field, {"Citext", "Money"});
    }
    return true;
}

void check_index_type(Model const& owner, Index const& index, IndexField const& indexed,
                      Diagnostics& diagnostics) {
    auto const& field = owner.fields[indexed.field];
    auto const is_sorted = indexed.sort == SortOrder::descending ||
                           (indexed.has_arguments && !indexed.has_operator_class);
    if (index.method == "hash" && is_sorted) {
        diagnostics.error("CM0268", indexed.span, "a hash index has no sort order")
            .help("remove `sort`");
    }
    if (indexed.has_operator_class || suits(index.method, field)) return;
    diagnostics
        .error("CM0266", indexed.span, "a {} index does not support `{}` without an operator class",
               index.method, path(owner, indexed.field))
        .label(field.type_span, "this is its type")
        .help("use another index type, or name an operator class: `{}(ops: raw(\"…\"))`",
              field.name);
}

}  // namespace

void index_types(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& owner : model.models) {
        for (auto const& index : owner.indexes) {
            if (index.method == "spgist" && index.fields.size() > 1) {
                diagnostics.error("CM0266", index.span, "an SP-GiST index can have only one field")
                    .help("create an index for each, or use `type: Gist`");
            }
            for (auto const& indexed : index.fields)
                check_index_type(owner, index, indexed, diagnostics);
        }
    }
}

}  // namespace cm::dsl::check_rules
