// The parts of a statement that touch relations, each for itself: a command of ALTER TABLE, a
// constraint of a new column, one of the tables that DROP names. The table of
// relation_effects_table.hpp has its rows for these.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sql/name.hpp"
#include "sql/statement_tree.hpp"

namespace cm::sql {

struct StatementPart {
    std::string_view form{};  ///< "ALTER TABLE", "ADD COLUMN", "DROP": the table's first key
    /// Within the form: PostgreSQL's name of the command, the kind of constraint or object.
    std::string object{};
    Json const*
        node{};  ///< the command, the constraint, or the statement; the tree must outlive it
    Json const* statement{};
    Json const* column{};    ///< the definition of the column that is added or changed, if any
    QualifiedName target{};  ///< the relation that the part is about
    QualifiedName other{};   ///< a second one: referenced table, partition, parent
    std::size_t command{};   ///< of an ALTER TABLE, 0-based
    bool is_only{};          ///< ONLY: descendants are left alone
};

using StatementParts = std::vector<StatementPart>;

StatementParts parts_of(StatementTree const& tree);

/// The name in a RangeVar, with or without its wrapper; empty if there is none.
QualifiedName relation_name_in(Json const& range_var);

/// The name in a list of String nodes, without the last `left_out` of them.
QualifiedName qualified_name_in(Json const& names, std::size_t left_out = 0);

}  // namespace cm::sql
