// The datasource block: one reader per property, in a table.
#include "base/text.hpp"
#include "dsl/preview_features.hpp"
#include "dsl/resolve/properties.hpp"
#include "dsl/stage.hpp"

namespace cm::dsl {

namespace {

using Reader = void (*)(Property const&, Datasource&, Diagnostics&);

void read_provider(Property const& property, Datasource& datasource, Diagnostics& diagnostics) {
    auto const* const call = std::get_if<CallValue>(&property.value->value);
    if (call != nullptr && call->name.text == "env") {
        diagnostics
            .error("CM0210", datasource.span, "the provider cannot be an environment variable")
            .label(property.value->span, "write it here")
            .help("write `provider = \"postgresql\"`");
        return;
    }
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
    diagnostics.error("CM0210", datasource.span, "unknown relation mode `{}`", *mode)
        .label(property.value->span, "asked for here")
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
    std::set<std::string_view> seen{};
    for (auto const* const item : list_items(property)) {
        auto const* const text = std::get_if<StringValue>(&item->value);
        if (text == nullptr || text->text.empty()) {
            diagnostics.error("CM0210", item->span, "the name of a schema must be a string")
                .help("write `schemas = [\"public\", \"audit\"]`");
        } else if (!seen.insert(text->text).second) {
            diagnostics.error("CM0210", item->span, "the schema `{}` is listed twice", text->text)
                .help("remove one of them");
        } else if (is_system_schema(text->text)) {
            diagnostics
                .error("CM0210", item->span, "the schema `{}` is reserved by PostgreSQL",
                       text->text)
                .help("remove it: its contents belong to the server");
            datasource.schemas.emplace_back(text->text);
        } else {
            datasource.schemas.emplace_back(text->text);
        }
    }
    auto const is_empty = list_items(property).empty();
    if (is_empty) {
        diagnostics.error("CM0210", property.value->span, "`schemas` is empty")
            .help("remove the line, or name the schemas");
    }
}

void read_extension_argument(Argument const& argument, PostgresExtension& extension,
                             std::set<std::string_view>& seen, Diagnostics& diagnostics) {
    auto const name = argument.name ? argument.name->text : std::string_view();
    auto const* const text = std::get_if<StringValue>(&argument.value.front().value);
    if (!seen.insert(name).second) {
        diagnostics.error("CM0210", argument.span, "`{}` is given twice", name)
            .help("remove one of them");
        return;
    }
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

void check_extension_name(PostgresExtension const& extension, Value const& item,
                          Diagnostics& diagnostics) {
    auto const* const name = std::get_if<NameValue>(&item.value);
    if (name == nullptr || name->text.find('-') == std::string::npos) return;
    InStage const in_stage(Stage::rules, diagnostics);
    diagnostics
        .error("CM0210", item.span, "`{}` contains a character that is not allowed here",
               extension.name)
        .help("give it a name of letters, and its actual name with `map`: `{}(map: \"{}\")`",
              "name", extension.name);
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
            std::set<std::string_view> seen{};
            for (auto const& argument : call->arguments) {
                read_extension_argument(argument, extension, seen, diagnostics);
            }
        } else {
            diagnostics.error("CM0210", item->span, "extension names are written without quotes")
                .help(
                    "write `extensions = [citext, pg_trgm(schema: \"public\")]`; "
                    "`map:` takes names with other characters");
            continue;
        }
        check_extension_name(extension, *item, diagnostics);
        datasource.extensions.push_back(std::move(extension));
    }
}

void report_two_modes(Block const& block, Diagnostics& diagnostics) {
    auto const* const old = find_property(block, "referentialIntegrity");
    auto const* const mode = find_property(block, "relationMode");
    if (old == nullptr) return;
    if (mode == nullptr) {
        diagnostics
            .warning("CM0277", old->name.span,
                     "`referentialIntegrity` is the old name of `relationMode`")
            .help("rename it");
        return;
    }
    diagnostics
        .error("CM0209", old->name.span,
               "`referentialIntegrity` is the old name of `relationMode`; both are set")
        .label(mode->name.span, "the other one")
        .help("remove `referentialIntegrity`");
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
    if (find_property(block, "provider") != nullptr || block.is_open) return;
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
            auto const& first = resolution.model.datasource->span;
            auto const is_in_one_file = first.file == block.name.span.file;
            resolution.diagnostics
                .error("CM0208", is_in_one_file ? first : block.name.span,
                       "there is more than one datasource")
                .label(is_in_one_file ? block.name.span : first, "another one")
                .help("keep one of them");
            continue;
        }
        first_has_errors = block.has_errors;
        Datasource datasource{};
        datasource.name = block.name.text;
        datasource.span = join(block.keyword.span, block.name.span);
        check_properties_once(block, resolution.diagnostics);
        report_missing_provider(block, resolution.diagnostics);
        report_two_modes(block, resolution.diagnostics);
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
            resolution.model.preview_features.push_back({std::string(text->text), item->span});
            continue;
        }
        resolution.diagnostics
            .error("CM0210", item->span, "the name of a preview feature must be a string")
            .help("write `previewFeatures = [\"views\"]`");
    }
}

bool is_string(Value const& value) {
    auto const* const call = std::get_if<CallValue>(&value.value);
    return std::holds_alternative<StringValue>(value.value) ||
           (call != nullptr && call->name.text == "env");
}

/// Of the properties that every generator has; others are the generator's business.
void check_generator_values(Block const& block, Diagnostics& diagnostics) {
    for (auto const name : {"provider", "output", "engineType", "binaryTargets"}) {
        auto const* const property = find_property(block, name);
        if (property == nullptr) continue;
        auto const is_list = property->name.text == "binaryTargets";
        auto const may_be_variable = property->name.text != "engineType";
        for (auto const* const item :
             is_list ? list_items(*property) : std::vector<Value const*>{&*property->value}) {
            if (std::holds_alternative<StringValue>(item->value)) continue;
            if (may_be_variable && is_string(*item)) continue;
            diagnostics
                .error("CM0210", item->span, "`{}` must be {} in double quotes", name,
                       is_list ? "a list of strings" : "a string")
                .help("write `{} = {}`", name, is_list ? "[\"…\"]" : "\"…\"");
        }
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
                .error("CM0201", block.name.span, "there is already a generator named `{}`",
                       block.name.text)
                .label(first->second, "first declared here")
                .help("rename or remove one of them");
        }
        check_properties_once(block, resolution.diagnostics);
        report_missing_provider(block, resolution.diagnostics);
        check_generator_values(block, resolution.diagnostics);
        read_preview_features(block, resolution);
    }
    if (!resolution.model.datasource) return;
    resolution.model.datasource->partial_indexes =
        has_preview_feature(resolution.model, "partialIndexes");
}

}  // namespace cm::dsl
