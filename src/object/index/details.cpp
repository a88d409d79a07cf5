// What the schema language cannot say of an index: what of it stays where a declared index takes
// the place of one in a database.
#include <algorithm>

#include "object/index/index.hpp"
#include "object/said.hpp"

namespace cm::object {
namespace {

/// As far as a schema file could say it.
bool say_the_same(Index const& declared, Index actual) {
    actual.name = declared.name;
    actual.is_invalid = declared.is_invalid;
    actual.details.reset();
    return declared == actual;
}

/// A column keeps what its text says beyond the language while it is said as before.
std::vector<IndexElement> kept_elements(Index const& declared, Index const& actual) {
    std::vector<IndexElement> elements{};
    for (auto const& column : declared.columns) {
        auto& element = elements.emplace_back(IndexElement{.column = column.name});
        if (declared.method != actual.method) continue;
        auto const old = std::find(actual.columns.begin(), actual.columns.end(), column);
        auto const& before = actual.details->elements;
        auto const same = std::find_if(before.begin(), before.end(), [&](auto const& candidate) {
            return candidate.column == column.name;
        });
        if (old != actual.columns.end() && same != before.end()) element = *same;
    }
    return elements;
}

bool can_include(std::string const& method) {
    return method == "btree" || method == "gist" || method == "spgist";
}

/// ADD CONSTRAINT … UNIQUE takes columns in their usual order, under their usual operator class.
bool can_be_constraint(Index const& index) {
    auto const& elements = index.details->elements;
    return index.is_unique && !index.predicate &&
           std::none_of(index.columns.begin(), index.columns.end(),
                        [](auto const& column) { return column.is_descending; }) &&
           std::all_of(elements.begin(), elements.end(),
                       [](auto const& element) { return element.is_plain; });
}

/// CLUSTER and replica identity ask for an index of all rows, the one in an order, the other
/// unique.
void fit(IndexStorage& storage, Index const& index) {
    storage.is_clustered = storage.is_clustered && !index.predicate &&
                           (index.method == "btree" || index.method == "gist");
    storage.is_replica_identity =
        storage.is_replica_identity && !index.predicate && index.is_unique;
}

bool is_key_column(Index const& index, std::string const& name) {
    return std::any_of(index.columns.begin(), index.columns.end(),
                       [&](auto const& column) { return column.name == name; });
}

/// Less what the index, as it is declared now, cannot have.
void fit(Index& declared, Index const& actual) {
    auto& details = *declared.details;
    details.elements = kept_elements(declared, actual);
    details.statistics.assign(details.elements.size(), -1);
    std::erase_if(details.included,
                  [&](std::string const& name) { return is_key_column(declared, name); });
    if (!can_include(declared.method)) details.included.clear();
    if (declared.method != actual.method) details.storage.parameters.clear();
    fit(details.storage, declared);
    details.nulls_are_not_distinct = details.nulls_are_not_distinct && declared.is_unique;
    details.is_without_overlaps = false;
    declared.is_constraint = actual.is_constraint && can_be_constraint(declared);
    if (!declared.is_constraint) details.deferrability = {};
}

}  // namespace

void take_unsaid(Index& declared, Index const& actual) {
    if (declared.details || !actual.details) return;
    auto const is_same = say_the_same(declared, actual);
    declared.details = actual.details;
    declared.is_constraint = actual.is_constraint;
    if (!is_same) fit(declared, actual);
}

void drop_details(Index& object) {
    object.details.reset();
}

void take_unmade(Index& made, Index const& actual) {
    if (!made.details || !actual.details) return;
    auto const own = *made.details;
    *made.details = *actual.details;
    auto& details = *made.details;
    keep_said(own, details, &IndexDetails::included, &IndexDetails::nulls_are_not_distinct,
              &IndexDetails::is_without_overlaps, &IndexDetails::deferrability);
    keep_said(own.storage, details.storage, &IndexStorage::parameters, &IndexStorage::is_clustered,
              &IndexStorage::is_replica_identity);
    auto const is_said = [](IndexElement const& element) { return !element.is_plain; };
    if (std::any_of(own.elements.begin(), own.elements.end(), is_said)) {
        details.elements = own.elements;
    }
    auto const has_target = [](int target) { return target != -1; };
    if (std::any_of(own.statistics.begin(), own.statistics.end(), has_target)) {
        details.statistics = own.statistics;
    }
    made.is_constraint = actual.is_constraint;
}

bool is_detail(Index const& object) {
    auto const is_told = object.is_invalid || object.builder != 0;
    return !object.is_expressible && (object.is_of_view || !is_told);
}

bool can_alter(Index const& from, Index const& to) {
    if (renamed(from, to)) return true;
    if (!from.details || !to.details) return false;
    if (to.details->is_partitioned &&
        from.details->storage.parameters != to.details->storage.parameters) {
        return false;
    }
    auto altered = from;
    altered.name = to.name;
    altered.details->statistics = to.details->statistics;
    altered.details->storage = to.details->storage;
    if (becomes_constraint(from, to)) {
        altered.is_constraint = true;
        altered.details->deferrability = to.details->deferrability;
    }
    altered.details->parent = to.details->parent;
    return altered == to;
}

bool becomes_constraint(Index const& from, Index const& to) {
    return from.details && to.details && !from.is_constraint && to.is_constraint &&
           !from.is_invalid && !from.details->is_partitioned && !to.details->is_without_overlaps &&
           from.method == "btree" && can_be_constraint(from);
}

}  // namespace cm::object
