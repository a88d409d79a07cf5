// Drift, as far as it is one: what migrations have made and somebody has changed or dropped since.
// What the database has beyond that, and the schema language could not say, is nobody's mistake.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "schema/schema.hpp"

namespace cm::schema {

/// Of what `actual`, a database, has and no migration asked for (`made`: what they lead to), puts
/// into `made` what can stay there: details, indexes that no declaration can say, definitions. What
/// stands on something else that is only in `actual` is taken out of it. Afterwards the two differ
/// by what the schema language can say, and by what migrations made.
/// `reader`: the role that has read `actual`, and owns what no other role does.
void keep_unmade(Schema& made, Schema& actual, std::string const& reader);

/// `made` takes the details of what both have that no migration said.
void take_details(Schema& made, Schema const& actual);

/// `made` takes the comments, privileges and owners of what both have that no migration made.
void take_attachments(Schema& made, Schema const& actual);

/// Migrations may have been applied by another role than `replayer`, which has replayed them: what
/// they made for the current role is looked for under any.
void forget_replayer(Schema& made, Schema const& actual, std::string const& replayer);

/// The kinds of comments, privileges and the like on what migrations made that none of them made.
std::vector<std::string> unmade_attachments(Schema const& made, Schema const& actual);

/// Those definitions of `made` count as equal to the same ones of `actual`: two servers may print
/// one definition in two ways.
void forget_wording(Schema& made, Schema const& actual,
                    std::function<bool(object::Definition const& made,
                                       object::Definition const& actual)> const& is_reworded);

}  // namespace cm::schema
