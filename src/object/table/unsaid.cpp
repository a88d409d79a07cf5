// What a declared table keeps of the one it is made of, though the schema language has no words for
// it.
#include <algorithm>

#include "object/said.hpp"
#include "object/table/sequence.hpp"
#include "object/table/table.hpp"

namespace cm::object {
namespace {

using sql::TypeClass;

/// Of one type after the other, whatever its modifiers: how values are stored can stay.
bool are_stored_alike(sql::Type const& from, sql::Type const& to) {
    if (from.is_array != to.is_array) return false;
    if (from.is_array || from.name == to.name) return true;
    auto const sort = sql::type_class(from);
    return sort == sql::type_class(to) && (sort == TypeClass::text || sort == TypeClass::json ||
                                           sort == TypeClass::binary || sort == TypeClass::bit);
}

bool is_text(sql::Type const& type) {
    return sql::type_class(type) == TypeClass::text;
}

bool is_autoincrement(Column const& column) {
    return column.default_value && std::holds_alternative<AutoIncrement>(*column.default_value);
}

void change_type(ColumnDetails& details, sql::Type const& from, sql::Type const& to) {
    details.formatted_type.reset();
    details.domain = {};
    if (from.is_array != to.is_array || !is_text(from) || !is_text(to)) details.collation = {};
    if (!are_stored_alike(from, to)) {
        details.storage.clear();
        details.compression.clear();
    }
    if (details.sequence) {
        if (auto const type = sequence_type(to)) {
            details.sequence = retyped(std::move(*details.sequence), *type);
        }
    }
}

void change_default(ColumnDetails& details, Column const& declared) {
    details.default_value.reset();
    if (is_autoincrement(declared)) return;
    details.numbering = Numbering::none;
    details.sequence.reset();
}

void take(Column& declared, Column const& actual) {
    if (declared.details || !actual.details) return;
    auto details = *actual.details;
    auto const is_retyped = !(declared.type == actual.type);
    if (is_retyped) change_type(details, actual.type, declared.type);
    if (declared.is_nullable != actual.is_nullable) details.is_required = !declared.is_nullable;
    if (!has_same_default(declared, actual)) {
        change_default(details, declared);
    } else if (is_retyped && details.numbering == Numbering::none) {
        details.default_value.reset();
    }
    if (actual.is_generated) {
        declared.is_generated = true;
        declared.is_virtual = actual.is_virtual;
        declared.generation = actual.generation;
    }
    declared.details = std::move(details);
}

/// A number that a sequence gives is as good as one by identity, unless somebody asked for that.
void take_unmade(Column& made, Column const& actual) {
    if (!made.details || !actual.details) return;
    auto const own = *made.details;
    *made.details = *actual.details;
    auto& details = *made.details;
    if (made.type == actual.type) {
        keep_said(own, details, &ColumnDetails::domain, &ColumnDetails::collation,
                  &ColumnDetails::storage, &ColumnDetails::compression, &ColumnDetails::statistics,
                  &ColumnDetails::options);
    } else {
        details = own;
        if (has_same_default(made, actual)) details.default_value.reset();
    }
    if (is_identity(own.numbering) && made.default_value && actual.default_value) {
        keep_said(own, details, &ColumnDetails::numbering, &ColumnDetails::sequence,
                  &ColumnDetails::default_value);
    } else if (!has_same_default(made, actual)) {
        details.numbering = own.numbering;
        details.sequence = own.sequence;
        details.default_value = own.default_value;
    }
    details.is_required = own.is_required;
}

/// An expression is printed otherwise over a column of a domain that no migration made.
void take_printed(Table& made, Table const& actual) {
    auto const has_unmade_domain = [&](Column const& column) {
        auto const* const same = find_column(made, column.name);
        return same != nullptr && same->details && column.details &&
               same->details->domain != column.details->domain;
    };
    if (std::none_of(actual.columns.begin(), actual.columns.end(), has_unmade_domain)) return;
    for (auto& column : made.columns) {
        auto const* const same = find_column(actual, column.name);
        if (same != nullptr && same->is_generated) column.generation = same->generation;
    }
}

}  // namespace

void take_unsaid(Table& declared, Table const& actual) {
    if (declared.details || !actual.details) return;
    declared.details = actual.details;
    declared.parents = actual.parents;
    for (auto& column : declared.columns) {
        if (auto const* const old = find_column(actual, column.name)) take(column, *old);
    }
    if (!declared.primary_key || !actual.primary_key) return;
    std::vector<std::string> names{};
    for (auto const& column : declared.columns) names.push_back(column.name);
    take_unsaid(*declared.primary_key, *actual.primary_key, names);
}

void drop_details(Table& object) {
    object.details.reset();
    for (auto& column : object.columns) column.details.reset();
    if (object.primary_key) drop_details(*object.primary_key);
}

/// How a table is partitioned, and where its rows lie, is a matter of the database.
void take_unmade(Table& made, Table const& actual) {
    if (!made.details || !actual.details) return;
    auto const own = *made.details;
    *made.details = *actual.details;
    keep_said(own, *made.details, &TableDetails::is_unlogged, &TableDetails::options,
              &TableDetails::access_method, &TableDetails::replica_identity,
              &TableDetails::identity_index, &TableDetails::row_type,
              &TableDetails::has_row_security, &TableDetails::forces_row_security);
    made.parents = actual.parents;
    take_printed(made, actual);
    for (auto& column : made.columns) {
        if (auto const* const found = find_column(actual, column.name)) take_unmade(column, *found);
    }
    if (made.primary_key && actual.primary_key) {
        take_unmade(*made.primary_key, *actual.primary_key);
    }
}

}  // namespace cm::object
