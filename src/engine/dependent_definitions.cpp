// See dependent_definitions.hpp.
#include "engine/dependent_definitions.hpp"

#include <algorithm>

#include "engine/catalog_snapshot.hpp"
#include "schema/definitions.hpp"
#include "schema/renamed.hpp"
#include "schema/renames.hpp"
#include "schema/unmade.hpp"

namespace cm::engine {
namespace {

using object::Alter;
using object::Column;
using object::Drop;

/// Others may stand on what is dropped, or on a column that becomes another.
bool can_be_in_the_way(object::TableChange const& change) {
    if (auto const* const alter = std::get_if<Alter<Column>>(&change)) {
        return object::is_retyped(*alter);
    }
    return !std::holds_alternative<object::Create<Column>>(change) &&
           !std::holds_alternative<object::Create<object::PrimaryKey>>(change);
}

bool touches_others(schema::Step const& step) {
    if (auto const* const table = std::get_if<Alter<object::Table>>(&step)) {
        auto const changes = table->changes();
        return std::any_of(changes.begin(), changes.end(), can_be_in_the_way);
    }
    return std::holds_alternative<schema::RebuildEnum>(step) ||
           std::holds_alternative<Drop<object::Index>>(step) ||
           std::holds_alternative<Drop<object::ForeignKey>>(step);
}

}  // namespace

bool recreates(schema::Steps const& plan) {
    return std::any_of(plan.begin(), plan.end(), touches_others);
}

Change change_around_definitions(schema::Schema from, schema::Schema to, std::string const& bare,
                                 std::vector<std::string> const& schemas, Server const& server,
                                 schema::Schema const* beside) {
    auto change = change_between(from, to, bare);
    if (!server.catalog || !recreates(change.plan)) return change;
    read_snapshot(server.catalog(), [&](sql::QueryFunction const& fetch) {
        from.definitions = {};
        schema::read_definitions(from, fetch, schemas);
    });
    if (beside != nullptr) schema::take_attachments(from, *beside);
    if (from.definitions.empty()) return change;
    auto renames = schema::renames_to(from, to);
    from = schema::renamed(std::move(from), renames);
    schema::forget_asked(to);
    schema::keep_definitions(from, to);
    return change_between(from, to, bare, std::move(renames));
}

}  // namespace cm::engine
