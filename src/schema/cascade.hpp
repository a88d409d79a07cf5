// What relies on something that is dropped, replaced or retyped, and holds no data itself, is
// dropped and made anew.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

/// One generic rule over `references`; tables hold data and are never recreated by it.
Steps cascade(Schema const& from, Schema const& to, Steps steps);

}  // namespace cm::schema
