// Two relation fields to a foreign key or a join table.
#include "base/text.hpp"
#include "dsl/resolve/relation_fields.hpp"

namespace cm::dsl {

namespace {

struct ActionName {
    std::string_view name{};
    ReferentialAction action{};
};

constexpr ActionName actions[] = {{"Cascade", ReferentialAction::cascade},
                                  {"Restrict", ReferentialAction::restrict},
                                  {"NoAction", ReferentialAction::no_action},
                                  {"SetNull", ReferentialAction::set_null},
                                  {"SetDefault", ReferentialAction::set_default}};

class RelationBuilder {
  public:
    RelationBuilder(Resolution& resolution, RelationField const& first, RelationField const& second)
        : resolution_(resolution), first_(first), second_(second) {}

    std::optional<Relation> run() {
        auto const first_is_list = is_list(first_);
        auto const second_is_list = is_list(second_);
        if (first_is_list && second_is_list) return join_table();
        if (first_is_list || second_is_list) {
            return first_is_list ? foreign_key(second_, first_) : foreign_key(first_, second_);
        }
        auto const first_holds = first_.has("fields") || first_.has("references");
        auto const second_holds = second_.has("fields") || second_.has("references");
        if (first_holds && second_holds) return both_hold();
        if (!first_holds && !second_holds) return none_holds();
        return first_holds ? foreign_key(first_, second_) : foreign_key(second_, first_);
    }

  private:
    Diagnostics& diagnostics() { return resolution_.diagnostics; }

    Field const& field(RelationField const& relation_field) const {
        return field_of(resolution_, relation_field);
    }

    Model const& model(RelationField const& relation_field) const {
        return resolution_.model.models[relation_field.model];
    }

    std::string path(RelationField const& relation_field) const {
        return path_of(resolution_, relation_field);
    }

    bool is_list(RelationField const& relation_field) const {
        return field(relation_field).arity == Arity::list;
    }

    std::optional<Relation> both_hold() {
        diagnostics()
            .error("CM0243", first_.attribute->span(),
                   "both sides of this relation name its columns")
            .label(second_.attribute->span(), "the other side")
            .help("remove `fields` and `references` from one of them; it will have no column");
        return std::nullopt;
    }

    std::optional<Relation> none_holds() {
        diagnostics()
            .error("CM0242", field(first_).name_span,
                   "neither `{}` nor `{}` specifies the columns of the relation", path(first_),
                   path(second_))
            .label(field(second_).name_span, "the other side")
            .help("write `@relation(fields: […], references: […])` on one of them");
        return std::nullopt;
    }

    /// What may stand on the side that has no columns, or on both sides of a many-to-many relation.
    bool refuse(RelationField const& relation_field,
                std::initializer_list<std::string_view> parameters, std::string_view code,
                std::string_view help) {
        for (auto const parameter : parameters) {
            if (!relation_field.has(parameter)) continue;
            diagnostics()
                .error(code, relation_field.attribute->span_of(parameter),
                       "`{}` cannot be used on `{}`", parameter, path(relation_field))
                .help("{}", help);
            return true;
        }
        return false;
    }

    std::optional<Relation> join_table() {
        if (concerns_view()) return std::nullopt;
        auto const* const help =
            "the join table of a many-to-many relation is created automatically; to configure it, "
            "write it as a model";
        auto const parameters = {std::string_view("references"), std::string_view("onDelete"),
                                 std::string_view("onUpdate")};
        auto is_wrong = names_columns(help);
        is_wrong = refuse(first_, parameters, "CM0253", help) || is_wrong;
        is_wrong = refuse(second_, parameters, "CM0253", help) || is_wrong;
        auto const is_self = first_.model == second_.model;
        is_wrong = lacks_single_key(first_, is_self ? first_ : second_) || is_wrong;
        is_wrong = (!is_self && lacks_single_key(second_, first_)) || is_wrong;
        if (is_wrong) return std::nullopt;
        auto const by_name = [&](RelationField const& f) {
            return std::tuple(std::string_view(model(f).name), std::string_view(field(f).name));
        };
        auto const is_ordered = by_name(first_) <= by_name(second_);
        auto const& a = is_ordered ? first_ : second_;
        auto const& b = is_ordered ? second_ : first_;
        JoinTableRelation relation{};
        relation.name = first_.name;
        // Column A refers to the model whose name sorts first; its end is the field that stands in
        // that model.
        relation.a = {a.model, a.field};
        relation.b = {b.model, b.field};
        relation.table_name = name_in_database(
            resolution_,
            join_table_name(relation.name, model(a).name, model(b).name, resolution_.naming), true,
            field(a).span);
        relation.span = field(a).span;
        return relation;
    }

