// `type` blocks, which PostgreSQL does not have: read as far as to say what else is wrong in them.
#include "dsl/resolve/resolution.hpp"
#include "dsl/stage.hpp"

namespace cm::dsl {

namespace {

void check_type(Resolution& resolution, Block const& block, FieldDeclaration const& field) {
    auto const type = resolve_type(resolution, field.type);
    if (!type || !std::holds_alternative<ModelType>(*type)) return;
    resolution.diagnostics
        .error("CM0202", field.type.span, "`{}` is a type, which cannot have relations",
               block.name.text)
        .help("make it a model");
}

void check_attributes(Resolution& resolution, FieldDeclaration const& field) {
    for (auto const& attribute : field.attributes) {
        auto const& name = attribute.name.text;
        auto const is_native = name.find('.') != std::string::npos;
        if (is_native || name == "default" || name == "map") continue;
        resolution.diagnostics
            .error("CM0212", attribute.span, "`@{}` cannot be used on a field of a type", name)
            .help("remove it");
    }
}

void check_block(Resolution& resolution, Block const& block) {
    for (auto const& attribute : block.attributes) {
        resolution.diagnostics
            .error("CM0212", attribute.span, "`@@{}` cannot be used on a type", attribute.name.text)
            .help("remove it");
    }
    std::map<std::string_view, Span> seen{};
    for (auto const& field : block.fields) {
        auto const [first, is_new] = seen.emplace(field.name.text, field.name.span);
        if (!is_new) {
            resolution.diagnostics
                .error("CM0203", field.name.span, "`{}` already has a field `{}`", block.name.text,
                       field.name.text)
                .label(first->second, "first declared here")
                .help("remove or rename one of them");
        }
        check_type(resolution, block, field);
        check_attributes(resolution, field);
    }
}

void report(Resolution& resolution, Block const& block) {
    InStage const in_stage(Stage::rules, resolution.diagnostics);
    resolution.diagnostics
        .error("CM0202", block.keyword.span, "composite types are not supported on PostgreSQL")
        .help("make `{}` a model with a relation, or store it as `Json`", block.name.text);
}

}  // namespace

void resolve_composite_types(Resolution& resolution) {
    for (auto const& block : resolution.document.blocks) {
        if (block.keyword.text != "type") continue;
        check_block(resolution, block);
        report(resolution, block);
    }
}

}  // namespace cm::dsl
