// What runs inside a DO block or a routine: bodies are strings to PostgreSQL's parser, so they are
// parsed by themselves, and what is put together when they run is searched for words.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sql/effects.hpp"
#include "sql/statement_tree.hpp"

namespace cm::sql {

/// `statement` is the whole DO or CREATE FUNCTION, `tree` its node.
std::vector<Reach> reaches_of_body(std::string_view statement, StatementTree const& tree,
                                   std::set<std::string> const& outside_relations);

/// The statements and expressions of the body, as far as it can be parsed.
std::vector<StatementTree> trees_of_body(std::string_view statement, StatementTree const& tree);

/// Of one statement that has been parsed; see effects().
Effects effects_of(StatementTree const& tree, std::string_view statement,
                   std::set<std::string> const& outside_relations);

void add_reach(std::vector<Reach>& all, Reach reach);

}  // namespace cm::sql
