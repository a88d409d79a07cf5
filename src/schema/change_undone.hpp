// A change that somebody made by hand, taken out of what a database became later.
#pragma once
#include "schema/schema.hpp"

namespace cm::schema {

/// `latest` as it would be if what led from `before` to `after` had not been done. What has changed
/// once more since `after` stays as it is: whoever did that knew of it. Tables are looked at by
/// column and key. All three are as the same server prints them.
Schema without_change(Schema latest, Schema const& before, Schema const& after);

}  // namespace cm::schema
