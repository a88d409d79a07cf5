// Renames of what others name (views, functions, domains …), of its parts, and of schemas.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

/// Of schemas, by their former names in `to`; all else has its new schema afterwards.
Steps namespace_renames(Schema const& from, Schema const& to);

/// By former names in `to`; and the columns of a view that shows a renamed column are renamed as
/// `to` has them. `steps`: the renames of tables and types, behind which these come.
void add_definition_renames(Schema const& from, Schema const& to, Steps& steps);

}  // namespace cm::schema
