// The sequence behind `autoincrement()`: made with the column by SERIAL, by hand when an existing
// column gains it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "object/table/table.hpp"

namespace cm::object {

using TableName = sql::QualifiedName;

/// The name that SERIAL gives: `<table>_<column>_seq`, cut to 63 bytes as PostgreSQL's
/// makeObjectName does.
sql::QualifiedName sequence_name(TableName const& table, Column const& column);

/// Of a column of that type: `integer`; none if none can be.
std::optional<std::string> sequence_type(sql::Type const& type);
/// Names that PostgreSQL makes of a table, a column and a label, cut to 63 bytes.
std::string made_name(TableName const& table, Column const& column, std::string const& label);
/// Does SERIAL, of that name and in that table, make all that the column's details say?
bool makes_usual_sequence(TableName const& table, Column const& column);
/// What both sides say of their defaults decides; else what the schema language can say.
bool has_known_default(Alter<Column> const& change);
std::string next_value(OwnedSequence const& sequence, sql::Writer const& out);
/// CREATE SEQUENCE for columns that are made and have others than SERIAL or IDENTITY makes; and
/// then OWNED BY. `owner`: of the table, as Table::owner.
std::vector<std::string> sequences_of(TableName const& table, std::vector<Column> const& made,
                                      sql::Writer const& out);
std::vector<std::string> owners_of(TableName const& table, std::string const& owner,
                                   std::vector<Column> const& made, sql::Writer const& out);
/// `GENERATED ALWAYS AS IDENTITY (INCREMENT BY 10)`
std::string identity_clause(TableName const& table, Column const& column, sql::Writer const& out);
bool is_identity(Column const& column);
/// `nextval('"Post_id_seq"')` for a column that gains autoincrement(), under a name that no
/// sequence of the old table has.
std::string next_value(Table const& from, Column const& column, sql::Writer const& out);
/// `ALTER COLUMN "id" DROP DEFAULT`, or DROP IDENTITY.
std::string drop_default(Column const& column, std::string const& alter);

/// The clauses that make of a new SERIAL column what the schema says: SERIAL is always NOT NULL,
/// and none of its forms is an OID.
std::vector<std::string> completing_clauses(TableName const& table, std::vector<Column> const& made,
                                            sql::Writer const& out);

/// CREATE SEQUENCE for columns that gain autoincrement().
std::vector<std::string> sequence_statements_before(Alter<Table> const& step,
                                                    std::vector<TableChange> const& changes,
                                                    sql::Writer const& out);
/// Owner and start value for those; DROP SEQUENCE for columns that lose it; the type for those that
/// are retyped.
std::vector<std::string> sequence_statements_after(Alter<Table> const& step,
                                                   std::vector<TableChange> const& changes,
                                                   sql::Writer const& out);

}  // namespace cm::object
