// Matches attributes with their specs; everything that does not fit is reported here and left out.
#include <array>

#include "base/text.hpp"
#include "dsl/attributes.hpp"
#include "dsl/other_databases.hpp"
#include "dsl/stage.hpp"

namespace cm::dsl {

namespace {

bool allows(AttributeSpec const& spec, Target target) {
    return (spec.targets & static_cast<unsigned>(target)) != 0;
}

bool is_called(AttributeSpec const& spec, std::string_view prefix, std::string_view name) {
    return spec.name.size() == prefix.size() + name.size() && spec.name.ends_with(name) &&
           spec.name.starts_with(prefix);
}

std::string_view describe(Target target) {
    switch (target) {
        case Target::scalar_field:
            return "a field of this type";
        case Target::enum_field:
            return "a field of an enum type";
        case Target::unsupported_field:
            return "an `Unsupported` field";
        case Target::relation_field:
            return "a relation field";
        case Target::enum_value:
            return "a value of an enum";
        case Target::model:
            return "a model";
        case Target::view:
            return "a view";
        case Target::enum_block:
            return "an enum";
    }
    return "this";
}

class Binder {
  public:
    Binder(std::string_view prefix, Target target, Diagnostics& diagnostics)
        : prefix_(prefix), target_(target), diagnostics_(diagnostics) {}

    /// None if the attribute does not fit; what is wrong has then been reported.
    std::optional<BoundAttribute> bind(Attribute const& attribute) {
        auto const* const spec = find_spec(attribute);
        if (spec == nullptr) return std::nullopt;
        BoundAttribute bound{spec->name, &attribute, {}};
        bound.arguments.reserve(attribute.arguments.size());
        auto is_valid = true;
        for (auto const& argument : attribute.arguments) {
            auto const* const parameter = find_parameter(*spec, argument);
            if (parameter == nullptr || !fits(*parameter, argument) ||
                repeats(bound, *parameter, argument)) {
                is_valid = false;
            } else {
                bound.arguments.emplace_back(parameter->name, &argument.value.front());
            }
        }
        if (is_valid) is_valid = is_complete(*spec, bound);
        if (is_valid) check_existence(*spec, bound);
        return is_valid ? std::optional(std::move(bound)) : std::nullopt;
    }

  private:
    AttributeSpec const* find_spec(Attribute const& attribute) {
        auto exists = false;
        for (auto const& spec : attribute_specs()) {
            if (!is_called(spec, prefix_, attribute.name.text)) continue;
            exists = true;
            if (allows(spec, target_)) return &spec;
        }
        auto const name = fmt::format("{}{}", prefix_, attribute.name.text);
        if (exists) {
            InStage const in_stage(target_ == Target::view ? Stage::rules : Stage::reading,
                                   diagnostics_);
            diagnostics_
                .error("CM0212", attribute.span, "`{}` cannot be used on {}", name,
                       describe(target_))
                .help("remove it");
        } else {
            unknown(attribute, name);
        }
        return nullptr;
    }

    void unknown(Attribute const& attribute, std::string const& name) {
        auto& diagnostic =
            diagnostics_.error("CM0211", attribute.span, "unknown attribute `{}`", name);
        if (auto const help = help_from_other_database(name)) {
            diagnostic.help("{}", *help);
            return;
        }
        auto const other = fmt::format("{}{}", prefix_ == "@" ? "@@" : "@", attribute.name.text);
        std::vector<std::string_view> names{};
        for (auto const& spec : attribute_specs()) {
            if (spec.name == other) {
                diagnostic.help(
                    "`{}` belongs {}", other,
                    prefix_ == "@" ? "on its own line, as a block attribute" : "after a field");
                return;
            }
            auto const is_block = spec.name.starts_with("@@");
            auto const fits = allows(spec, target_) && !spec.is_foreign;
            if (fits && is_block == (prefix_ == "@@")) names.push_back(spec.name);
        }
        if (auto const meant = did_you_mean(name, names)) {
            diagnostic.help("did you mean `{}`?", *meant);
        } else if (!names.empty()) {
            diagnostic.help("the available attributes are {}", quoted_list(names));
        }
    }

