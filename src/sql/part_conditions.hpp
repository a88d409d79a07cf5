// What tells apart the rows of relation_effects_table.hpp that are about the same command.
#pragma once
#include "sql/statement_parts.hpp"

namespace cm::sql {

using PartCondition = bool (*)(StatementPart const&);

// The column that is added.
bool is_generated(StatementPart const& part);
bool is_identity(StatementPart const& part);
bool is_serial(StatementPart const& part);
bool has_volatile_default(StatementPart const& part);
bool has_unknown_default(StatementPart const& part);  ///< calls functions that are not known
bool has_user_type(StatementPart const& part);        ///< an enum, a domain, a type of an extension
bool has_value(StatementPart const& part);  ///< a default that is not NULL, or a value of its own
bool has_no_value(StatementPart const& part);

/// The USING of ALTER COLUMN … TYPE computes more than the column's value in its new type.
bool has_using_expression(StatementPart const& part);

// Constraints.
bool is_not_valid(StatementPart const& part);
bool uses_index(StatementPart const& part);

bool is_concurrent(StatementPart const& part);
bool is_full(StatementPart const& part);      ///< VACUUM (FULL)
bool has_no_data(StatementPart const& part);  ///< WITH NO DATA
bool cascades(StatementPart const& part);
bool has_other(StatementPart const& part);  ///< names a second relation
bool uses_replica_index(StatementPart const& part);

/// SET and RESET of storage parameters all of which can be changed while rows are written.
bool sets_weak_options(StatementPart const& part);

bool has_no_where(StatementPart const& part);
bool is_valid_addition(StatementPart const& part);  ///< ALTER DOMAIN ADD CONSTRAINT, not NOT VALID

}  // namespace cm::sql
