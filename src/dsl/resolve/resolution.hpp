// What the passes of resolve() share: the model as it grows, and where each part of it was written.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "dsl/attributes.hpp"
#include "dsl/datamodel.hpp"
#include "dsl/naming.hpp"

namespace cm::dsl {

/// Parallel to Model::fields.
struct FieldSource {
    FieldDeclaration const* declaration{};
    BoundAttributes attributes{};
};

/// Parallel to DataModel::models.
struct ModelSource {
    Block const* block{};
    BoundAttributes attributes{};
    std::vector<FieldSource> fields{};
    std::set<std::string_view> left_out{};  ///< fields that were reported and are not in the model
    std::vector<std::size_t> by_name{};     ///< Model::fields in the order of their names
};

struct Resolution {
    Document const& document;
    Naming const& naming;
    Diagnostics& diagnostics;
    DataModel model{};
    std::vector<ModelSource> models{};
    std::vector<Block const*> enums{};  ///< parallel to DataModel::enums
    /// The values of each enum by name; parallel to DataModel::enums.
    std::vector<std::map<std::string_view, std::size_t>> enum_values{};
    std::map<std::string_view, FieldType> types{};  ///< models and enums by name

    /// The prefix of native types.
    std::string_view datasource_name() const {
        return model.datasource ? std::string_view(model.datasource->name) : "db";
    }
};

// The passes, in the order in which resolve() calls them.
void resolve_datasource(Resolution& resolution);
void resolve_generators(Resolution& resolution);
void declare_types(Resolution& resolution);
void resolve_enums(Resolution& resolution);
void resolve_fields(Resolution& resolution);
void resolve_composite_types(Resolution& resolution);
void resolve_defaults(Resolution& resolution);
void resolve_indexes(Resolution& resolution);
void resolve_relations(Resolution& resolution);
void add_foreign_key_indexes(Resolution& resolution);

/// The name as the database will have it; a warning where PostgreSQL cuts it.
std::string name_in_database(Resolution& resolution, std::string_view name, bool is_mapped,
                             Span span);

/// The fields that a list argument names; unknown ones are reported, and then there is no result.
struct ListedField {
    std::size_t field{};
    std::vector<Argument> const* arguments{};  ///< of `title(sort: Desc)`; else null
    Span span{};
};

std::optional<std::vector<ListedField>> resolve_field_list(Resolution& resolution,
                                                           std::size_t model, Value const& list);

/// The type that is meant; none if there is no such type, which is reported.
std::optional<FieldType> resolve_type(Resolution& resolution, TypeReference const& type);

/// The database names of fields.
std::vector<std::string> columns(Model const& model, std::vector<std::size_t> const& fields);

}  // namespace cm::dsl