    ParameterSpec const* find_parameter(AttributeSpec const& spec, Argument const& argument) {
        for (auto const& parameter : spec.parameters) {
            auto const is_it =
                argument.name ? argument.name->text == parameter.name : parameter.is_positional;
            if (is_it) return &parameter;
        }
        if (spec.parameters.empty()) {
            diagnostics_.error("CM0213", argument.span, "`{}` takes no arguments", spec.name)
                .help("write `{}`", spec.name);
            return nullptr;
        }
        std::vector<std::string_view> names{};
        for (auto const& parameter : spec.parameters) {
            if (!parameter.is_foreign) names.push_back(parameter.name);
        }
        if (!argument.name) {
            diagnostics_
                .error("CM0213", argument.span, "this argument of `{}` must be named", spec.name)
                .help("write `name: value`; the arguments of `{}` are {}", spec.name,
                      quoted_list(names));
            return nullptr;
        }
        auto& diagnostic =
            diagnostics_.error("CM0213", argument.name->span, "`{}` has no argument `{}`",
                               spec.name, argument.name->text);
        if (auto const help = help_from_other_database(argument.name->text)) {
            diagnostic.help("{}", *help);
        } else if (auto const meant = did_you_mean(argument.name->text, names)) {
            diagnostic.help("did you mean `{}`?", *meant);
        } else {
            diagnostic.help("{} {}",
                            names.size() == 1 ? "its only argument is" : "its arguments are",
                            quoted_list(names));
        }
        return nullptr;
    }

    bool fits(ParameterSpec const& parameter, Argument const& argument) {
        auto const& value = argument.value.front();
        switch (parameter.type) {
            case ParameterType::string:
                return std::holds_alternative<StringValue>(value.value) ||
                       wrong(parameter, value, "a string in double quotes");
            case ParameterType::name:
                return std::holds_alternative<NameValue>(value.value) ||
                       wrong(parameter, value, "a name without quotes");
            case ParameterType::field_list:
                return fits_field_list(parameter, value);
            case ParameterType::number:
                return std::holds_alternative<NumberValue>(value.value) ||
                       wrong(parameter, value, "a number");
            case ParameterType::boolean:
                return is_boolean(value) || wrong(parameter, value, "`true` or `false`");
            case ParameterType::any:
                return true;
        }
        return true;
    }

    static bool is_boolean(Value const& value) {
        auto const* const name = std::get_if<NameValue>(&value.value);
        return name != nullptr && (name->text == "true" || name->text == "false");
    }

    bool fits_field_list(ParameterSpec const& parameter, Value const& value) {
        auto const is_field = [](Value const& item) {
            return std::holds_alternative<NameValue>(item.value) ||
                   std::holds_alternative<CallValue>(item.value);
        };
        if (is_field(value)) return true;
        auto const* const list = std::get_if<ListValue>(&value.value);
        if (list == nullptr) return wrong(parameter, value, "a list of fields, as in `[id, name]`");
        auto are_fields = true;
        for (auto const& item : list->items) {
            if (!is_field(item)) are_fields = wrong(parameter, item, "a field name without quotes");
        }
        return are_fields;
    }

    bool wrong(ParameterSpec const& parameter, Value const& value, std::string_view wanted) {
        diagnostics_.error("CM0214", value.span, "the argument `{}` must be {}", parameter.name,
                           wanted);
        return false;
    }

    bool repeats(BoundAttribute const& bound, ParameterSpec const& parameter,
                 Argument const& argument) {
        if (bound.find(parameter.name) == nullptr) return false;
        auto& diagnostic = diagnostics_.error("CM0213", argument.span,
                                              "the argument `{}` is given twice", parameter.name);
        diagnostic.label(bound.find(parameter.name)->span, "first here");
        if (parameter.type == ParameterType::field_list || parameter.name == "value") {
            diagnostic.help("write a list in brackets: `[a, b]`");
        } else {
            diagnostic.help("remove one of them");
        }
        return true;
    }

    /// Other databases have more, which is a mistake only here.
    void check_existence(AttributeSpec const& spec, BoundAttribute const& bound) {
        InStage const in_stage(Stage::rules, diagnostics_);
        if (spec.is_foreign) {
            diagnostics_
                .error("CM0211", bound.span(), "`{}` is not supported on PostgreSQL", spec.name)
                .help("{}", help_from_other_database(spec.name).value_or("remove it"));
        }
        for (auto const& parameter : spec.parameters) {
            if (!parameter.is_foreign || bound.find(parameter.name) == nullptr) continue;
            diagnostics_
                .error("CM0213", bound.span_of(parameter.name),
                       "the argument `{}` of `{}` is not supported on PostgreSQL", parameter.name,
                       spec.name)
                .help("{}", help_from_other_database(parameter.name).value_or("remove it"));
        }
    }

