// Names of the schema language for things in a database: what Prisma would call them, or, under
// another naming strategy, the name that the strategy leads back from.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "dsl/naming.hpp"

namespace cm::schema {

/// Letters, digits and `_`, beginning with a letter, as Prisma makes it; empty if nothing is left.
std::string identifier_of(std::string_view name);

/// A name for the model, field or enum whose table, column or type is called `name`; may be empty.
std::string model_name(std::string_view table, dsl::Naming const& naming);
std::string field_name(std::string_view column, dsl::Naming const& naming);
std::string enum_block_name(std::string_view type, dsl::Naming const& naming);

/// `PostTag` → `postTag`.
std::string lower_first(std::string text);
/// `post` → `Post`.
std::string upper_first(std::string text);

/// Names that may be given once.
class NameSet {
  public:
    void reserve(std::string const& name) { taken_.insert(name); }

    bool has(std::string const& name) const { return taken_.count(name) != 0; }

    /// The name, or the name with a number behind it if it is taken.
    std::string claim(std::string const& name);

  private:
    std::set<std::string> taken_{};
};

}  // namespace cm::schema
