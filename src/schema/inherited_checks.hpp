// Checks that tables have of their parents, and such that are their own as well: PostgreSQL neither
// adds nor drops the latter while the parent has it.
#pragma once
#include <set>

#include "schema/step.hpp"

namespace cm::schema {

/// Makes a parent's check anew around what happens to that of a child, and lets tables come to
/// their parents last.
Steps settle_inherited_checks(Schema const& from, Schema const& to, Steps steps);

/// Checks and foreign keys of tables that become partitions (`joining`) are their parent's from
/// then on, where it has the same: they are not dropped.
void leave_out_handed_down(Schema const& to, std::set<sql::QualifiedName> const& joining,
                           Steps& steps);

/// The check of a parent as one of the table's own.
object::Definition handed_down(object::Definition check, object::Table const& table);

/// What waits for the checks of a table's parents (schema/sequence) relies on this of each.
object::ObjectRef checks_above(sql::QualifiedName const& parent);

}  // namespace cm::schema
