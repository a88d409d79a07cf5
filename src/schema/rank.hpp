// Prisma's familiar order of statements: the tie-breaker wherever dependencies leave a choice.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

int rank(Step const& step);

}  // namespace cm::schema
