// The datasource block: one reader per property, in a table.
#include "base/text.hpp"
#include "dsl/resolve/properties.hpp"

namespace cm::dsl {

namespace {

using Reader = void (*)(Property const&, Datasource&, Diagnostics&);

void read_provider(Property const& property, Datasource& datasource, Diagnostics& diagnostics) {
    auto const provider = read_string(property, diagnostics);
    if (!provider) return;
    datasource.provider = *provider;
    if (provider == "postgresql" || provider == "postgres") return;
    auto& diagnostic = diagnostics.error("CM0207", property.value->span,
                                         "the provider `{}` is not supported", *provider);
    diagnostic.help("cm-migrate works with PostgreSQL: `provider = \"postgresql\"`");
}

void read_relation_mode(Property const& property, Datasource& datasource,
                        Diagnostics& diagnostics) {
    auto const mode = read_string(property, diagnostics);
    if (!mode) return;
    datasource.relation_mode_prisma = mode == "prisma";
    if (mode == "prisma" || mode == "foreignKeys") return;
    diagnostics.error("CM0210", property.value->span, "there is no relation mode `{}`", *mode)
        .help(
            "write \"foreignKeys\", or \"prisma\" for relations without foreign keys in the "
            "database");
}

std::vector<Value const*> list_items(Property const& property) {
    std::vector<Value const*> items{};
    if (auto const* const list = std::get_if<ListValue>(&property.value->value)) {
        for (auto const& item : list->items) items.push_back(&item);
    } else {
        items.push_back(&*property.value);
    }
    return items;
}

void read_schemas(Property const& property, Datasource& datasource, Diagnostics& diagnostics) {
    datasource.schemas_span = property.value->span;
    for (auto const* const item : list_items(property)) {
        auto const* const text = std::get_if<StringValue>(&item->value);
        auto const is_known =
            text != nullptr && std::find(datasource.schemas.begin(), datasource.schemas.end(),
                                         text->text) != datasource.schemas.end();
        if (text == nullptr || text->text.empty()) {
            diagnostics.error("CM0210", item->span, "the name of a schema must be a string")
                .help("write `schemas = [\"public\", \"audit\"]`");
        } else if (is_known) {
            diagnostics.error("CM0210", item->span, "the schema `{}` is listed twice", text->text)
                .help("remove one of them");
        } else {
            datasource.schemas.push_back(text->text);
        }
    }
    auto const is_empty = list_items(property).empty();
    if (is_empty) {
        diagnostics.error("CM0210", property.value->span, "`schemas` lists no schema")
            .help("remove the line, or name the schemas");
    }
}

void read_extension_argument(Argument const& argument, PostgresExtension& extension,
                             Diagnostics& diagnostics) {
    auto const name = argument.name ? argument.name->text : std::string();
    auto const* const text = std::get_if<StringValue>(&argument.value.front().value);
    auto* const target = name == "map"       ? &extension.name
                         : name == "schema"  ? &extension.schema
                         : name == "version" ? &extension.version
                                             : nullptr;
    if (target != nullptr && text != nullptr) {
        *target = text->text;
        return;
    }
    diagnostics.error("CM0210", argument.span, "an extension does not take this argument")
        .help("its arguments are `map`, `schema` and `version`, each a string");
}

void read_extensions(Property const& property, Datasource& datasource, Diagnostics& diagnostics) {
    datasource.extensions_span = property.name.span;
    datasource.has_extensions = true;
    for (auto const* const item : list_items(property)) {
        PostgresExtension extension{{}, {}, {}, item->span};
        if (auto const* const name = std::get_if<NameValue>(&item->value)) {
            extension.name = name->text;
        } else if (auto const* const call = std::get_if<CallValue>(&item->value)) {
            extension.name = call->name.text;
            for (auto const& argument : call->arguments) {
                read_extension_argument(argument, extension, diagnostics);
            }
        } else {
            diagnostics
                .error("CM0210", item->span, "the name of an extension stands without quotes")
                .help(
                    "write `extensions = [citext, pg_trgm(schema: \"public\")]`; "
                    "`map:` takes names with other characters");
            continue;
        }
        datasource.extensions.push_back(std::move(extension));
    }
}

void read_database_url(Property const& property, Datasource& datasource, Diagnostics& diagnostics) {
    datasource.url = read_url(property, diagnostics);
}

void read_direct_url(Property const& property, Datasource& datasource, Diagnostics& diagnostics) {
    datasource.direct_url = read_url(property, diagnostics);
}

void read_shadow_url(Property const& property, Datasource& datasource, Diagnostics& diagnostics) {
    datasource.shadow_database_url = read_url(property, diagnostics);
}

struct PropertySpec {
    std::string_view name{};
    Reader read{};
};

constexpr PropertySpec specs[] = {
    {"provider", read_provider},
    {"url", read_database_url},
    {"directUrl", read_direct_url},
    {"shadowDatabaseUrl", read_shadow_url},
    {"relationMode", read_relation_mode},
    {"referentialIntegrity", read_relation_mode},  // its name before Prisma 4
    {"schemas", read_schemas},
    {"extensions", read_extensions},
};

void read_property(Property const& property, Datasource& datasource, Diagnostics& diagnostics) {
    std::vector<std::string_view> names{};
    for (auto const& spec : specs) {
        if (spec.name == property.name.text) return spec.read(property, datasource, diagnostics);
        names.push_back(spec.name);
    }
    auto& diagnostic = diagnostics.error("CM0209", property.name.span,
                                         "a datasource has no property `{}`", property.name.text);
    if (auto const meant = did_you_mean(property.name.text, names)) {
        diagnostic.help("did you mean `{}`?", *meant);
    } else {
        diagnostic.help("its properties are {}", quoted_list(names));
    }
}

void report_missing_provider(Block const& block, Diagnostics& diagnostics) {
    if (find_property(block, "provider") != nullptr || block.has_errors) return;
    auto& diagnostic = diagnostics.error("CM0207", block.name.span, "the {} `{}` has no provider",
                                         block.keyword.text, block.name.text);
    if (block.keyword.text == "datasource") {
        diagnostic.help("add the line `provider = \"postgresql\"`");
    } else {
        diagnostic.help("add the line `provider = \"…\"` with the generator's name");
    }
}

}  // namespace

void resolve_datasource(Resolution& resolution) {
    auto first_has_errors = false;
    for (auto const& block : resolution.document.blocks) {
        if (block.keyword.text != "datasource") continue;
        if (resolution.model.datasource && first_has_errors) continue;  // they may be one
        if (resolution.model.datasource) {
            resolution.diagnostics
                .error("CM0208", resolution.model.datasource->span,
                       "there is more than one datasource")
                .label(block.name.span, "another one")
                .help("keep one of them");
            continue;
        }
        first_has_errors = block.has_errors;
        Datasource datasource{};
        datasource.name = block.name.text;
        datasource.span = join(block.keyword.span, block.name.span);
        check_properties_once(block, resolution.diagnostics);
        report_missing_provider(block, resolution.diagnostics);
        for (auto const& property : block.properties) {
            read_property(property, datasource, resolution.diagnostics);
        }
        resolution.model.datasource = std::move(datasource);
    }
}

void read_preview_features(Block const& block, Resolution& resolution) {
    auto const* const property = find_property(block, "previewFeatures");
    if (property == nullptr) return;
    for (auto const* const item : list_items(*property)) {
        auto const* const text = std::get_if<StringValue>(&item->value);
        if (text != nullptr) {
            resolution.model.preview_features.push_back({text->text, item->span});
            continue;
        }
        resolution.diagnostics
            .error("CM0210", item->span, "the name of a preview feature must be a string")
            .help("write `previewFeatures = [\"views\"]`");
    }
}

/// Generators are for Prisma's clients; cm-migrate only checks that Prisma will read them.
void resolve_generators(Resolution& resolution) {
    std::map<std::string_view, Span> seen{};
    for (auto const& block : resolution.document.blocks) {
        if (block.keyword.text != "generator") continue;
        auto const [first, is_new] = seen.emplace(block.name.text, block.name.span);
        if (!is_new) {
            resolution.diagnostics
                .error("CM0201", block.name.span, "there is already a generator called `{}`",
                       block.name.text)
                .label(first->second, "first declared here")
                .help("rename or remove one of them");
        }
        check_properties_once(block, resolution.diagnostics);
        report_missing_provider(block, resolution.diagnostics);
        read_preview_features(block, resolution);
    }
}

}  // namespace cm::dsl
