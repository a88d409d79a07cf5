// See undeclared_indexes.hpp.
#include "schema/undeclared_indexes.hpp"

#include <algorithm>

namespace cm::schema {
namespace {

bool is_declarable(object::Index const& index) {
    return index.is_expressible && !index.has_unmodeled_options;
}

/// Included columns that are gone are no longer included, and rows are not told apart by columns
/// that may be null.
void fit_to_tables(Schema& declared) {
    for (auto const& [name, index] : declared.indexes) {
        auto const* const table = declared.tables.find(index.table);
        if (!index.details || table == nullptr) continue;
        auto& details = *declared.indexes.find(name)->details;
        std::erase_if(details.included, [&](std::string const& column) {
            return find_column(*table, column) == nullptr;
        });
        if (std::any_of(index.columns.begin(), index.columns.end(), [&](auto const& column) {
                auto const* const found = find_column(*table, column.name);
                return found != nullptr && found->is_nullable;
            })) {
            details.storage.is_replica_identity = false;
        }
    }
}

}  // namespace

bool can_stay(object::Index const& index, Schema const& schema) {
    auto const* const table = schema.tables.find(index.table);
    if (table == nullptr) return false;
    auto const needed = references(index);
    return std::all_of(needed.begin(), needed.end(), [&](object::ObjectRef const& reference) {
        return reference.part.empty() || find_column(*table, reference.part) != nullptr;
    });
}

namespace {

/// A declared one is it under another name.
bool is_declared(object::Index const& index, Schema const& declared, Schema const& actual) {
    return std::any_of(declared.indexes.begin(), declared.indexes.end(), [&](auto const& entry) {
        return actual.indexes.find(entry.first) == nullptr && renamed(index, entry.second);
    });
}

}  // namespace

void keep_undeclared_indexes(Schema& declared, Schema const& actual) {
    for (auto const& [name, index] : actual.indexes) {
        auto const is_theirs = is_declarable(index) || index.is_invalid || index.builder != 0 ||
                               is_declared(index, declared, actual);
        if (is_theirs || declared.indexes.find(name) != nullptr) continue;
        auto const is_elsewhere = actual.tables.find(index.table) == nullptr;
        if (is_elsewhere || can_stay(index, declared)) declared.indexes.add(index);
    }
    fit_to_tables(declared);
}

}  // namespace cm::schema
