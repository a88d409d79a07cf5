// What a relation lacks, as text to be inserted: relation by relation, so that texts at one place
// follow each other in Prisma's order.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/text.hpp"
#include "dsl/format/format.hpp"
#include "dsl/format/plural.hpp"
#include "dsl/format/relation_sides.hpp"
#include "dsl/native_types.hpp"

namespace cm::dsl {

namespace {

/// `UserPost` and `user_post` → `userPost`, `URLThing` → `urlthing`, `userURL` → `userURL`.
std::string camel_case(std::string_view name) {
    std::string text{};
    auto starts_word = false;
    char previous = 'A';  // the last one that started no word
    for (auto const c : name) {
        if (c == '_' || c == '-') {
            starts_word = !text.empty();
        } else if (is_digit(c)) {
            text += c;
            starts_word = true;
        } else if (starts_word || (is_upper(c) && !is_upper(previous))) {
            text += to_upper(c);
            starts_word = false;
        } else {
            text += to_lower(c);
            previous = c;
        }
    }
    return text;
}

/// `User` and `id` → `userId`: the field that holds a key to a field.
std::string key_field_name(Block const& target, std::string_view field) {
    auto name = fmt::format("{}{}", target.name.text, field);
    auto const& model = target.name.text;
    name.front() = to_lower(name.front());
    if (!field.empty()) name[model.size()] = to_upper(name[model.size()]);
    return name;
}

bool is_ignored(Block const& model) {
    return std::any_of(model.attributes.begin(), model.attributes.end(),
                       [](Attribute const& it) { return it.name.text == "ignore"; });
}

class Completion {
  public:
    Completion(SourceMap const& sources, Document const& document)
        : sources_(sources), sides_(document) {}

    std::vector<Insertion> run() {
        auto const& all = sides_.all();
        auto const is_wrong = [&](RelationSide const& side) { return lists_unknown_fields(side); };
        if (std::any_of(all.begin(), all.end(), is_wrong)) return {};
        for (auto const& side : all) {
            auto const* const opposite = sides_.opposite_of(side);
            if (opposite == nullptr) add_other_side(side);
            if (holds_key(side, opposite)) complete_key(side);
        }
        std::stable_sort(insertions_.begin(), insertions_.end(), [](auto const& a, auto const& b) {
            return std::pair(a.file, a.at) < std::pair(b.file, b.at);
        });
        return std::move(insertions_);
    }

  private:
    /// Such a relation cannot be completed, and it may be the name that is wrong.
    bool lists_unknown_fields(RelationSide const& side) const {
        auto const lacks = [&](Block const& model,
                               std::optional<std::vector<std::string>> const& names) {
            return names && std::any_of(names->begin(), names->end(), [&](std::string const& name) {
                       return sides_.find_field(model, name) == nullptr;
                   });
        };
        return lacks(*side.model, listed(side.attribute, "fields")) ||
               lacks(*side.target, listed(side.attribute, "references"));
    }

    void insert(Span span, std::uint32_t at, std::string text) {
        insertions_.push_back({span.file, at, std::move(text)});
    }

    /// A line before the `}` of a model.
    void add_field(Block const& model, std::string_view line) {
        insert(model.span, model.span.end - 1, fmt::format("{}\n", line));
    }

    void add_other_side(RelationSide const& side) {
        if (side.is_list()) return add_holder(side);
        auto const name = camel_case(side.model->name.text);
        auto const fields = listed(side.attribute, "fields");
        auto const is_single = fields && sides_.are_unique(*side.model, *fields);
        auto const field = is_single
                               ? fmt::format("{} {}?", name, side.model->name.text)
                               : fmt::format("{} {}[]", prisma_plural(name), side.model->name.text);
        add_field(*side.target, field + (is_ignored(*side.model) ? " @ignore" : ""));
    }

    /// The side that holds the key, for a list that has no other side.
    void add_holder(RelationSide const& list) {
        auto const& target = *list.model;
        auto const& key = sides_.key_of(target);
        auto const fields = key_fields(target, key.first);
        auto const is_required =
            std::all_of(fields.begin(), fields.end(), [&](std::string const& name) {
                auto const* const field = sides_.find_field(*list.target, name);
                return field != nullptr && field->type.arity == Arity::required;
            });
        add_field(*list.target, fmt::format("{} {}{} @relation(fields: [{}], references: [{}])",
                                            camel_case(target.name.text), target.name.text,
                                            is_required ? "" : "?", fmt::join(fields, ", "),
                                            fmt::join(key.referred, ", ")));
        add_key_fields(*list.target, target, fields, key.first, false);
    }

    static std::vector<std::string> key_fields(Block const& target,
                                               std::vector<std::string> const& references) {
        std::vector<std::string> fields{};
        for (auto const& name : references) fields.push_back(key_field_name(target, name));
        return fields;
    }

    /// The fields that hold the key, as far as they are not there.
    void add_key_fields(Block const& model, Block const& target,
                        std::vector<std::string> const& fields,
                        std::vector<std::string> const& references, bool is_required) {
        for (std::size_t i = 0; i < fields.size(); ++i) {
            auto const* const referenced = sides_.find_field(target, references[i]);
            if (referenced == nullptr || sides_.find_field(model, fields[i]) != nullptr) continue;
            if (!find_scalar(referenced->type.name.text)) continue;  // Prisma adds no enums
            add_field(model, fmt::format("{} {}{}{}", fields[i], referenced->type.name.text,
                                         is_required ? "" : "?", native_type(*referenced)));
        }
    }

    std::string native_type(FieldDeclaration const& field) const {
        for (auto const& attribute : field.attributes) {
            auto const is_native = attribute.name.text.find('.') != std::string::npos;
            if (is_native) return fmt::format(" {}", sources_.text(attribute.span));
        }
        return {};
    }

    void complete_key(RelationSide const& side) {
        auto const fields = listed(side.attribute, "fields");
        auto const references = listed(side.attribute, "references");
        if (fields && references) return;
        auto const& key = sides_.key_of(*side.target);
        std::vector<std::string> arguments{};
        if (!fields) {
            auto const names = key_fields(*side.target, key.first);
            arguments.push_back(fmt::format("fields: [{}]", fmt::join(names, ", ")));
            add_key_fields(*side.model, *side.target, names, key.first,
                           side.field->type.arity == Arity::required);
        }
        if (!references) {
            arguments.push_back(fmt::format("references: [{}]", fmt::join(key.referred, ", ")));
        }
        add_arguments(side, fmt::format("{}", fmt::join(arguments, ", ")));
    }

    void add_arguments(RelationSide const& side, std::string const& arguments) {
        auto const* const attribute = side.attribute;
        if (attribute == nullptr) {
            auto const span = side.field->span;
            insert(span, span.end, fmt::format(" @relation({})", arguments));
        } else if (!attribute->has_parentheses) {
            insert(attribute->span, attribute->span.end, fmt::format("({})", arguments));
        } else {
            auto const* const comma = attribute->arguments.empty() ? "" : ", ";
            insert(attribute->span, attribute->span.end - 1, fmt::format("{}{}", comma, arguments));
        }
    }

    SourceMap const& sources_;
    RelationSides sides_;
    std::vector<Insertion> insertions_{};
};

}  // namespace

std::vector<Insertion> missing_parts_of_relations(SourceMap const& sources,
                                                  Document const& document) {
    return Completion(sources, document).run();
}

}  // namespace cm::dsl
