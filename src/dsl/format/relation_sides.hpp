// Relations as the formatter sees them, on the syntax tree and before they are complete: which
// field is the other side, and which side holds the key.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "dsl/ast.hpp"

namespace cm::dsl {

/// A field whose type is a model.
struct RelationSide {
    Block const* model{};
    FieldDeclaration const* field{};
    Block const* target{};
    Attribute const* attribute{};  ///< @relation, if there is one
    std::string name{};            ///< of the relation; may be empty

    bool is_list() const { return field->type.arity == Arity::list; }
};

/// Whether this side has, or should have, `fields` and `references`.
bool holds_key(RelationSide const& side, RelationSide const* opposite);

/// Of the primary key and then the unique fields, in the order of the text: the first, after which
/// Prisma names the fields of a foreign key, and the first whose fields are all required, to which
/// it lets the key refer. Empty where there is none.
struct Key {
    std::vector<std::string> first{};
    std::vector<std::string> referred{};
};

/// The field names that an argument lists; none if the attribute does not have it.
std::optional<std::vector<std::string>> listed(Attribute const* attribute,
                                               std::string_view argument);

/// What is asked of a schema's models again and again, found out once.
class RelationSides {
  public:
    explicit RelationSides(Document const& document);

    /// All relation fields, in the order of the text.
    std::vector<RelationSide> const& all() const { return all_; }

    /// The first field on the other side that belongs to the same relation.
    RelationSide const* opposite_of(RelationSide const& side) const;

    FieldDeclaration const* find_field(Block const& model, std::string_view name) const;

    Key const& key_of(Block const& model) const;

    /// True if these fields together carry a `@unique` or `@@unique`.
    bool are_unique(Block const& model, std::vector<std::string> fields) const;

  private:
    using Names = std::vector<std::string>;
    using Relation = std::tuple<Block const*, Block const*, std::string_view>;

    struct Model {
        std::map<std::string_view, FieldDeclaration const*> fields{};
        Key key{};
        std::set<Names> unique{};  ///< each sorted
    };

    static Model read(Block const& block);

    std::map<Block const*, Model> models_{};
    std::vector<RelationSide> all_{};
    std::map<Relation, std::vector<std::size_t>> by_relation_{};  ///< into all_
};

}  // namespace cm::dsl
