// A column in CREATE TABLE and ALTER TABLE: what stands in the parts of these statements.
#pragma once
#include <string>
#include <vector>

#include "object/table/table.hpp"

namespace cm::object {

/// CREATE TABLE … OF can say all of the table: no column is SERIAL, which says a type.
bool can_be_of_type(Table const& table);
/// A column of such a table; empty if the type says all of it.
std::string definition_of_type(sql::QualifiedName const& table, Column const& column,
                               sql::Writer const& out);

/// `text COLLATE "C"`
std::string type_with_collation(Column const& column, sql::Writer const& out);

/// What stands behind USING where a column changes its type; empty if the server casts unasked.
std::string cast_value(Alter<Column> const& change, sql::Writer const& out);

/// As far as both sides know: NOT NULL of a domain, or of a list, is none of the schema language's.
bool is_required(Column const& column, Column const& other);

/// Is its NOT NULL one that is NOT VALID? What adds that has no place at the column, but is
/// `CONSTRAINT "name" NOT NULL "column" NOT VALID`, under the name that it has.
bool is_unchecked(Column const& column);
std::string unchecked_requirement(sql::QualifiedName const& table, Column const& column);
std::string requirement_name(sql::QualifiedName const& table, Column const& column);

/// `"fillfactor" = '70'`
std::string assignment(std::string const& option);

/// RESET of those that go, SET of those that come or change; each led by `alter`, which ends with a
/// blank or is empty.
void option_clauses(std::vector<std::string> const& from, std::vector<std::string> const& to,
                    std::string const& alter, std::vector<std::string>& clauses);

/// What has a clause of its own each; led by `alter`, as `ALTER COLUMN "a"`.
void detail_clauses(ColumnDetails const& from, ColumnDetails const& to, std::string const& alter,
                    std::vector<std::string>& clauses);

/// Of ALTER TABLE, in the order in which PostgreSQL takes them.
std::vector<std::string> column_clauses(Alter<Column> const& change, sql::Writer const& out,
                                        Table const& old_table);

}  // namespace cm::object