    bool is_complete(AttributeSpec const& spec, BoundAttribute const& bound) {
        auto is_complete = true;
        for (auto const& parameter : spec.parameters) {
            if (!parameter.is_required || bound.find(parameter.name) != nullptr) continue;
            is_complete = false;
            auto const* const example = parameter.type == ParameterType::field_list ? "[…]"
                                        : parameter.type == ParameterType::string   ? "\"…\""
                                                                                    : "…";
            diagnostics_
                .error("CM0215", bound.span(), "`{}` requires the argument `{}`", spec.name,
                       parameter.name)
                .help("write `{}({})`", spec.name, example);
        }
        return is_complete;
    }

    std::string_view prefix_{};
    Target target_{};
    Diagnostics& diagnostics_;
};

/// Where attributes that may stand once stand first.
class FirstPlaces {
  public:
    /// The earlier attribute of that name, if this one must not stand beside it.
    Attribute const* earlier(Attribute const& attribute, std::string_view prefix) {
        for (std::size_t i = 0; i < attribute_specs().size(); ++i) {
            auto const& spec = attribute_specs()[i];
            if (!is_called(spec, prefix, attribute.name.text)) continue;
            if (spec.is_repeatable) return nullptr;
            return std::exchange(first_[i], first_[i] == nullptr ? &attribute : first_[i]);
        }
        return nullptr;
    }

  private:
    std::array<Attribute const*, attribute_spec_count> first_{};
};

/// `@db.…`: for the datasource's name, or `db` if the schema has no datasource.
bool is_native_type(Attribute const& attribute) {
    return attribute.name.text.find('.') != std::string_view::npos;
}

bool check_native_type(Attribute const& attribute, Target target, std::string_view datasource,
                       Diagnostics& diagnostics) {
    auto const written = attribute.name.text;
    auto const prefix = written.substr(0, written.find('.'));
    if (target != Target::scalar_field) {
        diagnostics
            .error("CM0212", attribute.span, "`@{}` cannot be used on {}", written,
                   describe(target))
            .help("remove it; only fields of scalar types have a native type");
        return false;
    }
    if (prefix == datasource) return true;
    InStage const in_stage(Stage::rules, diagnostics);
    diagnostics.error("CM0211", attribute.name.span, "unknown attribute `@{}`", written)
        .help("native types start with the name of the datasource: `@{}.{}`", datasource,
              written.substr(prefix.size() + 1));
    return false;
}

}  // namespace

Value const* BoundAttribute::find(std::string_view parameter) const {
    for (auto const& [key, value] : arguments) {
        if (key == parameter) return value;
    }
    return nullptr;
}

std::optional<std::string> BoundAttribute::string(std::string_view parameter) const {
    auto const* const value = find(parameter);
    auto const* const text = value == nullptr ? nullptr : std::get_if<StringValue>(&value->value);
    return text == nullptr ? std::nullopt : std::optional(std::string(text->text));
}

Span BoundAttribute::span_of(std::string_view parameter) const {
    auto const* const value = find(parameter);
    return value == nullptr ? source->span : value->span;
}

BoundAttribute const* BoundAttributes::find(std::string_view name) const {
    for (auto const& attribute : all) {
        if (attribute.name == name) return &attribute;
    }
    return nullptr;
}

BoundAttributes bind_attributes(std::vector<Attribute> const& attributes, std::string_view prefix,
                                Target target, std::string_view datasource,
                                Diagnostics& diagnostics) {
    InStage const in_stage(Stage::reading, diagnostics);
    BoundAttributes result{};
    Binder binder(prefix, target, diagnostics);
    auto const is_second = [&](Attribute const& attribute, Span first) {
        diagnostics.error("CM0216", first, "`{}{}` is used twice here", prefix, attribute.name.text)
            .label(attribute.span, "the other one")
            .help("remove one of them");
        result.has_errors = true;
    };
    FirstPlaces places{};
    result.all.reserve(attributes.size());
    for (auto const& attribute : attributes) {
        if (prefix == "@" && is_native_type(attribute)) {
            if (!result.native_types.empty()) {
                is_second(attribute, result.native_types.front()->span);
            } else if (check_native_type(attribute, target, datasource, diagnostics)) {
                result.native_types.push_back(&attribute);
            } else {
                result.has_errors = true;
            }
            continue;
        }
        auto bound = binder.bind(attribute);
        result.has_errors = result.has_errors || !bound;
        if (auto const* const first = places.earlier(attribute, prefix)) {
            is_second(attribute, first->span);
        } else if (bound) {
            result.all.push_back(std::move(*bound));
        }
    }
    return result;
}

}  // namespace cm::dsl
