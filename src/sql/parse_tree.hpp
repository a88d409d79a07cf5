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

/// Parses a text that is exactly one expression (fragment.hpp); none if it is not. Short ones are
/// remembered: a schema says `now()` and `false` a thousand times.
std::optional<ParseTree> parse_expression(std::string_view text);

/// True if it may stand behind DEFAULT in CREATE TABLE only in brackets: `a AND b`, `'x' COLLATE
/// "C"`, which there would be the column's.
bool needs_brackets(ParseTree const& tree);

/// The type, if the expression is `NULL::type`.
std::optional<Type> type_of_null(ParseTree const& tree);

}  // namespace cm::sql
