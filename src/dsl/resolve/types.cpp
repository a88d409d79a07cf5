// Names of models and enums, then every field's type, column and simple attributes.
#include <algorithm>
#include <numeric>

#include "base/overloaded.hpp"
#include "base/text.hpp"
#include "dsl/native_types.hpp"
#include "dsl/resolve/resolution.hpp"
#include "dsl/sql_type_names.hpp"

namespace cm::dsl {

namespace {

bool is_table(Block const& block) {
    return block.keyword.text == "model" || block.keyword.text == "view";
}

/// Reports a name that is taken. Models and enums share one namespace.
bool declare_name(Resolution& resolution, std::map<std::string_view, Block const*>& seen,
                  Block const& block) {
    auto const [found, is_new] = seen.emplace(block.name.text, &block);
    if (is_new) return true;
    resolution.diagnostics
        .error("CM0201", block.name.span, "there is already a {} named `{}`",
               found->second->keyword.text, block.name.text)
        .label(found->second->name.span, "first declared here")
        .help("give one of them another name; `@@map` keeps its name in the database");
    return false;
}

void declare_model(Resolution& resolution, Block const& block) {
    Model model{};
    auto const is_view = block.keyword.text == "view";
    auto const target = is_view ? Target::view : Target::model;
    ModelSource source{&block,
                       bind_attributes(block.attributes, "@@", target, {}, resolution.diagnostics),
                       {},
                       {}};
    auto const* const map = source.attributes.find("@@map");
    auto const* const schema = source.attributes.find("@@schema");
    model.name = block.name.text;
    model.is_mapped = map != nullptr;
    model.database_name = name_in_database(
        resolution,
        map != nullptr ? *map->string("name") : table_name(block.name.text, resolution.naming),
        model.is_mapped, block.name.span);
    if (schema != nullptr) model.database_schema = *schema->string("map");
    model.has_schema = schema != nullptr;
    model.map_span = map != nullptr ? map->span() : block.name.span;
    model.is_view = is_view;
    model.is_ignored = source.attributes.find("@@ignore") != nullptr;
    model.is_incomplete = source.attributes.has_errors || block.has_errors;
    model.former_names = block.former_names;
    model.span = block.span;
    model.name_span = block.name.span;
    model.schema_span = schema != nullptr ? schema->span() : block.name.span;
    resolution.types.emplace(block.name.text, ModelType{resolution.model.models.size()});
    resolution.model.models.push_back(std::move(model));
    resolution.models.push_back(std::move(source));
}

void declare_enum(Resolution& resolution, Block const& block) {
    resolution.types.emplace(block.name.text, EnumType{resolution.enums.size()});
    resolution.enums.push_back(&block);
}

Target target_of(FieldType const& type) {
    return match(
        type, [](ScalarType) { return Target::scalar_field; },
        [](EnumType) { return Target::enum_field; },
        [](ModelType) { return Target::relation_field; },
        [](UnsupportedType const&) { return Target::unsupported_field; });
}

void report_unknown_type(Resolution& resolution, TypeReference const& type) {
    auto candidates = scalar_names();
    if (resolution.diagnostics.may_search()) {
        for (auto const& [name, unused] : resolution.types) candidates.emplace_back(name);
    }
    auto& diagnostic =
        resolution.diagnostics.error("CM0206", type.name.span, "unknown type `{}`", type.name.text);
    // `int` is `Int`, but `text` is not `Test`.
    auto const meant = did_you_mean(type.name.text, candidates);
    auto const is_spelled_so = meant && to_lower(*meant) == to_lower(type.name.text);
    auto const field = is_spelled_so ? std::nullopt : field_type_for(type.name.text, "");
    if (field) {
        diagnostic.help("did you mean `{}`?", *field);
    } else if (meant) {
        diagnostic.help("did you mean `{}`?", *meant);
    } else {
        diagnostic.help("declare a model or an enum of that name, or use one of {}",
                        quoted_list(scalar_names(), "or"));
    }
}

}  // namespace

std::optional<FieldType> resolve_type(Resolution& resolution, TypeReference const& type) {
    auto const& name = type.name.text;
    if (name == "Unsupported" && (type.argument || !resolution.types.contains(name))) {
        auto const* const text =
            type.argument ? std::get_if<StringValue>(&type.argument->value) : nullptr;
        if (text != nullptr) return UnsupportedType{std::string(text->text)};
        resolution.diagnostics.error("CM0206", type.span, "`Unsupported` requires a database type")
            .help("write it as a string: `Unsupported(\"circle\")`");
        return std::nullopt;
    }
    if (type.argument) {
        auto& diagnostic = resolution.diagnostics.error("CM0206", type.argument->span,
                                                        "the type `{}` takes no argument", name);
        auto const* const number = std::get_if<NumberValue>(&type.argument->value);
        if (auto const field = field_type_for(name, number == nullptr ? "" : number->text)) {
            diagnostic.help("did you mean `{}`?", *field);
        } else {
            diagnostic.help("a length belongs to the native type, as in `@db.VarChar(100)`");
        }
        return std::nullopt;
    }
    if (auto const scalar = find_scalar(name)) return *scalar;
    auto const found = resolution.types.find(name);
    if (found != resolution.types.end()) return found->second;
    report_unknown_type(resolution, type);
    return std::nullopt;
}

namespace {

void check_updated_at(Resolution& resolution, Field const& field, BoundAttribute const& attribute) {
    auto const* const scalar = std::get_if<ScalarType>(&field.type);
    if (scalar == nullptr || *scalar != ScalarType::date_time || field.arity == Arity::list) {
        resolution.diagnostics
            .error("CM0235", attribute.span(), "`@updatedAt` needs a field of type `DateTime`")
            .label(field.type_span, "this is the type")
            .help("make the field a `DateTime`");
    }
}

Field make_field(Resolution& resolution, FieldDeclaration const& declaration, FieldType const& type,
                 BoundAttributes& attributes) {
    Field field{};
    auto const* const map = attributes.find("@map");
    auto const* const updated_at = attributes.find("@updatedAt");
    field.name = declaration.name.text;
    field.type = type;
    field.arity = declaration.type.arity;
    field.is_mapped = map != nullptr;
    field.is_updated_at = updated_at != nullptr;
    field.is_ignored = attributes.find("@ignore") != nullptr;
    field.former_names = declaration.former_names;
    field.span = declaration.span;
    field.name_span = declaration.name.span;
    field.type_span = declaration.type.span;
    if (!std::holds_alternative<ModelType>(type)) {
        field.database_name = name_in_database(
            resolution,
            map != nullptr ? *map->string("name") : column_name(field.name, resolution.naming),
            field.is_mapped, field.name_span);
    }
    if (updated_at != nullptr) check_updated_at(resolution, field, *updated_at);
    for (auto const* const native : attributes.native_types) {
        auto const read =
            read_native_type(*native, std::get<ScalarType>(type), resolution.diagnostics);
        if (read) field.native_type = *read;
    }
    return field;
}

/// Places in a list, in the order of the names that stand there.
template <class NameAt>
std::vector<std::size_t> order_by_name(std::size_t size, NameAt name_at) {
    std::vector<std::size_t> by_name(size);
    std::iota(by_name.begin(), by_name.end(), std::size_t{0});
    std::sort(by_name.begin(), by_name.end(), [&](std::size_t a, std::size_t b) {
        return std::pair(name_at(a), a) < std::pair(name_at(b), b);
    });
    return by_name;
}

/// Of each field the first one of the same name, if that is another.
std::vector<FieldDeclaration const*> earlier_fields(std::vector<FieldDeclaration> const& fields,
                                                    std::vector<std::size_t> const& by_name) {
    std::vector<FieldDeclaration const*> earlier(fields.size());
    for (std::size_t i = 1; i < fields.size(); ++i) {
        auto const& before = fields[by_name[i - 1]];
        if (before.name.text != fields[by_name[i]].name.text) continue;
        auto const* const first = earlier[by_name[i - 1]];
        earlier[by_name[i]] = first == nullptr ? &before : first;
    }
    return earlier;
}

void resolve_model_fields(Resolution& resolution, std::size_t index) {
    auto& model = resolution.model.models[index];
    auto& source = resolution.models[index];
    auto by_name = order_by_name(
        source.block->fields.size(),
        [&](std::size_t i) -> std::string_view { return source.block->fields[i].name.text; });
    auto const earlier = earlier_fields(source.block->fields, by_name);
    model.fields.reserve(source.block->fields.size());
    source.fields.reserve(source.block->fields.size());
    for (std::size_t i = 0; i < source.block->fields.size(); ++i) {
        auto const& declaration = source.block->fields[i];
        auto const& name = declaration.name;
        if (earlier[i] != nullptr) {
            resolution.diagnostics
                .error("CM0203", name.span, "`{}` already has a field `{}`", model.name, name.text)
                .label(earlier[i]->name.span, "first declared here")
                .help("remove or rename one of them");
            continue;
        }
        auto const type = resolve_type(resolution, declaration.type);
        if (!type) {
            source.left_out.insert(name.text);
            model.is_incomplete = true;
            continue;
        }
        auto attributes = bind_attributes(declaration.attributes, "@", target_of(*type),
                                          resolution.datasource_name(), resolution.diagnostics);
        model.is_incomplete = model.is_incomplete || attributes.has_errors;
        model.fields.push_back(make_field(resolution, declaration, *type, attributes));
        source.fields.push_back({&declaration, std::move(attributes)});
    }
    auto const are_all = model.fields.size() == source.block->fields.size();
    source.by_name =
        are_all ? std::move(by_name)
                : order_by_name(model.fields.size(), [&](std::size_t i) -> std::string_view {
                      return model.fields[i].name;
                  });
}

}  // namespace

void declare_types(Resolution& resolution) {
    std::map<std::string_view, Block const*> seen{};
    for (auto const& block : resolution.document.blocks) {
        if (block.keyword.text == "type") {
            // Declared nevertheless, so that its uses are not reported too.
            if (declare_name(resolution, seen, block))
                resolution.types.emplace(block.name.text, ScalarType::json);
        } else if (is_table(block) || block.keyword.text == "enum") {
            if (!declare_name(resolution, seen, block)) continue;
            if (is_table(block)) {
                declare_model(resolution, block);
            } else {
                declare_enum(resolution, block);
            }
        }
    }
}

void resolve_fields(Resolution& resolution) {
    for (std::size_t i = 0; i < resolution.models.size(); ++i) resolve_model_fields(resolution, i);
}

std::vector<std::string> columns(Model const& model, std::vector<std::size_t> const& fields) {
    std::vector<std::string> names{};
    for (auto const field : fields) names.push_back(model.fields[field].database_name);
    return names;
}

}  // namespace cm::dsl
