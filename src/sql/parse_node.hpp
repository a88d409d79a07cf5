// What this folder reads in PostgreSQL's parse trees: libpg_query's JSON behind a view, so that no
// other file has to know the library.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/parse_tree.hpp"

namespace cm::sql {

/// A part of a tree; the tree must outlive it. Asking for what is not there is a bug.
class Node {
  public:
    explicit Node(void const* json) : json_(json) {}

    bool contains(char const* key) const;
    Node operator[](char const* key) const;
    /// The member's text; empty if it is not there.
    std::string text(char const* key) const;
    bool boolean(char const* key) const;
    int integer(char const* key) const;  ///< 0 if it is not there
    /// The elements of the member, a list; none if it is not there.
    std::vector<Node> list(char const* key) const;

    bool is_object() const;
    /// Of a list.
    std::vector<Node> elements() const;
    /// Of an object, in the order of their names.
    std::vector<std::pair<std::string, Node>> members() const;
    /// Of what is neither: as JSON.
    std::string scalar() const;

  private:
    void const* json_;
};

/// The whole expression.
Node root(ParseTree const& tree);

/// The text of a String node.
std::string string_of(Node node);
/// The unqualified last part of a list of String nodes.
std::string last_name(std::vector<Node> const& names);
/// All parts; `pg_catalog` in front is left out.
std::string full_name(std::vector<Node> const& names);
/// The column, if the node is a column without a table's name.
std::optional<std::string> column_name(Node node);

enum class ConstantKind { whole, number, boolean, text, bits };

/// A constant that is not NULL.
struct Constant {
    ConstantKind kind{};
    std::string text{};
};

std::optional<Constant> constant_of(Node a_const);
Type read_type(Node type_name);
/// True of `interval hour` and the like, which cut a value.
bool cuts_interval(Node type_name);

/// A constant under casts, the innermost first.
struct CastConstant {
    Constant constant{};
    std::vector<Type> casts{};
};

std::optional<CastConstant> cast_constant(Node node);

/// PostgreSQL's own layout of an expression.
std::string deparsed(std::string_view original);

}  // namespace cm::sql
