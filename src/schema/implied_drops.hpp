// What PostgreSQL drops with its owner need not be dropped by name.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

Steps prune_implied_drops(Steps steps);

}  // namespace cm::schema
