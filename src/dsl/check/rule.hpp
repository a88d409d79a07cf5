// The shape of a rule: a function over the resolved model. To add one: a file with the function, a
// line here and a line in registry.cpp, a page docs/reference/errors/<code>.md, a case in
// tests/cases/diagnostics.
#pragma once
#include "base/diagnostic.hpp"
#include "dsl/datamodel.hpp"

namespace cm::dsl {

using Rule = void (*)(DataModel const&, Diagnostics&);

}  // namespace cm::dsl

namespace cm::dsl::check_rules {

void reserved_names(DataModel const& model, Diagnostics& diagnostics);
void enum_values(DataModel const& model, Diagnostics& diagnostics);
void key_fields(DataModel const& model, Diagnostics& diagnostics);
void unique_criterion(DataModel const& model, Diagnostics& diagnostics);
void table_names(DataModel const& model, Diagnostics& diagnostics);
void column_names(DataModel const& model, Diagnostics& diagnostics);
void enum_names(DataModel const& model, Diagnostics& diagnostics);
void constraint_names(DataModel const& model, Diagnostics& diagnostics);
void name_lengths(DataModel const& model, Diagnostics& diagnostics);
void client_names(DataModel const& model, Diagnostics& diagnostics);
void known_preview_features(DataModel const& model, Diagnostics& diagnostics);
void preview_features(DataModel const& model, Diagnostics& diagnostics);
void operator_classes(DataModel const& model, Diagnostics& diagnostics);
void index_columns(DataModel const& model, Diagnostics& diagnostics);
void relation_mode(DataModel const& model, Diagnostics& diagnostics);
void former_names(DataModel const& model, Diagnostics& diagnostics);
void index_types(DataModel const& model, Diagnostics& diagnostics);
void schemas(DataModel const& model, Diagnostics& diagnostics);
void views(DataModel const& model, Diagnostics& diagnostics);
void ignored_fields(DataModel const& model, Diagnostics& diagnostics);
void relation_types(DataModel const& model, Diagnostics& diagnostics);
void relation_target(DataModel const& model, Diagnostics& diagnostics);
void one_to_one(DataModel const& model, Diagnostics& diagnostics);
void optional_relations(DataModel const& model, Diagnostics& diagnostics);
void unsupported_types(DataModel const& model, Diagnostics& diagnostics);
void relation_names(DataModel const& model, Diagnostics& diagnostics);
void set_null(DataModel const& model, Diagnostics& diagnostics);

/// `Post.author`.
std::string path(Model const& model, std::size_t field);
/// "`Post.author` and `Post.title`".
std::string paths(Model const& model, std::vector<std::size_t> const& fields);

/// Which fields of which model are unique together.
class UniqueKeys {
  public:
    explicit UniqueKeys(DataModel const& model);
    /// Whether a key has exactly these fields, in any order.
    bool contain(std::size_t model, std::vector<std::size_t> fields) const;

  private:
    std::set<std::pair<std::size_t, std::vector<std::size_t>>> keys_{};
};

}  // namespace cm::dsl::check_rules
