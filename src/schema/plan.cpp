// The planner: a list of passes Steps → Steps.
#include "schema/plan.hpp"

#include <algorithm>
#include <iterator>

#include "base/diagnostic.hpp"
#include "schema/implied_drops.hpp"
#include "schema/sequence.hpp"

namespace cm::schema {

namespace {

/// What no ALTER TABLE does.
void refuse_other_partition_key(Step const& step) {
    auto const* const alter = std::get_if<Alter<object::Table>>(&step);
    if (alter == nullptr || !alter->from.details || !alter->to.details) return;
    if (is_partitioned_alike(*alter->from.details, *alter->to.details)) return;
    auto const& from = alter->from.details->partition_key;
    auto const& to = alter->to.details->partition_key;
    auto const shown = [](std::string const& key) {
        return key.empty() ? std::string{"not partitioned"} : "partitioned by " + key;
    };
    throw Failure(
        error("CM0318", "the table `{}` cannot be partitioned in another way", alter->to.name.name)
            .note("it is {}, and should be {}", shown(from), shown(to))
            .help("in a migration of your own, make a new table, copy the rows, and "
                  "rename the two tables"));
}

bool has(std::vector<std::string> const& names, std::string const& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

[[noreturn]] void refuse_column_of_key(object::Table const& table, std::string const& column) {
    throw Failure(error("CM0318", "the column `{}` of the table `{}` cannot get another type",
                        column, table.name.name)
                      .note("the table is partitioned by {}", table.details->partition_key)
                      .help("in a migration of your own, make a new table, copy the rows, and "
                            "rename the two tables"));
}

/// Of what a schema file declares, engine/dependents tells together with all else that is in the
/// way.
void refuse_other_types_in_key(Step const& step) {
    auto const* const alter = std::get_if<Alter<object::Table>>(&step);
    if (alter == nullptr || !alter->from.details || alter->to.origin.order > 0) return;
    auto const& key = alter->from.details->key_columns;
    if (key.empty()) return;
    for (auto const& change : alter->changes()) {
        auto const* const column = std::get_if<Alter<object::Column>>(&change);
        if (column != nullptr && is_retyped(*column) && has(key, column->from.name))
            refuse_column_of_key(alter->from, column->from.name);
    }
}

bool is_rename(Step const& step) {
    return std::holds_alternative<RenameTable>(step) || std::holds_alternative<RenameEnum>(step) ||
           std::holds_alternative<RenameDefinition>(step) ||
           std::holds_alternative<RenameNamespace>(step);
}

}  // namespace

Steps plan(Steps steps) {
    for (auto const& step : steps) {
        refuse_other_partition_key(step);
        refuse_other_types_in_key(step);
    }
    // All others know the new names already; among themselves they have their order.
    auto const rest = std::stable_partition(steps.begin(), steps.end(), is_rename);
    Steps planned{std::make_move_iterator(steps.begin()), std::make_move_iterator(rest)};
    steps.erase(steps.begin(), rest);
    for (auto& step : sequence(prune_implied_drops(std::move(steps))))
        planned.push_back(std::move(step));
    return planned;
}

}  // namespace cm::schema
