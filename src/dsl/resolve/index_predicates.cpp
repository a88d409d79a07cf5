// An object of fields and values becomes comparisons joined by AND.
#include "dsl/resolve/index_predicates.hpp"

#include "base/text.hpp"

namespace cm::dsl {

namespace {

std::optional<std::string> literal(Value const& value) {
    if (auto const* const text = std::get_if<StringValue>(&value.value))
        return "'" + doubled(text->text, "'") + "'";
    if (auto const* const number = std::get_if<NumberValue>(&value.value)) {
        return std::string(number->text);
    }
    auto const* const name = std::get_if<NameValue>(&value.value);
    auto const is_word =
        name != nullptr && (name->text == "true" || name->text == "false" || name->text == "null");
    return is_word ? std::optional(std::string(name->text)) : std::nullopt;
}

/// The sort of value that fields of a type are compared with; none for Json and Bytes.
bool suits(Value const& value, FieldType const& type) {
    auto const* const name = std::get_if<NameValue>(&value.value);
    if (name != nullptr && name->text == "null") return true;
    auto const is_string = std::holds_alternative<StringValue>(value.value);
    auto const is_number = std::holds_alternative<NumberValue>(value.value);
    if (std::holds_alternative<EnumType>(type)) return is_string;
    auto const* const scalar = std::get_if<ScalarType>(&type);
    if (scalar == nullptr) return false;
    switch (*scalar) {
        case ScalarType::string:
        case ScalarType::date_time:
            return is_string;
        case ScalarType::boolean:
            return name != nullptr;
        case ScalarType::integer:
        case ScalarType::big_integer:
        case ScalarType::floating:
        case ScalarType::decimal:
            return is_number;
        case ScalarType::json:
        case ScalarType::bytes:
            return false;
    }
    return false;
}

std::string comparison(std::string const& column, std::string const& operand, bool is_negated) {
    auto const left = '"' + doubled(column, "\"") + '"';
    if (operand == "null") return fmt::format("{} IS {}NULL", left, is_negated ? "NOT " : "");
    return fmt::format("{} {} {}", left, is_negated ? "!=" : "=", operand);
}

/// What a field is compared with.
struct Operand {
    Value const* value{};
    bool is_negated{};
};

/// `{ not: value }`, or the value itself.
std::optional<Operand> operand_of(Value const& value) {
    auto const* const object = std::get_if<ObjectValue>(&value.value);
    if (object == nullptr) return Operand{&value, false};
    auto const is_not = object->members.size() == 1 && object->members.front().name &&
                        object->members.front().name->text == "not";
    if (!is_not) return std::nullopt;
    return Operand{&object->members.front().value.front(), true};
}

void report_type(Model const& model, Field const& field, Value const& value,
                 Diagnostics& diagnostics) {
    auto& diagnostic = diagnostics.error(
        "CM0269", value.span, "`{}.{}` cannot be compared with this value", model.name, field.name);
    diagnostic.label(field.type_span, "this is its type");
    diagnostic.help("compare with a value of its type, or write SQL: `raw(\"…\")`");
}

std::optional<std::string> member(Argument const& argument, Model const& model,
                                  Diagnostics& diagnostics) {
    auto const name = argument.name ? argument.name->text : std::string_view();
    auto const field = std::find_if(model.fields.begin(), model.fields.end(),
                                    [&](Field const& candidate) { return candidate.name == name; });
    if (field == model.fields.end() || std::holds_alternative<ModelType>(field->type)) {
        diagnostics
            .error("CM0224", argument.span, "`{}` has no field `{}` with a column", model.name,
                   name)
            .help("write `{{ field: value }}`, or SQL in `raw(\"…\")`");
        return std::nullopt;
    }
    auto const operand = operand_of(argument.value.front());
    auto const written = operand ? literal(*operand->value) : std::nullopt;
    if (!written) {
        diagnostics
            .error("CM0269", argument.span, "this condition of a partial index cannot be read")
            .help(
                "compare with true, false, null, a number or a string, or negate it: `{{ not: null "
                "}}`; use `raw(\"…\")` for everything else");
        return std::nullopt;
    }
    if (!suits(*operand->value, field->type)) {
        report_type(model, *field, *operand->value, diagnostics);
        return std::nullopt;
    }
    return comparison(field->database_name, *written, operand->is_negated);
}

std::optional<std::string> raw(Value const& where) {
    auto const* const call = std::get_if<CallValue>(&where.value);
    if (call == nullptr || call->name.text != "raw" || call->arguments.size() != 1)
        return std::nullopt;
    auto const* const text = std::get_if<StringValue>(&call->arguments.front().value.front().value);
    return text == nullptr || text->text.empty() ? std::nullopt
                                                 : std::optional(std::string(text->text));
}

}  // namespace

std::optional<std::string> read_predicate(Value const& where, Model const& model,
                                          Diagnostics& diagnostics) {
    if (auto sql = raw(where)) return sql;
    auto const* const object = std::get_if<ObjectValue>(&where.value);
    if (object == nullptr || object->members.empty()) {
        diagnostics.error("CM0269", where.span, "the condition of a partial index cannot be read")
            .help("write `raw(\"…\")` with SQL, or `{{ field: value }}`");
        return std::nullopt;
    }
    std::string predicate{};
    auto is_valid = true;
    for (auto const& argument : object->members) {
        auto const sql = member(argument, model, diagnostics);
        is_valid = is_valid && sql.has_value();
        if (sql) predicate += (predicate.empty() ? "" : " AND ") + *sql;
    }
    return is_valid ? std::optional(predicate) : std::nullopt;
}

}  // namespace cm::dsl
