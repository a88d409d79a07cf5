// A field's type and default become a column's.
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/overloaded.hpp"
#include "object/table/column.hpp"
#include "sql/column_clause.hpp"
#include "sql/literal.hpp"
#include "sql/system_types.hpp"

namespace cm::object {
namespace {

struct NativeName {
    std::string_view attribute;  ///< `@db.…`
    std::string_view type;       ///< pg_type.typname
};

constexpr std::array native_names{
    NativeName{"Text", "text"},
    NativeName{"Char", "bpchar"},
    NativeName{"VarChar", "varchar"},
    NativeName{"Citext", "citext"},
    NativeName{"Bit", "bit"},
    NativeName{"VarBit", "varbit"},
    NativeName{"Uuid", "uuid"},
    NativeName{"Xml", "xml"},
    NativeName{"Inet", "inet"},
    NativeName{"Boolean", "bool"},
    NativeName{"SmallInt", "int2"},
    NativeName{"Integer", "int4"},
    NativeName{"Int", "int4"},
    NativeName{"BigInt", "int8"},
    NativeName{"Oid", "oid"},
    NativeName{"Real", "float4"},
    NativeName{"DoublePrecision", "float8"},
    NativeName{"Decimal", "numeric"},
    NativeName{"Money", "money"},
    NativeName{"Timestamp", "timestamp"},
    NativeName{"Timestamptz", "timestamptz"},
    NativeName{"Date", "date"},
    NativeName{"Time", "time"},
    NativeName{"Timetz", "timetz"},
    NativeName{"Json", "json"},
    NativeName{"JsonB", "jsonb"},
    NativeName{"ByteA", "bytea"},
};

sql::Type built_in(std::string_view name, std::vector<std::string> modifiers = {}) {
    return sql::canonical({{{}, std::string{name}}, std::move(modifiers), false});
}

/// Prisma's choice where no `@db.…` says otherwise.
sql::Type default_type(dsl::ScalarType scalar) {
    switch (scalar) {
        case dsl::ScalarType::string:
            return built_in("text");
        case dsl::ScalarType::boolean:
            return built_in("bool");
        case dsl::ScalarType::integer:
            return built_in("int4");
        case dsl::ScalarType::big_integer:
            return built_in("int8");
        case dsl::ScalarType::floating:
            return built_in("float8");
        case dsl::ScalarType::decimal:
            return built_in("numeric", {"65", "30"});
        case dsl::ScalarType::date_time:
            return built_in("timestamp", {"3"});
        case dsl::ScalarType::json:
            return built_in("jsonb");
        case dsl::ScalarType::bytes:
            return built_in("bytea");
    }
    return {};
}

sql::Type native_type(dsl::NativeType const& native) {
    auto const* const found =
        std::find_if(native_names.begin(), native_names.end(),
                     [&](NativeName const& n) { return n.attribute == native.name; });
    if (found == native_names.end()) {
        return built_in(native.name);
    }
    auto type = built_in(found->type, native.arguments);
    // PostgreSQL fills in the length 1; Prisma's migrations leave that to it.
    if (native.arguments.empty() && !type.modifiers.empty()) {
        type.spelling.text = native.name == "Char" ? "CHAR" : "BIT";
    }
    return type;
}

sql::QualifiedName enum_name(dsl::Enum const& declaration, std::string_view default_schema) {
    auto const& schema = declaration.database_schema;
    return {schema.empty() ? std::string{default_schema} : schema, declaration.database_name};
}

std::string hexadecimal(std::string_view base64) {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text = "\\x";
    unsigned bits = 0, count = 0;
    for (auto const c : base64) {
        auto const value = alphabet.find(c);
        if (value == std::string_view::npos) {
            continue;
        }
        bits = (bits << 6U) | static_cast<unsigned>(value);
        count += 6;
        if (count < 8) {
            continue;
        }
        count -= 8;
        text += fmt::format("{:02x}", (bits >> count) & 0xFFU);
    }
    return text;
}

std::string quoted(std::string const& text, dsl::FieldType const& type) {
    auto const* const scalar = std::get_if<dsl::ScalarType>(&type);
    if (scalar != nullptr && *scalar == dsl::ScalarType::bytes) {
        return sql::quote_literal(hexadecimal(text));
    }
    if (scalar != nullptr && *scalar == dsl::ScalarType::date_time) {
        return sql::quote_literal(sql::spelled_moment(text).value_or(text));
    }
    if (scalar != nullptr && *scalar == dsl::ScalarType::decimal) {
        return sql::spelled_number(text).value_or(sql::quote_literal(text));
    }
    return sql::quote_literal(text);
}

std::string literal(dsl::DefaultItem const& item, dsl::Field const& field,
                    dsl::DataModel const& model) {
    return match(
        item, [&](dsl::DefaultString const& d) { return quoted(d.text, field.type); },
        [](dsl::DefaultNumber const& d) { return d.text; },
        [](dsl::DefaultBoolean const& d) { return std::string{d.value ? "true" : "false"}; },
        [&](dsl::DefaultEnumValue const& d) {
            auto const& declaration = model.enums.at(std::get<dsl::EnumType>(field.type).index);
            return sql::quote_literal(declaration.values.at(d.index).database_name);
        });
}

std::string list(dsl::DefaultList const& items, dsl::Field const& field,
                 dsl::DataModel const& model, std::string_view type) {
    std::vector<std::string> texts{};
    for (auto const& item : items.items) {
        texts.push_back(literal(item, field, model));
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

}  // namespace

namespace {

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
            return field.native_type ? native_type(*field.native_type) : default_type(scalar);
        },
        [&](dsl::EnumType type_) {
            return sql::Type{enum_name(model.enums.at(type_.index), default_schema), {}, false};
        },
        [](dsl::ModelType) { return sql::Type{}; },
        [](dsl::UnsupportedType const& unsupported) {
            auto parsed = sql::parse_type(unsupported.text);
            if (!parsed) {
                auto const column = sql::parse_column(unsupported.text);
                parsed = column ? column->type : built_in(unsupported.text);
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
                                           std::string_view quoted_enum) {
    if (!field.default_value) {
        return {};
    }
    auto const expression = [&](std::string const& text) {
        return std::optional<ColumnDefault>{sql::column_default(text, type)};
    };
    auto const item = [&](auto const& value) {
        return expression(literal(dsl::DefaultItem{value}, field, model));
    };
    return match(
        field.default_value->value, [&](dsl::DefaultFunction const& d) { return call(d, type); },
        [&](dsl::DefaultString const& d) { return item(d); },
        [&](dsl::DefaultNumber const& d) { return item(d); },
        [&](dsl::DefaultBoolean const& d) { return item(d); },
        [&](dsl::DefaultEnumValue const& d) { return item(d); },
        [&](dsl::DefaultList const& d) {
            return expression(list(d, field, model, sql::to_sql(type, quoted_enum)));
        });
}

Column lower(dsl::Field const& field, dsl::DataModel const& model,
             std::string_view default_schema) {
    Column column{};
    column.name = field.database_name;
    column.type = lower_type(field, model, default_schema);
    column.is_nullable = field.arity != dsl::Arity::required;
    if (field.default_value) {
        auto const& [schema, name] = column.type.name;
        auto const is_default = schema == default_schema && !sql::is_system_type_name(name);
        auto const quoted_enum = sql::quote({is_default ? std::string{} : schema, name});
        column.default_value = lower_default(field, column.type, model, quoted_enum);
    }
    column.takes_any_default = takes_any_default(field);
    read_clauses(field, column);
    if (dbgenerated(field) != nullptr) read_generation(column);
    column.client_value = client_value(field, column.default_value);
    column.origin.span = field.name_span;
    return column;
}

}  // namespace cm::object
