// Steps in an order that works.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

/// Leaves out what goes with its owner, then orders: by dependency first, Prisma's order where
/// there is a choice. Throws Failure CM0310 if the steps depend on each other in a loop.
Steps plan(Steps steps);

}  // namespace cm::schema
