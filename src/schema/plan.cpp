// The planner: a list of passes Steps → Steps.
#include "schema/plan.hpp"

#include "schema/absorb.hpp"
#include "schema/sequence.hpp"

namespace cm::schema {

Steps plan(Steps steps) {
    return sequence(absorb(std::move(steps)));
}

}  // namespace cm::schema
