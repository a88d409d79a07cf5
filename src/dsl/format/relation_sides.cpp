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
    return text == nullptr ? std::string{} : text->text;
}

std::vector<std::string> names_in(Value const& value) {
    if (auto const* const name = std::get_if<NameValue>(&value.value)) return {name->text};
    std::vector<std::string> names{};
    auto const* const list = std::get_if<ListValue>(&value.value);
    if (list == nullptr) return names;
    for (auto const& item : list->items) {
        if (auto const* const name = std::get_if<NameValue>(&item.value)) {
            names.push_back(name->text);
        } else if (auto const* const call = std::get_if<CallValue>(&item.value)) {
            names.push_back(call->name.text);
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
        if (find_attribute(field.attributes, name) != nullptr) all.push_back({field.name.text});
    }
    for (auto const& attribute : model.attributes) {
        if (attribute.name.text == name) all.push_back(fields_of_index(attribute));
    }
    return all;
}

bool are_required(Block const& model, std::vector<std::string> const& names) {
    return std::all_of(names.begin(), names.end(), [&](std::string const& name) {
        auto const* const field = find_field(model, name);
        return field != nullptr && field->type.arity == Arity::required;
    });
}

}  // namespace

FieldDeclaration const* find_field(Block const& model, std::string_view name) {
    auto const found =
        std::find_if(model.fields.begin(), model.fields.end(),
                     [&](FieldDeclaration const& field) { return field.name.text == name; });
    return found == model.fields.end() ? nullptr : &*found;
}

std::vector<RelationSide> relation_sides(Document const& document) {
    std::map<std::string_view, Block const*> models{};
    for (auto const& block : document.blocks) {
        auto const is_model = block.keyword.text == "model" || block.keyword.text == "view";
        if (is_model) models.emplace(block.name.text, &block);
    }
    std::vector<RelationSide> sides{};
    for (auto const& block : document.blocks) {
        for (auto const& field : block.fields) {
            auto const target = models.find(field.type.name.text);
            if (target == models.end()) continue;
            auto const* const attribute = find_attribute(field.attributes, "relation");
            sides.push_back({&block, &field, target->second, attribute, relation_name(attribute)});
        }
    }
    return sides;
}

RelationSide const* opposite_of(RelationSide const& side, std::vector<RelationSide> const& all) {
    auto const found = std::find_if(all.begin(), all.end(), [&](RelationSide const& other) {
        return other.model == side.target && other.target == side.model &&
               other.name == side.name && other.field != side.field;
    });
    return found == all.end() ? nullptr : &*found;
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

Key key_of(Block const& model) {
    Key key{};
    for (auto const* const name : {"id", "unique"}) {
        for (auto const& fields : criteria(model, name)) {
            if (key.first.empty()) key.first = fields;
            if (key.referred.empty() && are_required(model, fields)) key.referred = fields;
        }
    }
    return key;
}

std::optional<std::vector<std::string>> listed(Attribute const* attribute,
                                               std::string_view argument) {
    if (attribute == nullptr) return std::nullopt;
    auto const* const value = find_argument(*attribute, argument, false);
    return value == nullptr ? std::nullopt : std::optional(names_in(*value));
}

bool are_unique(Block const& model, std::vector<std::string> const& fields) {
    auto const all = criteria(model, "unique");
    return std::any_of(all.begin(), all.end(), [&](std::vector<std::string> const& criterion) {
        return std::is_permutation(criterion.begin(), criterion.end(), fields.begin(),
                                   fields.end());
    });
}

}  // namespace cm::dsl