    bool concerns_view() {
        if (!model(first_).is_view && !model(second_).is_view) return false;
        auto const& view = model(first_).is_view ? model(first_) : model(second_);
        diagnostics()
            .error("CM0254", field(first_).name_span,
                   "`{}` and `{}` cannot be a many-to-many relation: `{}` is a view", path(first_),
                   path(second_), view.name)
            .label(field(second_).name_span, "the other side")
            .help("a view has no keys that a join table could refer to");
        return true;
    }

    bool names_columns(std::string_view help) {
        auto const& holder = first_.has("fields") ? first_ : second_;
        if (!holder.has("fields")) return false;
        diagnostics()
            .error("CM0253", field(first_).name_span,
                   "`{}` and `{}` are both lists, so neither has the columns of the relation",
                   path(first_), path(second_))
            .label(holder.attribute->span_of("fields"), "these are not allowed here")
            .help("{}", help);
        return true;
    }

    bool lacks_single_key(RelationField const& relation_field, RelationField const& opposite) {
        auto const& owner = model(relation_field);
        for (auto const& index : owner.indexes) {
            if (index.kind == IndexKind::primary_key && index.fields.size() == 1) return false;
        }
        if (owner.is_incomplete) return true;
        diagnostics()
            .error("CM0254", field(opposite).name_span,
                   "`{}` cannot be part of a many-to-many relation: it has no `@id` of one field",
                   owner.name)
            .label(owner.name_span, "declared here")
            .help("give it an `@id`, or write the join table as a model");
        return true;
    }

    std::optional<Relation> foreign_key(RelationField const& from, RelationField const& to) {
        auto const parameters = {std::string_view("fields"), std::string_view("references"),
                                 std::string_view("onDelete"), std::string_view("onUpdate")};
        auto const help = fmt::format("move it to `{}`, which has the columns", path(from));
        // What is too much does no harm: the relation is known without it.
        if (!both_act(from, to)) refuse(to, parameters, "CM0252", help);
        if (lacks_columns(from, to) || differ_in_number(from, from.fields, from.references))
            return std::nullopt;
        return build(from, to, from.fields, from.references);
    }

    static bool has_actions(RelationField const& relation_field) {
        return relation_field.has("onDelete") || relation_field.has("onUpdate");
    }

    /// Between single rows it is not plain which of two sides with actions is meant.
    bool both_act(RelationField const& from, RelationField const& to) {
        if (is_list(to) || !has_actions(from) || !has_actions(to)) return false;
        diagnostics()
            .error("CM0252", first_.attribute->span(),
                   "both sides of this relation name referential actions")
            .label(second_.attribute->span(), "the other side")
            .help("keep those of `{}`, which has the columns", path(from));
        return true;
    }

