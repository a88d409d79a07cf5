// The order in which steps come as far as nothing depends on anything: the one that people know
// from Prisma.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

/// By rank; within one rank as things were written, and where the schema does not say, by name.
Steps in_prisma_order(Steps steps);

}  // namespace cm::schema
