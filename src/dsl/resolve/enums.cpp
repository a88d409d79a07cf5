// Enums and their values.
#include "dsl/resolve/resolution.hpp"

namespace cm::dsl {

namespace {

EnumMember make_member(Resolution& resolution, EnumValue const& value) {
    auto const attributes = bind_attributes(value.attributes, "@", Target::enum_value,
                                            resolution.datasource_name(), resolution.diagnostics);
    auto const* const map = attributes.find("@map");
    EnumMember member{std::string(value.name.text), std::string(value.name.text), value.span,
                      value.former_names};
    if (map != nullptr) member.database_name = *map->string("name");
    return member;
}

/// A value starts with its name.
Span name_span(EnumMember const& member) {
    auto const begin = member.span.begin;
    return {member.span.file, begin, begin + static_cast<std::uint32_t>(member.name.size())};
}

Enum make_enum(Resolution& resolution, Block const& block) {
    auto const attributes =
        bind_attributes(block.attributes, "@@", Target::enum_block, {}, resolution.diagnostics);
    auto const* const map = attributes.find("@@map");
    auto const* const schema = attributes.find("@@schema");
    Enum result{};
    result.name = block.name.text;
    result.database_name = name_in_database(
        resolution,
        map != nullptr ? *map->string("name") : enum_name(block.name.text, resolution.naming),
        map != nullptr, block.name.span);
    if (schema != nullptr) result.database_schema = *schema->string("map");
    result.has_schema = schema != nullptr;
    result.is_incomplete = attributes.has_errors || block.has_errors;
    result.is_open = block.is_open;
    result.former_names = block.former_names;
    result.span = block.span;
    result.name_span = block.name.span;
    result.schema_span = schema != nullptr ? schema->span() : block.name.span;
    return result;
}

}  // namespace

void resolve_enums(Resolution& resolution) {
    for (auto const* const block : resolution.enums) {
        auto result = make_enum(resolution, *block);
        auto& seen = resolution.enum_values.emplace_back();
        for (auto const& value : block->values) {
            auto const [first, is_new] = seen.emplace(value.name.text, result.values.size());
            if (is_new) {
                result.values.push_back(make_member(resolution, value));
                continue;
            }
            resolution.diagnostics
                .error("CM0204", value.name.span, "`{}` already has a value `{}`", result.name,
                       value.name.text)
                .label(name_span(result.values[first->second]), "first declared here")
                .help("remove or rename one of them");
        }
        resolution.model.enums.push_back(std::move(result));
    }
}

}  // namespace cm::dsl
