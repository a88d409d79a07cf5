// Under a column that changes its type PostgreSQL makes the indexes of a partitioned table anew,
// with their parts: those come under the usual names, with what their parent has and nothing of
// their own, and up to PostgreSQL 17 with its comment.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

/// Indexes whose parts would come back as something else are dropped before and made again after,
/// part by part. For schemas that are read from databases; comes before the cascade.
Steps make_parts_again(Schema const& from, Schema const& to, Steps steps);

/// Gives the parts of those that PostgreSQL makes anew the comments that they are to have, and keys
/// of partitions their names and parameters.
Steps settle_rebuilt_parts(Schema const& from, Schema const& to, Steps steps);

/// Comments on indexes that the steps make again, which are no change by themselves.
void attach_again(Schema const& from, Schema const& to, Steps& steps);

}  // namespace cm::schema
