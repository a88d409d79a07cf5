// PostgreSQL's parse tree of statements as JSON, for the files of this folder that walk it. They
// include the library's header themselves: it is slow to compile.
#pragma once
#include <functional>
#include <initializer_list>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cm::sql {

using Json = nlohmann::json;

/// One statement: the name of its node and the node.
struct StatementTree {
    std::string name{};
    std::shared_ptr<Json const> tree{};

    Json const& node() const { return *tree; }
};

/// None if PostgreSQL's parser refuses the text, or would need too much stack for it.
std::optional<std::vector<StatementTree>> parse_statements(std::string_view text);

/// One of the statements of a text: bytes [begin, end), and its tree, whose locations count from
/// the text's beginning.
struct PlacedTree {
    StatementTree statement{};
    std::size_t begin{};
    std::size_t end{};
};

/// The same, with the places of the statements. What there is of blanks and comments in front of
/// one is part of it.
std::optional<std::vector<PlacedTree>> parse_with_places(std::string_view text);

/// What PostgreSQL's parser says of a text that it refuses, and where (in bytes); none if it takes
/// it.
struct SyntaxError {
    std::string message{};
    std::size_t offset{};
};

std::optional<SyntaxError> syntax_error(std::string_view text);

/// The expressions and statements of a plpgsql block or function, `statement` being the whole DO or
/// CREATE FUNCTION; null if it does not parse.
std::shared_ptr<Json const> parse_plpgsql(std::string_view statement);

/// Calls `visit` for each object of the tree, the outer ones first, with the key that it stands
/// under (that of the list, if it stands in one).
void walk(Json const& tree, std::function<void(std::string_view key, Json const&)> const& visit);

/// What lies under the keys, one in the other; null if it is not there.
Json const& member(Json const& node, std::initializer_list<std::string_view> keys);

/// The last part of a list of String nodes, and the part before it.
std::string last_name(Json const& names);
std::string schema_name(Json const& names);

/// The option `name` of a list of DefElem nodes; null if there is none.
Json const* find_option(Json const& options, std::string_view name);

}  // namespace cm::sql
