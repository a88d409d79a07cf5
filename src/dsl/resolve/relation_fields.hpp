// Relation fields as written, before they are paired; private to the two files about relations.
#pragma once
#include "dsl/resolve/resolution.hpp"

namespace cm::dsl {

struct RelationField {
    std::size_t model{};
    std::size_t field{};
    std::size_t target{};
    std::string name{};
    BoundAttribute const* attribute{};      ///< `@relation`, if there is one
    std::vector<ListedField> fields{};      ///< empty if not there
    std::vector<ListedField> references{};  ///< empty if not there
    bool is_broken{};                       ///< the attribute cannot be read, which was reported

    /// An empty list says as little as none.
    bool has(std::string_view parameter) const {
        auto const* const value = attribute == nullptr ? nullptr : attribute->find(parameter);
        auto const* const list = value == nullptr ? nullptr : std::get_if<ListValue>(&value->value);
        return value != nullptr && (list == nullptr || !list->items.empty());
    }
};

/// The fields of one relation: all those between the same two models with the same name.
struct RelationGroup {
    std::vector<RelationField> fields{};
    bool is_broken{};  ///< something about it was reported already
};

/// In the order of their first fields.
std::vector<RelationGroup> group_relation_fields(Resolution& resolution);

/// Makes a relation of two fields that belong together; none if they contradict, which is reported.
std::optional<Relation> build_relation(Resolution& resolution, RelationField const& first,
                                       RelationField const& second);

/// The action of that name.
std::optional<ReferentialAction> find_action(std::string_view name);
/// All names of actions.
std::vector<std::string_view> action_names();

/// `Post.author`.
std::string path_of(Resolution const& resolution, RelationField const& field);

inline Field const& field_of(Resolution const& resolution, RelationField const& field) {
    return resolution.model.models[field.model].fields[field.field];
}

}  // namespace cm::dsl
