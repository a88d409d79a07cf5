// What hangs on objects without being a part of them: owners, and privileges where they do not
// come and go with the object alone.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

/// Gives back to what is made again the owner that it had; lets no default privileges add to, or
/// take from, what is made; grants on columns that are made again once more, and revokes nothing on
/// those that go. Where no default privileges are, and every owner is the role that works, this
/// changes nothing but the last.
Steps restore_attached(Schema const& from, Schema const& to, Steps steps);

}  // namespace cm::schema
