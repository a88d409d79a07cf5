// The changes of random_schema.hpp.
#include "support/random_schema.hpp"

#include <fmt/format.h>

#include "support/random_schema_tables.hpp"

namespace cm::test::random_schema {

namespace {

Field random_field(Dice& dice) {
    Field field{};
    field.type = dice.below(scalars.size() + enum_names.size());
    field.arity = static_cast<Arity>(dice.below(3));
    if (dice.one_in(2)) field.default_value = dice.below(3);
    field.is_mapped = dice.one_in(8);
    field.is_renamed = dice.one_in(8);
    field.is_ignored = dice.one_in(12);
    return field;
}

std::string field_name(Dice& dice) {
    return fmt::format("f{}", dice.below(6));
}

void change_fields(Model& model, Dice& dice) {
    auto const name = field_name(dice);
    switch (dice.below(6)) {
        case 0:
            model.fields.erase(name);
            break;
        case 4: {
            auto& field = model.fields[name];
            field.is_renamed = !field.is_renamed;
            break;
        }
        case 1:
            model.fields[name].arity = static_cast<Arity>(dice.below(2));
            break;
        case 2:
            model.fields[name].default_value = dice.below(3);
            break;
        case 3:
            model.fields[name].default_value.reset();
            break;
        default:
            model.fields[name] = random_field(dice);
    }
}

void change_model(Draft& draft, std::string const& name, Dice& dice) {
    auto& model = draft.models[name];
    switch (dice.below(14)) {
        case 6:
            model.has_compound_key = !model.has_compound_key;
            break;
        case 7:
            if (dice.one_in(3)) model.is_mapped = !model.is_mapped;
            break;
        case 8:
            if (dice.one_in(3)) model.is_elsewhere = !model.is_elsewhere;
            break;
        case 9:
            model.is_ignored = dice.one_in(4);
            break;
        case 0:
            model.id_type = dice.any(id_types);
            break;
        case 1:
            model.id_counts = !model.id_counts;
            model.counts_with_loose_sequence = dice.one_in(3);
            break;
        case 2: {
            auto& index = model.indexes[fmt::format("i{}", dice.below(3))];
            index = {{field_name(dice), field_name(dice)},
                     dice.one_in(2),
                     dice.one_in(3),
                     dice.one_in(3),
                     dice.one_in(4),
                     dice.below(2 * methods.size()),
                     dice.below(24)};
            break;
        }
        case 3:
            model.indexes.erase(fmt::format("i{}", dice.below(3)));
            break;
        case 4:
            model.relations[dice.any(model_names)] = {
                dice.one_in(2), dice.below(actions.size() + 2), dice.below(actions.size() + 2)};
            break;
        case 5:
            model.relations.erase(dice.any(model_names));
            break;
        default:
            change_fields(model, dice);
    }
}

}  // namespace

void change(Draft& draft, Dice& dice) {
    switch (dice.below(14)) {
        case 4:
            if (dice.one_in(4)) draft.enums_are_elsewhere = !draft.enums_are_elsewhere;
            break;
        case 5:
            if (dice.one_in(6)) draft.has_foreign_keys = !draft.has_foreign_keys;
            if (dice.one_in(6)) draft.has_view = !draft.has_view;
            break;
        case 0:
            draft.models.erase(dice.any(model_names));
            break;
        case 1:
            draft.enums[dice.any(enum_names)].emplace_back(dice.any(enum_values));
            break;
        case 2: {
            auto& values = draft.enums[dice.any(enum_names)];
            if (!values.empty())
                values.erase(values.begin() + static_cast<long>(dice.below(values.size())));
            break;
        }
        case 3: {
            std::string const a = dice.any(model_names), b = dice.any(model_names);
            if (!draft.many_to_many.erase({a, b})) draft.many_to_many.insert({a, b});
            break;
        }
        default:
            change_model(draft, dice.any(model_names), dice);
    }
}

}  // namespace cm::test::random_schema
