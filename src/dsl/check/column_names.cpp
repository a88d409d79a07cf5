// Two fields cannot share a column.
#include <algorithm>

#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

namespace {

bool has_column(Field const& field) {
    return !std::holds_alternative<ModelType>(field.type);
}

void report(Model const& owner, Field const& blamed, Field const& other, Diagnostics& diagnostics) {
    diagnostics
        .error("CM0261", blamed.name_span, "two fields of `{}` map to the column `{}`", owner.name,
               blamed.database_name)
        .label(other.name_span, "the other one")
        .help("give one of them another column name with `@map`");
}

/// Who has chosen the name is to blame.
void report_two(Model const& owner, Field const& earlier, Field const& later,
                Diagnostics& diagnostics) {
    if (earlier.is_mapped && !later.is_mapped) {
        report(owner, earlier, later, diagnostics);
    } else {
        report(owner, later, earlier, diagnostics);
    }
}

/// The field of that name, unless it stands above and has another column by `@map`.
Field const* field_named(Model const& owner, std::string_view name, Field const& asking) {
    for (auto const& field : owner.fields) {
        if (field.name != name || !has_column(field) || &field == &asking) continue;
        auto const is_moved = field.is_mapped && &field < &asking;
        return is_moved ? nullptr : &field;
    }
    return nullptr;
}

/// `@map` with the name of a field whose own column is only known further below.
void report_exchange(Model const& owner, Field const& blamed, Field const& other,
                     Diagnostics& diagnostics) {
    diagnostics
        .error("CM0261", blamed.name_span, "the column of `{}` has the name of a field below it",
               path(owner, static_cast<std::size_t>(&blamed - owner.fields.data())))
        .label(other.name_span, "this field")
        .help("Prisma reads fields in order: put `{}` above `{}`", other.name, blamed.name);
}

/// Columns and their fields, by name; those of the same name in the order of the text.
std::vector<std::pair<std::string_view, Field const*>> by_column(Model const& owner) {
    std::vector<std::pair<std::string_view, Field const*>> columns{};
    for (auto const& field : owner.fields) {
        if (has_column(field)) columns.emplace_back(field.database_name, &field);
    }
    std::sort(columns.begin(), columns.end());
    return columns;
}

}  // namespace

void column_names(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& owner : model.models) {
        Field const* first = nullptr;
        for (auto const& [column, field] : by_column(owner)) {
            if (first != nullptr && first->database_name == column) {
                report_two(owner, *first, *field, diagnostics);
                continue;
            }
            first = field;
            if (!field->is_mapped) continue;
            auto const* const other = field_named(owner, column, *field);
            if (other != nullptr && other->is_mapped) {
                report_exchange(owner, *field, *other, diagnostics);
            }
        }
    }
}

}  // namespace cm::dsl::check_rules
