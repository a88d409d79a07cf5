// The sequence behind `autoincrement()`: made with the column by SERIAL, by hand when an existing
// column gains it.
#pragma once
#include <string>
#include <vector>

#include "object/table/table.hpp"

namespace cm::object {

using TableName = sql::QualifiedName;

/// The name that SERIAL gives: `<table>_<column>_seq`, cut to 63 bytes as PostgreSQL's
/// makeObjectName does.
sql::QualifiedName sequence_name(TableName const& table, Column const& column);

bool is_identity(Column const& column);
/// `nextval('"Post_id_seq"')` for a column that gains autoincrement(), under a name that no
/// sequence of the old table has.
std::string next_value(Table const& from, Column const& column, sql::Writer const& out);
/// `ALTER COLUMN "id" DROP DEFAULT`, or DROP IDENTITY.
std::string drop_default(Column const& column, std::string const& alter);

/// The clauses that make of a new SERIAL column what the schema says: SERIAL is always NOT NULL,
/// and none of its forms is an OID.
std::vector<std::string> completing_clauses(std::vector<Column> const& made,
                                            sql::Writer const& out);

/// CREATE SEQUENCE for columns that gain autoincrement().
std::vector<std::string> sequence_statements_before(Alter<Table> const& step,
                                                    sql::Writer const& out);
/// Owner and start value for those; DROP SEQUENCE for columns that lose it; the type for those that
/// are retyped.
std::vector<std::string> sequence_statements_after(Alter<Table> const& step,
                                                   sql::Writer const& out);

}  // namespace cm::object
