// `autoincrement()`, `now()`, `uuid(7)` …: for which types, with which argument.
#include "dsl/resolve/default_functions.hpp"

#include <charconv>

#include "base/text.hpp"
#include "dsl/native_types.hpp"
#include "dsl/other_databases.hpp"
#include "dsl/stage.hpp"

namespace cm::dsl {

namespace {

enum class ArgumentRule { none, one_of, within, text };

struct FunctionSpec {
    std::string_view name{};
    std::vector<ScalarType> types{};  ///< empty: every type
    ArgumentRule argument{};
    long first{};  ///< of one_of and within
    long second{};
    std::string_view argument_help{};
};

std::vector<FunctionSpec> const& function_specs() {
    static std::vector<FunctionSpec> const table = {
        {"autoincrement",
         {ScalarType::integer, ScalarType::big_integer},
         ArgumentRule::none,
         0,
         0,
         {}},
        {"now", {ScalarType::date_time}, ArgumentRule::none, 0, 0, {}},
        {"uuid", {ScalarType::string}, ArgumentRule::one_of, 4, 7, "the version is 4 or 7"},
        {"cuid", {ScalarType::string}, ArgumentRule::one_of, 1, 2, "the version is 1 or 2"},
        {"ulid", {ScalarType::string}, ArgumentRule::none, 0, 0, {}},
        {"nanoid",
         {ScalarType::string},
         ArgumentRule::within,
         2,
         255,
         "the length is from 2 to 255"},
        {"dbgenerated",
         {},
         ArgumentRule::text,
         0,
         0,
         "its argument is an SQL expression in a string, not an empty one"},
    };
    return table;
}

FunctionSpec const* find(std::string_view name) {
    for (auto const& spec : function_specs()) {
        if (spec.name == name) return &spec;
    }
    return nullptr;
}

bool suits(FunctionSpec const& spec, FieldType const& type) {
    if (spec.types.empty()) return true;
    auto const* const scalar = std::get_if<ScalarType>(&type);
    return scalar != nullptr &&
           std::find(spec.types.begin(), spec.types.end(), *scalar) != spec.types.end();
}

/// The argument as text, if the rule accepts it.
std::optional<std::string> accepted(FunctionSpec const& spec, Value const& value) {
    if (spec.argument == ArgumentRule::text) {
        auto const* const text = std::get_if<StringValue>(&value.value);
        return text != nullptr && !text->text.empty() ? std::optional(std::string(text->text))
                                                      : std::nullopt;
    }
    auto const* const number = std::get_if<NumberValue>(&value.value);
    if (number == nullptr) return std::nullopt;
    long parsed = 0;
    auto const* const end = number->text.data() + number->text.size();
    if (std::from_chars(number->text.data(), end, parsed).ptr != end) return std::nullopt;
    auto const is_accepted = spec.argument == ArgumentRule::one_of
                                 ? parsed == spec.first || parsed == spec.second
                                 : parsed >= spec.first && parsed <= spec.second;
    return is_accepted ? std::optional(std::string(number->text)) : std::nullopt;
}

void report_unknown(CallValue const& call, Field const& field, Diagnostics& diagnostics) {
    auto const is_scalar = std::holds_alternative<ScalarType>(field.type);
    InStage const in_stage(is_scalar ? Stage::rules : Stage::reading, diagnostics);
    std::vector<std::string_view> names{};
    for (auto const& spec : function_specs()) names.push_back(spec.name);
    auto& diagnostic = diagnostics.error("CM0231", call.name.span,
                                         "unknown function `{}` in `@default`", call.name.text);
    if (auto const help = help_from_other_database(call.name.text)) {
        diagnostic.help("{}", *help);
    } else if (auto const meant = did_you_mean(call.name.text, names)) {
        diagnostic.help("did you mean `{}()`?", *meant);
    } else {
        diagnostic.help("an SQL expression is written `dbgenerated(\"{}()\")`", call.name.text);
    }
}

void report_type(FunctionSpec const& spec, Span span, Field const& field,
                 Diagnostics& diagnostics) {
    std::vector<std::string_view> names{};
    for (auto const type : spec.types) names.push_back(scalar_name(type));
    diagnostics.error("CM0232", span, "`{}()` cannot be the default of `{}`", spec.name, field.name)
        .label(field.type_span, "this is its type")
        .help("`{}()` generates values of type {}", spec.name, quoted_list(names, "or"));
}

}  // namespace

std::optional<DefaultFunction> read_default_function(CallValue const& call, Span span,
                                                     Field const& field, Diagnostics& diagnostics) {
    auto const* const spec = find(call.name.text);
    if (spec == nullptr) {
        report_unknown(call, field, diagnostics);
        return std::nullopt;
    }
    if (!suits(*spec, field.type)) {
        report_type(*spec, span, field, diagnostics);
        return std::nullopt;
    }
    DefaultFunction function{std::string(call.name.text), {}};
    auto const maximum = spec->argument == ArgumentRule::none ? 0U : 1U;
    if (call.arguments.size() > maximum) {
        diagnostics
            .error("CM0233", span, "`{}()` takes {}", spec->name,
                   maximum == 0 ? "no argument" : "at most one argument")
            .help("write `{}()`", spec->name);
        return std::nullopt;
    }
    for (auto const& argument : call.arguments) {
        auto text = accepted(*spec, argument.value.front());
        if (!text) {
            diagnostics
                .error("CM0233", argument.span, "`{}()` does not accept this argument", spec->name)
                .help("{}", spec->argument_help);
            return std::nullopt;
        }
        function.arguments.push_back(std::move(*text));
    }
    return function;
}

}  // namespace cm::dsl
