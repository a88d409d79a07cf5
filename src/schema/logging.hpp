// What SET LOGGED and SET UNLOGGED of a table do to others: manual, ALTER TABLE.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

/// Of a table, that it is logged.
object::ObjectRef logging_of(sql::QualifiedName const& table);

/// Both take along the sequences that belong to the table: those that are objects of their own
/// belong to nobody meanwhile. No logged table refers to one that is not: of two that change, the
/// one that is referred to becomes logged first, and unlogged last.
Steps settle_logging(Schema const& from, Schema const& to, Steps steps);

}  // namespace cm::schema
