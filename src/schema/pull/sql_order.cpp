// See sql_order.hpp.
#include "schema/pull/sql_order.hpp"

#include <array>
#include <map>

#include "schema/diff.hpp"
#include "schema/plan.hpp"
#include "schema/sequence.hpp"
#include "schema/to_sql.hpp"

namespace cm::schema {
namespace {

using object::ObjectRef;

/// Takes the steps in their order, but brings forward what is written with the one that was taken
/// last, unless something is missing that it needs.
class Grouping {
  public:
    Grouping(Steps const& steps, Schema const& schema, Homes const& homes)
        : homes_(steps.size()), waits_for_(steps.size()) {
        for (std::size_t i = 0; i < steps.size(); ++i) {
            homes_[i] = homes.of(steps[i]);
            auto& members = members_[homes_[i]];
            if (std::holds_alternative<Create<object::Table>>(steps[i])) tables_[homes_[i]] = i;
            members.push_back(i);
        }
        for (auto const& [before, after] : edges_of(steps)) waits_for_[after].push_back(before);
        wait_for_parts(steps, schema);
    }

    std::vector<std::size_t> order() {
        for (std::size_t i = 0; i < homes_.size(); ++i) {
            if (is_taken_.contains(i)) continue;
            take(i);
            while (bring_forward(members_.at(homes_[i]))) {
            }
        }
        return std::move(order_);
    }

    ObjectRef const& home(std::size_t step) const { return homes_[step]; }

  private:
    /// An index is taken over by that of the parent, whether its table is attached before or after,
    /// if it is there first.
    void wait_for_parts(Steps const& steps, Schema const& schema) {
        std::map<sql::QualifiedName, std::size_t> makers{};
        for (std::size_t i = 0; i < steps.size(); ++i) {
            if (auto const* const create = std::get_if<Create<object::Index>>(&steps[i]))
                makers.emplace(create->object.name, i);
        }
        for (auto const& [name, part] : makers) {
            auto const& made = std::get<Create<object::Index>>(steps[part]).object;
            auto const* const index = schema.indexes.find(name);
            if (index == nullptr || !index->details || !made.details) continue;
            auto const parent = makers.find(index->details->parent);
            if (parent != makers.end() && made.details->parent.name.empty())
                waits_for_[parent->second].push_back(part);
        }
    }

    void take(std::size_t step) {
        is_taken_.insert(step);
        order_.push_back(step);
    }

    bool bring_forward(std::vector<std::size_t> const& members) {
        auto is_done = false;
        for (auto const member : members) {
            if (is_taken_.contains(member) || !is_ready(member)) continue;
            take(member);
            is_done = true;
        }
        return is_done;
    }

    bool is_ready(std::size_t step) const {
        // What is made on a table with partitions would be made on each that is missing yet when it
        // comes.
        auto const last_table = tables_.find(homes_[step]);
        if (last_table != tables_.end() && last_table->second < step &&
            !is_taken_.contains(last_table->second))
            return false;
        return std::all_of(waits_for_[step].begin(), waits_for_[step].end(),
                           [&](std::size_t before) { return is_taken_.contains(before); });
    }

    std::vector<ObjectRef> homes_;
    std::vector<std::vector<std::size_t>> waits_for_;
    std::map<ObjectRef, std::vector<std::size_t>> members_{};
    std::map<ObjectRef, std::size_t> tables_{};  ///< the last one that is made
    std::set<std::size_t> is_taken_{};
    std::vector<std::size_t> order_{};
};

}  // namespace

Schema new_database(Schema const& schema) {
    constexpr std::string_view usual_namespace = "public", usual_extension = "plpgsql";
    Schema made{};
    made.is_whole = schema.is_whole;
    if (auto const* const space = schema.namespaces.find(std::string{usual_namespace}))
        made.namespaces.add(*space);
    if (auto const* const extension = schema.extensions.find(std::string{usual_extension}))
        made.extensions.add(*extension);
    return made;
}

Schema said_by_models(Schema const& schema) {
    auto said = schema;
    said.definitions = {};
    said.extensions = {};
    for (auto const& [name, index] : schema.indexes) {
        auto const is_sayable = index.is_expressible && !index.has_unmodeled_options &&
                                !is_detail(index) && !index.is_of_view;
        if (!is_sayable) said.indexes.remove(name);
    }
    for (auto const& [name, table] : schema.tables) {
        if (!table.details) continue;
        auto& details = *said.tables.find(name)->details;
        details.is_unlogged = details.has_row_security = details.forces_row_security = false;
        details.options.clear();
        details.replica_identity.clear();
        details.identity_index.clear();
    }
    return said;
}

std::vector<PulledStep> steps_from(Schema const& from, Schema const& schema,
                                   std::string const& bare) {
    auto const steps = plan(diff(from, schema));
    Homes const homes(schema);
    Grouping grouping(steps, schema, homes);
    std::vector<PulledStep> pulled{};
    for (auto const index : grouping.order()) {
        PulledStep step{.home = grouping.home(index)};
        for (auto& statement : to_sql(Steps{steps[index]}, bare))
            step.statements.push_back(std::move(statement.written));
        if (!step.statements.empty()) pulled.push_back(std::move(step));
    }
    return pulled;
}

}  // namespace cm::schema