    bool lacks_columns(RelationField const& from, RelationField const& to) {
        auto lacks = false;
        // Between single rows either side could hold the columns.
        auto const is_open = !is_list(to);
        for (auto const parameter : {std::string_view("fields"), std::string_view("references")}) {
            if (from.has(parameter)) continue;
            lacks = true;
            auto const span = is_open                     ? field(first_).name_span
                              : from.attribute == nullptr ? field(from).name_span
                                                          : from.attribute->span();
            auto& diagnostic = diagnostics().error(
                "CM0242", span, "the relation `{}` does not specify `{}`", path(from), parameter);
            if (from.attribute != nullptr && span != from.attribute->span())
                diagnostic.label(from.attribute->span(), "this side could have it");
            diagnostic.help(
                "{}",
                parameter == "fields"
                    ? fmt::format("list the fields of `{}` that refer to `{}`: `@relation(fields: "
                                  "[…], references: […])`",
                                  model(from).name, resolution_.model.models[from.target].name)
                    : fmt::format("list the fields of `{}` that it refers to: `references: […]`",
                                  resolution_.model.models[from.target].name));
            if (from.attribute == nullptr) break;  // both are missing; one finding says it all
        }
        return lacks;
    }

    bool differ_in_number(RelationField const& from, std::vector<ListedField> const& fields,
                          std::vector<ListedField> const& references) {
        if (fields.size() == references.size()) return false;
        diagnostics()
            .error("CM0244", from.attribute->span_of("references"),
                   "`fields` lists {} and `references` {}", fields.size(), references.size())
            .label(from.attribute->span_of("fields"), "`fields`")
            .help("list the same number of fields on both sides, in the same order");
        return true;
    }

    std::optional<Relation> build(RelationField const& from, RelationField const& to,
                                  std::vector<ListedField> const& fields,
                                  std::vector<ListedField> const& references) {
        auto const& attribute = *from.attribute;
        ForeignKeyRelation relation{};
        relation.name = from.name;
        relation.from = {from.model, from.field};
        relation.to = {to.model, to.field};
        for (auto const& item : fields) relation.fields.push_back(item.field);
        for (auto const& item : references) relation.references.push_back(item.field);
        relation.is_list = is_list(to);
        relation.span = attribute.span();
        relation.fields_span = attribute.span_of("fields");
        relation.references_span = attribute.span_of("references");
        relation.on_delete_span = attribute.span_of("onDelete");
        relation.on_update_span = attribute.span_of("onUpdate");
        relation.name_span = attribute.span_of("map");
        relation.is_mapped = from.has("map");
        relation.database_name = relation.is_mapped
                                     ? *attribute.string("map")
                                     : foreign_key_name(model(from).database_name,
                                                        columns(model(from), relation.fields));
        auto const on_delete =
            action(from, "onDelete", default_on_delete(model(from), relation.fields));
        auto const on_update = action(from, "onUpdate", ReferentialAction::cascade);
        relation.on_delete = on_delete;
        relation.on_update = on_update;
        return relation;
    }

    /// Prisma's default: rows that can do without the other row lose the reference, others hinder
    /// its deletion.
    static ReferentialAction default_on_delete(Model const& owner,
                                               std::vector<std::size_t> const& fields) {
        auto const is_optional = std::all_of(fields.begin(), fields.end(), [&](std::size_t index) {
            return owner.fields[index].arity == Arity::optional;
        });
        return is_optional ? ReferentialAction::set_null : ReferentialAction::restrict;
    }

    static ReferentialAction action(RelationField const& from, std::string_view parameter,
                                    ReferentialAction otherwise) {
        auto const* const value = from.attribute->find(parameter);
        if (value == nullptr) return otherwise;
        return find_action(std::get<NameValue>(value->value).text).value_or(otherwise);
    }

    Resolution& resolution_;
    RelationField const& first_;
    RelationField const& second_;
};

}  // namespace

std::optional<ReferentialAction> find_action(std::string_view name) {
    for (auto const& entry : actions) {
        if (entry.name == name) return entry.action;
    }
    return std::nullopt;
}

std::vector<std::string_view> action_names() {
    std::vector<std::string_view> names{};
    for (auto const& entry : actions) names.push_back(entry.name);
    return names;
}

std::optional<Relation> build_relation(Resolution& resolution, RelationField const& first,
                                       RelationField const& second) {
    return RelationBuilder(resolution, first, second).run();
}

}  // namespace cm::dsl
