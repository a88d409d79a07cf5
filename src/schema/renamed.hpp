// A schema after something in it has got another name, and all that names it has followed.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

/// `renames`: RenameTable, RenameEnum and the others of that sort, one after the other. Texts are
/// rewritten as PostgreSQL would print them (sql/renamed_names).
Schema renamed(Schema schema, Steps const& renames);

}  // namespace cm::schema
