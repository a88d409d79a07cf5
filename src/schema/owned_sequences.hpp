// A sequence that columns take their numbers from belongs to one of them (SERIAL), to another, or
// to nobody. Where the two sides of a comparison disagree, it is an object of its own on both, so
// that it changes hands instead of being made twice.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

/// Are there such sequences, in databases that are read whole?
bool has_sequences_to_part(Schema const& from, Schema const& to);

/// Then `from` and `to` say them alike.
void part_sequences(Schema& from, Schema& to);

}  // namespace cm::schema
