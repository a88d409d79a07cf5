// Finds the two fields of every relation.
#include "base/text.hpp"
#include "dsl/resolve/relation_fields.hpp"
#include "dsl/stage.hpp"

namespace cm::dsl {

namespace {

using Key = std::tuple<std::size_t, std::size_t, std::string>;

/// The list of an argument, whose items are names only.
void read_list(Resolution& resolution, std::size_t model, std::string_view argument,
               RelationField& field, std::vector<ListedField>& into) {
    if (!field.has(argument)) return;
    auto listed = resolve_field_list(resolution, model, *field.attribute->find(argument));
    field.is_broken = field.is_broken || !listed;
    if (!listed) return;
    for (auto const& item : *listed) {
        if (item.arguments == nullptr) continue;
        resolution.diagnostics
            .error("CM0268", item.span, "a field in this list does not take arguments")
            .help("write its name only");
        field.is_broken = true;
    }
    into = std::move(*listed);
}

bool knows_action(Resolution& resolution, BoundAttribute const& attribute,
                  std::string_view argument) {
    auto const* const value = attribute.find(argument);
    if (value == nullptr) return true;
    auto const& written = std::get<NameValue>(value->value).text;
    if (find_action(written)) return true;
    auto& diagnostic = resolution.diagnostics.error("CM0250", value->span,
                                                    "unknown referential action `{}`", written);
    if (auto const meant = did_you_mean(written, action_names())) {
        diagnostic.help("did you mean `{}`?", *meant);
    } else {
        diagnostic.help("the actions are {}", quoted_list(action_names()));
    }
    return false;
}

std::optional<RelationField> read_relation_field(Resolution& resolution, std::size_t model,
                                                 std::size_t field) {
    auto const& declared = resolution.model.models[model].fields[field];
    auto const* const type = std::get_if<ModelType>(&declared.type);
    if (type == nullptr) return std::nullopt;
    auto const* const attribute =
        resolution.models[model].fields[field].attributes.find("@relation");
    RelationField result{model, field, type->index, {}, attribute, {}, {}, {}};
    if (attribute == nullptr) return result;
    auto const name = attribute->string("name");
    if (name && name->empty()) {
        resolution.diagnostics
            .error("CM0257", attribute->span_of("name"), "a relation cannot have an empty name")
            .help("remove the name, or give one");
    }
    result.name = name.value_or("");
    read_list(resolution, model, "fields", result, result.fields);
    read_list(resolution, type->index, "references", result, result.references);
    for (auto const argument : {"onDelete", "onUpdate"}) {
        if (!knows_action(resolution, *attribute, argument)) result.is_broken = true;
    }
    return result;
}

void report_missing_opposite(Resolution& resolution, RelationField const& field) {
    auto const& target = resolution.model.models[field.target];
    auto const& model = resolution.model.models[field.model];
    if (target.is_incomplete) return;  // the other field may be among what was reported
    auto& diagnostic =
        resolution.diagnostics.error("CM0240", field_of(resolution, field).name_span,
                                     "the relation `{}` has no field on the other side, in `{}`",
                                     path_of(resolution, field), target.name);
    diagnostic.label(target.name_span, "the other side");
    auto const named = field.name.empty() ? "" : fmt::format(" @relation(\"{}\")", field.name);
    if (field.has("fields")) {
        diagnostic.help("add a field such as `{}s {}[]{}` to `{}`", to_snake_case(model.name),
                        model.name, named, target.name);
    } else {
        diagnostic.help("add a field of type `{}` to `{}`{}", model.name, target.name,
                        named.empty() ? "" : fmt::format(" with `{}`", named.substr(1)));
    }
}

/// More than one field on one side: which belongs to which cannot be known.
bool report_ambiguity(Resolution& resolution, std::vector<RelationField> const& side,
                      std::size_t allowed) {
    if (side.size() <= allowed) return false;
    InStage const in_stage(Stage::pairing, resolution.diagnostics);
    auto const& extra = side.front();
    auto const& first = side[allowed];
    auto const& model = resolution.model.models[extra.model];
    auto const& target = resolution.model.models[extra.target];
    auto const& span = field_of(resolution, extra).name_span;
    if (extra.name.empty()) {
        resolution.diagnostics
            .error("CM0241", span, "`{}` has several relations to `{}`, which need names",
                   model.name, target.name)
            .label(field_of(resolution, first).name_span, "another one")
            .help("write `@relation(\"Name\")` at both fields of each relation");
    } else {
        resolution.diagnostics
            .error("CM0255", span, "too many fields of `{}` belong to the relation `{}`",
                   model.name, extra.name)
            .label(field_of(resolution, first).name_span, "another one")
            .help("give each relation a name of its own");
    }
    return true;
}

/// The name that Prisma gives to a relation without one.
std::string default_name(Resolution const& resolution, RelationField const& field) {
    auto const& models = resolution.model.models;
    auto const [low, high] = std::minmax(models[field.model].name, models[field.target].name);
    return fmt::format("{}To{}", low, high);
}

/// On one side stands a field without a relation's name and one with the name that this stands for.
bool report_default_name(Resolution& resolution, std::vector<RelationField> const& unnamed,
                         std::vector<RelationField> const& named, std::size_t model) {
    std::vector<RelationField> side{};
    for (auto const* const fields : {&unnamed, &named}) {
        std::copy_if(fields->begin(), fields->end(), std::back_inserter(side),
                     [&](RelationField const& field) { return field.model == model; });
    }
    if (side.size() < 2 || side.front().name == side.back().name) return false;
    auto const is_pair = side.size() == 2 && side.front().model == side.front().target;
    if (!is_pair) {
        std::sort(side.begin(), side.end(),
                  [](RelationField const& a, RelationField const& b) { return a.field < b.field; });
    }
    InStage const in_stage(Stage::pairing, resolution.diagnostics);
    resolution.diagnostics
        .error("CM0255", field_of(resolution, side.front()).name_span,
               "too many fields of `{}` belong to the relation `{}`",
               resolution.model.models[model].name, named.front().name)
        .label(field_of(resolution, side.back()).name_span, "another one")
        .note("this is the name of a relation without a name")
        .help("give each relation a name of its own");
    return true;
}

/// A relation without a name has the name that Prisma gives to it, which others must not have.
void check_default_names(Resolution& resolution, std::vector<RelationGroup>& groups) {
    std::map<Key, RelationGroup*> named{};
    auto const key_of = [](RelationField const& field, std::string const& name) {
        auto const [low, high] = std::minmax(field.model, field.target);
        return Key{low, high, name};
    };
    for (auto& group : groups) {
        auto const& first = group.fields.front();
        if (!first.name.empty()) named.emplace(key_of(first, first.name), &group);
    }
    for (auto& group : groups) {
        auto const& first = group.fields.front();
        if (!first.name.empty()) continue;
        auto const other = named.find(key_of(first, default_name(resolution, first)));
        if (other == named.end()) continue;
        for (auto const model : std::set{first.model, first.target}) {
            if (report_default_name(resolution, group.fields, other->second->fields, model))
                group.is_broken = other->second->is_broken = true;
        }
    }
}

void pair_self(Resolution& resolution, RelationGroup const& group,
               std::vector<Relation>& relations) {
    auto const& fields = group.fields;
    if (fields.size() == 1) return report_missing_opposite(resolution, fields.front());
    if (report_ambiguity(resolution, fields, fields.front().name.empty() ? 1 : 2)) return;
    if (auto relation = build_relation(resolution, fields[0], fields[1])) {
        relations.push_back(std::move(*relation));
    }
}

void pair_two(Resolution& resolution, RelationGroup const& group,
              std::vector<Relation>& relations) {
    std::vector<RelationField> sides[2]{};
    for (auto const& field : group.fields) {
        sides[field.model == group.fields.front().model ? 0 : 1].push_back(field);
    }
    auto is_ambiguous = report_ambiguity(resolution, sides[0], 1);
    is_ambiguous = report_ambiguity(resolution, sides[1], 1) || is_ambiguous;
    if (is_ambiguous) return;
    if (sides[1].empty()) return report_missing_opposite(resolution, sides[0].front());
    if (auto relation = build_relation(resolution, sides[0].front(), sides[1].front())) {
        relations.push_back(std::move(*relation));
    }
}

void pair(Resolution& resolution, RelationGroup const& group, std::vector<Relation>& relations) {
    auto const& first = group.fields.front();
    if (group.is_broken) return;
    if (first.model == first.target) {
        pair_self(resolution, group, relations);
    } else {
        pair_two(resolution, group, relations);
    }
}

/// Foreign keys in the order of the fields that hold them, then join tables in the order of their
/// sides A.
void order(std::vector<Relation>& relations) {
    auto const place = [](Relation const& relation) {
        auto const* const key = std::get_if<ForeignKeyRelation>(&relation);
        auto const& end = key == nullptr ? std::get<JoinTableRelation>(relation).a : key->from;
        return std::tuple{key == nullptr, end.model, end.field.value_or(0)};
    };
    std::stable_sort(relations.begin(), relations.end(),
                     [&](auto const& a, auto const& b) { return place(a) < place(b); });
}

void link(DataModel& model) {
    for (std::size_t i = 0; i < model.relations.size(); ++i) {
        auto const set = [&](RelationEnd const& end) {
            if (end.field) model.models[end.model].fields[*end.field].relation = i;
        };
        std::visit(
            [&](auto const& relation) {
                if constexpr (requires { relation.from; }) {
                    set(relation.from);
                    set(relation.to);
                } else {
                    set(relation.a);
                    set(relation.b);
                }
            },
            model.relations[i]);
    }
}

}  // namespace

std::string path_of(Resolution const& resolution, RelationField const& field) {
    return fmt::format("{}.{}", resolution.model.models[field.model].name,
                       field_of(resolution, field).name);
}

std::vector<RelationGroup> group_relation_fields(Resolution& resolution) {
    std::vector<RelationGroup> groups{};
    std::map<Key, std::size_t> places{};
    for (std::size_t i = 0; i < resolution.models.size(); ++i) {
        for (std::size_t j = 0; j < resolution.models[i].fields.size(); ++j) {
            auto const field = read_relation_field(resolution, i, j);
            if (!field) continue;
            auto const [low, high] = std::minmax(field->model, field->target);
            auto const [place, is_new] = places.emplace(Key{low, high, field->name}, groups.size());
            if (is_new) groups.emplace_back();
            auto& group = groups[place->second];
            group.is_broken = group.is_broken || field->is_broken ||
                              resolution.models[i].fields[j].attributes.has_errors;
            group.fields.push_back(*field);
        }
    }
    return groups;
}

void resolve_relations(Resolution& resolution) {
    auto& relations = resolution.model.relations;
    auto groups = group_relation_fields(resolution);
    check_default_names(resolution, groups);
    InStage const in_stage(Stage::rules, resolution.diagnostics);
    for (auto const& group : groups) pair(resolution, group, relations);
    order(relations);
    link(resolution.model);
}

}  // namespace cm::dsl
