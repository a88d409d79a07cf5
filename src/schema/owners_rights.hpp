// Who owns an object is no difference between two schemas, but it shows in their privileges.
#pragma once
#include <map>
#include <string>

#include "schema/step.hpp"

namespace cm::schema {

/// The roles that own objects, quoted, as far as they are not the one that reads.
std::map<object::ObjectRef, std::string> named_owners(Schema const& schema);

/// Without grants to, and revocations from, the role that owns the object on either side, if that
/// is not the one that reads: an owner has all rights, so that what it is granted where another
/// role owns the object says nothing, and to revoke it would take an owner's own rights.
Steps leave_rights_of_owners(Schema const& from, Schema const& to, Steps steps);

}  // namespace cm::schema
