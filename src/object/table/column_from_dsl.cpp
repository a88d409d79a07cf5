// A field's type and default become a column's.
#include <fmt/ranges.h>

#include <array>
#include <utility>

#include "base/base64.hpp"
#include "base/overloaded.hpp"
#include "dsl/native_types.hpp"
#include "object/table/column.hpp"
#include "sql/column_clause.hpp"
#include "sql/literal.hpp"
#include "sql/system_types.hpp"

namespace cm::object {
namespace {

sql::Type built_in(std::string_view name, std::vector<std::string> modifiers) {
    sql::Type type{{{}, std::string{name}}, std::move(modifiers)};
    sql::make_canonical(type);
    return type;
}

sql::Type native_type(dsl::NativeType const& native) {
    auto const spec = dsl::find_native_type(native.name);
    auto type = spec ? built_in(spec->catalog_name, native.arguments) : built_in(native.name, {});
    // PostgreSQL fills in the length 1; Prisma's migrations leave that to it.
    if (spec && native.arguments.empty() && !type.modifiers.empty()) {
        type.spelling.text = native.name == "Char" ? "CHAR" : "BIT";
    }
    return type;
}

sql::QualifiedName enum_name(dsl::Enum const& declaration, std::string_view default_schema) {
    auto const& schema = declaration.database_schema;
    return {schema.empty() ? std::string{default_schema} : schema, declaration.database_name};
}

std::string hexadecimal(std::string_view bytes) {
    std::string text = "\\x";
    for (auto const byte : bytes) {
        text += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    }
    return text;
}

/// A literal as SQL has it: what stands between quotes, or a number or a truth value.
struct Literal {
    std::string text{};
    bool is_quoted{};
};

Literal string_literal(std::string const& text, dsl::FieldType const& type) {
    auto const* const scalar = std::get_if<dsl::ScalarType>(&type);
    if (scalar != nullptr && *scalar == dsl::ScalarType::bytes) {
        return {hexadecimal(from_base64(text).value_or(std::string{})), true};
    }
    if (scalar != nullptr && *scalar == dsl::ScalarType::date_time) {
        return {sql::format_timestamp(text).value_or(text), true};
    }
    if (scalar != nullptr && *scalar == dsl::ScalarType::decimal) {
        if (auto number = sql::spelled_number(text)) return {std::move(*number), false};
    }
    return {text, true};
}

Literal literal(dsl::DefaultItem const& item, dsl::Field const& field,
                dsl::DataModel const& model) {
    return match(
        item, [&](dsl::DefaultString const& d) { return string_literal(d.text, field.type); },
        [](dsl::DefaultNumber const& d) {
            return Literal{d.text, false};
        },
        [](dsl::DefaultBoolean const& d) {
            return Literal{d.value ? "true" : "false", false};
        },
        [&](dsl::DefaultEnumValue const& d) {
            auto const& declaration = model.enums.at(std::get<dsl::EnumType>(field.type).index);
            return Literal{declaration.values.at(d.index).database_name, true};
        });
}

std::string list(dsl::DefaultList const& items, dsl::Field const& field,
                 dsl::DataModel const& model, std::string_view type) {
    std::vector<std::string> texts{};
    for (auto const& item : items.items) {
        auto const [text, is_quoted] = literal(item, field, model);
        texts.push_back(is_quoted ? sql::quote_literal(text) : text);
    }
    return fmt::format("ARRAY[{}]::{}", fmt::join(texts, ", "), type);
}

bool is_empty(dsl::DefaultFunction const& function) {
    return function.arguments.empty() || function.arguments.front().empty();
}

std::optional<ColumnDefault> call(dsl::DefaultFunction const& function, sql::Type const& type) {
    if (function.name == "autoincrement") {
        return AutoIncrement{};
    }
    if (function.name == "now") {
        return sql::column_default("CURRENT_TIMESTAMP", type);
    }
    if (function.name == "dbgenerated" && !is_empty(function)) {
        return sql::column_default(function.arguments.front(), type);
    }
    return {};  // uuid(), cuid(), nanoid() … are made by the client
}

dsl::DefaultFunction const* dbgenerated(dsl::Field const& field) {
    if (!field.default_value) return nullptr;
    auto const* const function = std::get_if<dsl::DefaultFunction>(&field.default_value->value);
    return function != nullptr && function->name == "dbgenerated" ? function : nullptr;
}

bool takes_any_default(dsl::Field const& field) {
    auto const* const function = dbgenerated(field);
    return function != nullptr && is_empty(*function);
}

/// Other clauses that stand in `Unsupported("…")`, behind the type.
void read_clauses(dsl::Field const& field, Column& column) {
    auto const* const unsupported = std::get_if<dsl::UnsupportedType>(&field.type);
    if (unsupported == nullptr || sql::parse_type(unsupported->text)) return;
    auto const clauses = sql::parse_column(unsupported->text);
    if (!clauses) return;
    column.is_generated = column.declares_generation = clauses->is_generated;
    if (clauses->is_identity) column.default_value = AutoIncrement{{}, true};
}

/// A default that names columns is none: PostgreSQL takes it as what the column is generated from,
/// and `pull` writes such columns so, as Prisma does.
void read_generation(Column& column) {
    auto const* const value =
        column.default_value ? std::get_if<sql::Expression>(&*column.default_value) : nullptr;
    if (value == nullptr || !sql::names_a_column(value->text)) return;
    column.is_generated = column.declares_generation = true;
    column.generation = value->text;
    column.default_value.reset();
}

/// A value that the client makes for each new row, and the database cannot.
std::string client_value(dsl::Field const& field, std::optional<ColumnDefault> const& lowered) {
    if (lowered) return {};
    if (field.default_value) {
        auto const* const call = std::get_if<dsl::DefaultFunction>(&field.default_value->value);
        if (call != nullptr && call->name != "dbgenerated") return call->name + "()";
    }
    return field.is_updated_at ? "@updatedAt" : "";
}

/// The schema is named where nothing else leads there.
std::string written(sql::Type const& type, std::string_view default_schema) {
    auto const& [schema, name] = type.name;
    auto const is_default = schema == default_schema && !sql::is_system_type_name(name);
    return sql::to_sql(type, sql::quote({is_default ? std::string{} : schema, name}));
}

/// `numeric(10, 2)[]` without its `[]`, which is written behind the type of every list.
std::string without_list_marks(std::string text) {
    while (text.ends_with(']') && text.find('[') != std::string::npos) {
        text.erase(text.rfind('['));
        while (text.ends_with(' ')) text.pop_back();
    }
    return text;
}

}  // namespace

sql::Type lower_type(dsl::Field const& field, dsl::DataModel const& model,
                     std::string_view default_schema) {
    auto type = match(
        field.type,
        [&](dsl::ScalarType scalar) {
            return field.native_type ? native_type(*field.native_type)
                                     : native_type(dsl::default_native_type(scalar));
        },
        [&](dsl::EnumType type_) {
            return sql::Type{enum_name(model.enums.at(type_.index), default_schema)};
        },
        [](dsl::ModelType) { return sql::Type{}; },
        [](dsl::UnsupportedType const& unsupported) {
            auto parsed = sql::parse_type(unsupported.text);
            if (!parsed) {
                auto const column = sql::parse_column(unsupported.text);
                parsed = column ? column->type : built_in(unsupported.text, {});
            }
            // A schema that is written is none of an enum of ours.
            parsed->home = std::exchange(parsed->name.schema, {});
            if (!parsed->home.empty() && sql::is_system_type_name(parsed->name.name)) {
                parsed->name.schema = parsed->home;
            }
            parsed->spelling.text =
                parsed->is_array ? without_list_marks(unsupported.text) : unsupported.text;
            return *parsed;
        });
    if (field.arity == dsl::Arity::list) {
        type.is_array = true;
    }
    return type;
}

std::optional<ColumnDefault> lower_default(dsl::Field const& field, sql::Type const& type,
                                           dsl::DataModel const& model,
                                           std::string_view default_schema) {
    if (!field.default_value) {
        return {};
    }
    auto const expression = [&](std::string const& text) -> std::optional<ColumnDefault> {
        return sql::column_default(text, type);
    };
    auto const item = [&](auto const& value) -> std::optional<ColumnDefault> {
        auto const [text, is_quoted] = literal(dsl::DefaultItem{value}, field, model);
        if (is_quoted) return sql::text_default(text, type);
        return expression(text);
    };
    return match(
        field.default_value->value, [&](dsl::DefaultFunction const& d) { return call(d, type); },
        [&](dsl::DefaultString const& d) { return item(d); },
        [&](dsl::DefaultNumber const& d) { return item(d); },
        [&](dsl::DefaultBoolean const& d) { return item(d); },
        [&](dsl::DefaultEnumValue const& d) { return item(d); },
        [&](dsl::DefaultList const& d) {
            return expression(list(d, field, model, written(type, default_schema)));
        });
}

Column lower(dsl::Field const& field, dsl::DataModel const& model,
             std::string_view default_schema) {
    Column column{.name = field.database_name,
                  .type = lower_type(field, model, default_schema),
                  .is_nullable = field.arity != dsl::Arity::required};
    column.default_value = lower_default(field, column.type, model, default_schema);
    column.takes_any_default = takes_any_default(field);
    read_clauses(field, column);
    if (dbgenerated(field) != nullptr) read_generation(column);
    column.client_value = client_value(field, column.default_value);
    if (field.former_names) column.former_names = lower(*field.former_names);
    column.origin.span = field.name_span;
    return column;
}

}  // namespace cm::object
