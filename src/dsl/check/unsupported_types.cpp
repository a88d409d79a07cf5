// `Unsupported("Text")`: a type that the language has is not to be hidden from the clients.
#include <charconv>

#include "base/text.hpp"
#include "dsl/check/rule.hpp"
#include "dsl/native_types.hpp"

namespace cm::dsl::check_rules {

namespace {

/// `Time(3)tz`: the name around the brackets, and what stands in them.
struct Spelled {
    std::string name{};
    std::vector<std::string> arguments{};
    bool has_numbers = true;
};

bool is_number(std::string_view text) {
    std::uint32_t value = 0;
    auto const parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    return parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size();
}

Spelled spelled(std::string_view text) {
    auto const open = text.find('(');
    auto const close = open == std::string_view::npos ? open : text.find(')', open);
    if (close == std::string_view::npos) return {std::string{trimmed(text)}, {}};
    Spelled result{
        std::string{trimmed(text.substr(0, open))} + std::string{trimmed(text.substr(close + 1))},
        {}};
    auto inside = text.substr(open + 1, close - open - 1);
    for (;;) {
        auto const comma = inside.find(',');
        result.arguments.emplace_back(trimmed(inside.substr(0, comma)));
        result.has_numbers = result.has_numbers && is_number(result.arguments.back());
        if (comma == std::string_view::npos) return result;
        inside.remove_prefix(comma + 1);
    }
}

/// What the language would say instead; none if it cannot say it.
std::optional<std::string> in_the_language(std::string_view text) {
    auto const type = spelled(text);
    auto const spec = find_native_type(type.name);
    if (!spec) return {};
    auto const scalar = scalar_name(spec->scalar);
    if (spec->maximum_arguments == 0 || type.arguments.empty()) {
        return fmt::format("{} @db.{}", scalar, spec->name);
    }
    if (!type.has_numbers || type.arguments.size() != spec->maximum_arguments) return {};
    return fmt::format("{} @db.{}({})", scalar, spec->name, fmt::join(type.arguments, ", "));
}

}  // namespace

void unsupported_types(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& declared : model.models) {
        for (auto const& field : declared.fields) {
            auto const* const type = std::get_if<UnsupportedType>(&field.type);
            auto const instead = type == nullptr ? std::nullopt : in_the_language(type->text);
            if (!instead) continue;
            diagnostics
                .error("CM0284", field.type_span, "the schema language has the type `{}`",
                       type->text)
                .help("write `{}`: clients can read that", *instead);
        }
    }
}

}  // namespace cm::dsl::check_rules
