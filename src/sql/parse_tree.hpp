// PostgreSQL's own parse tree of one expression, behind a pointer: the tree is JSON from
// libpg_query, and neither header may be seen outside this folder.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sql/type.hpp"

namespace cm::sql {

/// The parsed expression.
class ParseTree {
  public:
    struct Node;

    explicit ParseTree(std::shared_ptr<Node const> node) : node_(std::move(node)) {}

    Node const& node() const { return *node_; }

  private:
    std::shared_ptr<Node const> node_;
};

/// Parses one expression; none if PostgreSQL's parser refuses it. Short ones are remembered: a
/// schema says `now()` and `false` a thousand times.
std::optional<ParseTree> parse_expression(std::string_view text);

/// The target type if the expression is a cast.
std::optional<Type> cast_type(ParseTree const& tree);

/// The expression as PostgreSQL would compare it in a column of type `type` (see expression.hpp).
std::string canonical_text(ParseTree const& tree, Type const& type, std::string_view original);

/// The tree as text, without casts and whatever else depends on who wrote it: `a IN (1)` is `a =
/// ANY (ARRAY[1])`.
std::string shape(ParseTree const& tree);

}  // namespace cm::sql
