// A column in CREATE TABLE and ALTER TABLE: what stands in the parts of these statements.
#pragma once
#include <string>
#include <vector>

#include "object/table/table.hpp"

namespace cm::object {

/// As far as both sides know: NOT NULL of a domain, or of a list, is none of the schema language's.
bool is_required(Column const& column, Column const& other);

/// `"fillfactor" = '70'`
std::string assignment(std::string const& option);

/// RESET of those that go, SET of those that come or change; each led by `alter`, which ends with a
/// blank or is empty.
void option_clauses(std::vector<std::string> const& from, std::vector<std::string> const& to,
                    std::string const& alter, std::vector<std::string>& clauses);

/// What has a clause of its own each; led by `alter`, as `ALTER COLUMN "a"`.
void detail_clauses(ColumnDetails const& from, ColumnDetails const& to, std::string const& alter,
                    std::vector<std::string>& clauses);

/// Of a partition's column, as DEFAULT takes it; empty if there is none of its own.
std::string own_default(Column const& column, sql::Writer const& out);

/// Of ALTER TABLE, in the order in which PostgreSQL takes them.
std::vector<std::string> column_clauses(Alter<Column> const& change, sql::Writer const& out,
                                        Table const& old_table);

}  // namespace cm::object
