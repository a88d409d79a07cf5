// Schema × Schema → Steps.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

/// What leads from one schema to the other, in no particular order. diff(x, x) is empty.
Steps diff(Schema const& from, Schema const& to);

}  // namespace cm::schema
