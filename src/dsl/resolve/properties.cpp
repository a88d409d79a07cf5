// `name = value` lines.
#include "dsl/resolve/properties.hpp"

namespace cm::dsl {

void check_properties_once(Block const& block, Diagnostics& diagnostics) {
    std::map<std::string_view, Span> seen{};
    for (auto const& property : block.properties) {
        auto const [first, is_new] = seen.emplace(property.name.text, property.name.span);
        if (is_new) continue;
        diagnostics.error("CM0209", property.name.span, "`{}` is set twice", property.name.text)
            .label(first->second, "first here")
            .help("remove one of them");
    }
    for (auto const& attribute : block.attributes) {
        diagnostics
            .error("CM0212", attribute.span, "`@@{}` cannot be used on a {}", attribute.name.text,
                   block.keyword.text)
            .help("remove it");
    }
}

Property const* find_property(Block const& block, std::string_view name) {
    for (auto const& property : block.properties) {
        if (property.name.text == name) return &property;
    }
    return nullptr;
}

std::optional<std::string> read_string(Property const& property, Diagnostics& diagnostics) {
    if (auto const* const text = std::get_if<StringValue>(&property.value->value))
        return std::string(text->text);
    diagnostics
        .error("CM0210", property.value->span, "`{}` must be a string in double quotes",
               property.name.text)
        .help("write `{} = \"…\"`", property.name.text);
    return std::nullopt;
}

std::optional<StringOrEnvironment> read_url(Property const& property, Diagnostics& diagnostics) {
    auto const& value = *property.value;
    if (auto const* const text = std::get_if<StringValue>(&value.value)) {
        return StringOrEnvironment{std::string(text->text), false, value.span};
    }
    auto const* const call = std::get_if<CallValue>(&value.value);
    if (call != nullptr && call->name.text == "env" && call->arguments.size() == 1) {
        auto const* const name =
            std::get_if<StringValue>(&call->arguments.front().value.front().value);
        if (name != nullptr && !name->text.empty())
            return StringOrEnvironment{std::string(name->text), true, value.span};
    }
    diagnostics
        .error("CM0210", value.span, "`{}` must be a string or `env(\"NAME\")`", property.name.text)
        .help("write `{} = env(\"DATABASE_URL\")`", property.name.text);
    return std::nullopt;
}

}  // namespace cm::dsl
