// Questions to the server about rows are asked before a script runs: what it renames first is
// called otherwise then.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

/// Lets the probes see the renamed tables of a plan under their new names, by a WITH query of each.
void ask_under_old_names(Steps const& plan, std::vector<object::Hazards>& hazards);

}  // namespace cm::schema
