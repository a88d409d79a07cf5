// `@default(…)`: literals and functions, checked against the field's type.
#include "base/overloaded.hpp"
#include "base/text.hpp"
#include "dsl/literals.hpp"
#include "dsl/native_types.hpp"
#include "dsl/resolve/default_functions.hpp"
#include "dsl/resolve/resolution.hpp"
#include "dsl/stage.hpp"

namespace cm::dsl {

namespace {

enum class Literal { string, number, boolean };

/// Which literals a scalar type takes, and what they must look like.
struct LiteralRule {
    ScalarType type{};
    Literal literal{};
    bool (*is_valid)(std::string_view) = nullptr;  ///< none: everything
    std::string_view help{};
};

constexpr LiteralRule rules[] = {
    {ScalarType::string, Literal::string, nullptr, "write a string in double quotes"},
    {ScalarType::boolean, Literal::boolean, nullptr, "write `true` or `false`"},
    {ScalarType::integer, Literal::number, is_integer, "write a whole number without quotes"},
    {ScalarType::big_integer, Literal::number, is_integer, "write a whole number without quotes"},
    {ScalarType::floating, Literal::number, is_decimal, "write a number without quotes"},
    {ScalarType::decimal, Literal::number, is_decimal, "write a number"},
    {ScalarType::decimal, Literal::string, is_decimal, "write a number"},
    {ScalarType::date_time, Literal::string, is_date_time,
     "write date, time and offset, as in \"2024-01-31T00:00:00Z\", or `now()`"},
    {ScalarType::json, Literal::string, is_json, "write JSON in a string, as in \"{}\""},
    {ScalarType::bytes, Literal::string, is_base64, "write the bytes in Base64"},
};

class DefaultReader {
  public:
    DefaultReader(Resolution& resolution, Field const& field)
        : resolution_(resolution), field_(field) {}

    std::optional<DefaultValue> read(Value const& value) const {
        if (auto const* const call = std::get_if<CallValue>(&value.value))
            return function(*call, value.span);
        if (std::holds_alternative<UnsupportedType>(field_.type)) {
            resolution_.diagnostics
                .error("CM0236", value.span,
                       "an `Unsupported` field can only have SQL as its default value")
                .help("write `dbgenerated(\"…\")`");
            return std::nullopt;
        }
        auto const* const list = std::get_if<ListValue>(&value.value);
        if ((list != nullptr) != (field_.arity == Arity::list))
            return wrong_shape(value, list != nullptr);
        if (list == nullptr) return widened(item(value));
        return items(*list);
    }

  private:
    std::optional<DefaultValue> function(CallValue const& call, Span span) const {
        auto function = read_default_function(call, span, field_, resolution_.diagnostics);
        return function ? std::optional<DefaultValue>(std::move(*function)) : std::nullopt;
    }

    std::optional<DefaultValue> wrong_shape(Value const& value, bool is_list) const {
        auto& diagnostic =
            is_list ? resolution_.diagnostics.error(
                          "CM0234", value.span, "`{}` is not a list, its default is", field_.name)
                    : resolution_.diagnostics.error(
                          "CM0234", value.span, "`{}` is a list, its default is not", field_.name);
        diagnostic.label(field_.type_span, "this is its type");
        if (is_list) {
            diagnostic.help("write the value without brackets");
        } else {
            diagnostic.help("write the values in brackets: `[…]`");
        }
        return std::nullopt;
    }

    std::optional<DefaultValue> items(ListValue const& list) const {
        DefaultList result{};
        auto is_valid = true;
        for (auto const& value : list.items) {
            auto read = item(value);
            if (read) {
                result.items.push_back(std::move(*read));
            } else {
                is_valid = false;
            }
        }
        return is_valid ? std::optional<DefaultValue>(std::move(result)) : std::nullopt;
    }

    static std::optional<DefaultValue> widened(std::optional<DefaultItem> item) {
        if (!item) return std::nullopt;
        return std::visit([](auto& value) { return std::optional<DefaultValue>(std::move(value)); },
                          *item);
    }

