// The planner: a list of passes Steps → Steps.
#include "schema/plan.hpp"

#include "base/diagnostic.hpp"
#include "schema/implied_drops.hpp"
#include "schema/sequence.hpp"

namespace cm::schema {

namespace {

/// What no ALTER TABLE does.
void refuse_other_partition_key(Step const& step) {
    auto const* const alter = std::get_if<Alter<object::Table>>(&step);
    if (alter == nullptr || !alter->from.details || !alter->to.details) return;
    auto const& from = alter->from.details->partition_key;
    auto const& to = alter->to.details->partition_key;
    if (from == to) return;
    auto const shown = [](std::string const& key) {
        return key.empty() ? std::string{"not partitioned"} : "partitioned by " + key;
    };
    throw Failure(
        error("CM0318", "the table `{}` cannot be partitioned in another way", alter->to.name.name)
            .note("it is {}, and should be {}", shown(from), shown(to))
            .help("in a migration of your own, make a new table, copy the rows, and "
                  "rename the two tables"));
}

}  // namespace

Steps plan(Steps steps) {
    for (auto const& step : steps) refuse_other_partition_key(step);
    return sequence(prune_implied_drops(std::move(steps)));
}

}  // namespace cm::schema
