// What PostgreSQL takes only apart from the other changes of a table, which are one ALTER TABLE.
#pragma once
#include <string>
#include <vector>

#include "object/table/table.hpp"

namespace cm::object {

/// What goes before them, and out of `changes`. `table`: its name in SQL.
std::vector<std::string> statements_before(Alter<Table> const& step,
                                           std::vector<TableChange>& changes,
                                           std::string const& table);

/// SET EXPRESSION, which PostgreSQL fails at ("cache lookup failed") where the same statement makes
/// an index or a constraint anew for another reason: out of `changes` if they do more than that.
/// It goes after them.
std::vector<std::string> separate_expressions(std::vector<TableChange>& changes,
                                              std::string const& table);

/// Up to PostgreSQL 12, what is to count must have a type that can before: the identities of
/// columns that get one together with such a type, out of `changes`. They go after them.
std::vector<std::string> separate_counters(Alter<Table> const& step,
                                           std::vector<TableChange>& changes,
                                           sql::Writer const& out);

/// The identities of new columns, out of `changes`: ADD COLUMN gives a table with children no
/// column that counts, but ALTER COLUMN lets one count. They go after the changes.
std::vector<std::string> separate_identities(Table const& table, std::vector<TableChange>& changes,
                                             sql::Writer const& out);

/// Says the names of the constraints of NOT NULL of new columns (PostgreSQL 18): a partition that
/// has left keeps the usual one, and no two of a schema get the same from PostgreSQL.
void name_requirements(Table const& table, std::vector<TableChange>& changes);

/// On the constraints of NOT NULL, which have names in PostgreSQL 18.
std::vector<std::string> statements_on_not_null(Alter<Table> const& step,
                                                std::vector<TableChange> const& changes,
                                                sql::Writer const& out);

}  // namespace cm::object