    std::optional<DefaultItem> item(Value const& value) const {
        if (auto const* const type = std::get_if<EnumType>(&field_.type))
            return enum_item(value, *type);
        return scalar_item(value, std::get<ScalarType>(field_.type));
    }

    std::optional<DefaultItem> enum_item(Value const& value, EnumType type) const {
        auto const& target = resolution_.model.enums[type.index];
        auto const* const name = std::get_if<NameValue>(&value.value);
        auto const& values = resolution_.enum_values[type.index];
        auto const found = name != nullptr ? values.find(name->text) : values.end();
        if (found != values.end()) return DefaultEnumValue{found->second};
        std::vector<std::string_view> candidates{};
        if (resolution_.diagnostics.may_search()) {
            for (auto const& member : target.values) candidates.emplace_back(member.name);
        }
        auto const* const text = std::get_if<StringValue>(&value.value);
        auto const written = name != nullptr   ? name->text
                             : text != nullptr ? text->text
                                               : std::string_view();
        auto& diagnostic = resolution_.diagnostics.error(
            "CM0230", value.span, "the default of `{}` must be a value of `{}`", field_.name,
            target.name);
        diagnostic.label(target.name_span, "this enum");
        if (auto const meant = did_you_mean(written, candidates)) {
            diagnostic.help("write `{}`, without quotes", *meant);
        } else if (!candidates.empty()) {
            diagnostic.help("its values are {}", quoted_list(candidates));
        }
        return std::nullopt;
    }

    std::optional<DefaultItem> scalar_item(Value const& value, ScalarType type) const {
        InStage const in_stage(is_of_right_sort(value, type) ? Stage::rules : Stage::reading,
                               resolution_.diagnostics);
        std::string_view help{};
        for (auto const& rule : rules) {
            if (rule.type != type) continue;
            help = rule.help;
            if (auto item = literal(value, rule)) return item;
        }
        resolution_.diagnostics
            .error("CM0230", value.span, "this is not a value of type `{}`", scalar_name(type))
            .label(field_.type_span, "the type of the field")
            .help("{}", help);
        return std::nullopt;
    }

    /// Whether only what stands in the literal can be wrong.
    static bool is_of_right_sort(Value const& value, ScalarType type) {
        return std::any_of(std::begin(rules), std::end(rules), [&](LiteralRule const& rule) {
            auto const is_string = std::holds_alternative<StringValue>(value.value);
            auto const is_number = std::holds_alternative<NumberValue>(value.value);
            return rule.type == type && ((rule.literal == Literal::string && is_string) ||
                                         (rule.literal == Literal::number && is_number));
        });
    }

    static std::optional<DefaultItem> literal(Value const& value, LiteralRule const& rule) {
        auto const is_valid = [&](std::string_view text) {
            return rule.is_valid == nullptr || rule.is_valid(text);
        };
        if (auto const* const text = std::get_if<StringValue>(&value.value)) {
            if (rule.literal == Literal::string && is_valid(text->text))
                return DefaultString{std::string(text->text)};
        } else if (auto const* const number = std::get_if<NumberValue>(&value.value)) {
            if (rule.literal == Literal::number && is_valid(number->text))
                return DefaultNumber{std::string(number->text)};
        } else if (auto const* const name = std::get_if<NameValue>(&value.value)) {
            auto const is_boolean = name->text == "true" || name->text == "false";
            if (rule.literal == Literal::boolean && is_boolean)
                return DefaultBoolean{name->text == "true"};
        }
        return std::nullopt;
    }

    Resolution& resolution_;
    Field const& field_;
};

}  // namespace

void resolve_defaults(Resolution& resolution) {
    for (std::size_t i = 0; i < resolution.models.size(); ++i) {
        auto& model = resolution.model.models[i];
        for (std::size_t j = 0; j < model.fields.size(); ++j) {
            auto const* const attribute =
                resolution.models[i].fields[j].attributes.find("@default");
            if (attribute == nullptr) continue;
            auto& field = model.fields[j];
            auto value = DefaultReader(resolution, field).read(*attribute->find("value"));
            if (value) field.default_value = Default{std::move(*value), attribute->span()};
        }
    }
}

}  // namespace cm::dsl
