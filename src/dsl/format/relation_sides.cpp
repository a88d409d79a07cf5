// See relation_sides.hpp.
#include "dsl/format/relation_sides.hpp"

#include <algorithm>

namespace cm::dsl {

namespace {

Attribute const* find_attribute(std::vector<Attribute> const& attributes, std::string_view name) {
    auto const found = std::find_if(attributes.begin(), attributes.end(),
                                    [&](Attribute const& one) { return one.name.text == name; });
    return found == attributes.end() ? nullptr : &*found;
}

/// The argument of this name, or the first one if that has no name and `may_be_unnamed`.
Value const* find_argument(Attribute const& attribute, std::string_view name, bool may_be_unnamed) {
    for (auto const& argument : attribute.arguments) {
        auto const is_it = argument.name ? argument.name->text == name : may_be_unnamed;
        if (is_it && !argument.value.empty()) return &argument.value.front();
    }
    return nullptr;
}

std::string relation_name(Attribute const* attribute) {
    if (attribute == nullptr) return {};
    auto const* const value = find_argument(*attribute, "name", true);
    auto const* const text = value == nullptr ? nullptr : std::get_if<StringValue>(&value->value);
    return text == nullptr ? std::string{} : std::string(text->text);
}

std::vector<std::string> names_in(Value const& value) {
    if (auto const* const name = std::get_if<NameValue>(&value.value))
        return {std::string(name->text)};
    std::vector<std::string> names{};
    auto const* const list = std::get_if<ListValue>(&value.value);
    if (list == nullptr) return names;
    for (auto const& item : list->items) {
        if (auto const* const name = std::get_if<NameValue>(&item.value)) {
            names.emplace_back(name->text);
        } else if (auto const* const call = std::get_if<CallValue>(&item.value)) {
            names.emplace_back(call->name.text);
        }
    }
    return names;
}

std::vector<std::string> fields_of_index(Attribute const& attribute) {
    auto const* const value = find_argument(attribute, "fields", true);
    return value == nullptr ? std::vector<std::string>{} : names_in(*value);
}

/// The fields of every `@name` and `@@name`.
std::vector<std::vector<std::string>> criteria(Block const& model, std::string_view name) {
    std::vector<std::vector<std::string>> all{};
    for (auto const& field : model.fields) {
        if (find_attribute(field.attributes, name) != nullptr) {
            all.push_back({std::string(field.name.text)});
        }
    }
    for (auto const& attribute : model.attributes) {
        if (attribute.name.text == name) all.push_back(fields_of_index(attribute));
    }
    return all;
}

bool is_table(Block const& block) {
    return block.keyword.text == "model" || block.keyword.text == "view";
}

}  // namespace

RelationSides::Model RelationSides::read(Block const& block) {
    Model model{};
    for (auto const& field : block.fields) model.fields.emplace(field.name.text, &field);
    auto const is_required = [&](std::string const& name) {
        auto const found = model.fields.find(name);
        return found != model.fields.end() && found->second->type.arity == Arity::required;
    };
    for (auto const* const kind : {"id", "unique"}) {
        for (auto const& fields : criteria(block, kind)) {
            auto const are_required = std::all_of(fields.begin(), fields.end(), is_required);
            if (model.key.first.empty()) model.key.first = fields;
            if (model.key.referred.empty() && are_required) model.key.referred = fields;
        }
    }
    for (auto& fields : criteria(block, "unique")) {
        std::sort(fields.begin(), fields.end());
        model.unique.insert(std::move(fields));
    }
    return model;
}

RelationSides::RelationSides(Document const& document) {
    std::map<std::string_view, Block const*> tables{};
    for (auto const& block : document.blocks) {
        if (is_table(block)) tables.emplace(block.name.text, &block);
    }
    for (auto const& block : document.blocks) {
        models_.emplace(&block, read(block));
        for (auto const& field : block.fields) {
            auto const target = tables.find(field.type.name.text);
            if (target == tables.end()) continue;
            auto const* const attribute = find_attribute(field.attributes, "relation");
            all_.push_back({&block, &field, target->second, attribute, relation_name(attribute)});
        }
    }
    for (std::size_t i = 0; i < all_.size(); ++i) {
        by_relation_[{all_[i].model, all_[i].target, all_[i].name}].push_back(i);
    }
}

RelationSide const* RelationSides::opposite_of(RelationSide const& side) const {
    auto const found = by_relation_.find({side.target, side.model, side.name});
    if (found == by_relation_.end()) return nullptr;
    for (auto const place : found->second) {
        if (all_[place].field != side.field) return &all_[place];
    }
    return nullptr;
}

FieldDeclaration const* RelationSides::find_field(Block const& model, std::string_view name) const {
    auto const& fields = models_.at(&model).fields;
    auto const found = fields.find(name);
    return found == fields.end() ? nullptr : found->second;
}

Key const& RelationSides::key_of(Block const& model) const {
    return models_.at(&model).key;
}

bool RelationSides::are_unique(Block const& model, std::vector<std::string> fields) const {
    std::sort(fields.begin(), fields.end());
    return models_.at(&model).unique.contains(fields);
}

bool holds_key(RelationSide const& side, RelationSide const* opposite) {
    if (side.is_list()) return false;
    if (opposite == nullptr || opposite->is_list()) return true;
    auto const is_required = side.field->type.arity == Arity::required;
    auto const is_other_required = opposite->field->type.arity == Arity::required;
    if (is_required != is_other_required) return is_required;
    auto const has_fields = listed(side.attribute, "fields").has_value();
    auto const has_other_fields = listed(opposite->attribute, "fields").has_value();
    if (!is_required && (has_fields || has_other_fields)) return has_fields;
    auto const place = [](RelationSide const& one) {
        return std::pair(std::string_view(one.model->name.text), one.field->span.begin);
    };
    return place(side) < place(*opposite);
}

std::optional<std::vector<std::string>> listed(Attribute const* attribute,
                                               std::string_view argument) {
    if (attribute == nullptr) return std::nullopt;
    auto const* const value = find_argument(*attribute, argument, false);
    return value == nullptr ? std::nullopt : std::optional(names_in(*value));
}

}  // namespace cm::dsl
