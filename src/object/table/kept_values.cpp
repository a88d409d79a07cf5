// See kept_values.hpp. PostgreSQL manual, ALTER TABLE: USING takes any expression of the old row.
// It writes the table anew as a change of type does, and wakes no trigger, as UPDATE would.
#include "object/table/kept_values.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/stopover.hpp"
#include "object/table/column_clauses.hpp"

namespace cm::object {
namespace {

std::vector<std::string> statements_for(ReplaceColumn const& change, std::string const& table,
                                        sql::Writer const& out) {
    auto const name = sql::quote_identifier(change.to.name);
    auto const successor = sql::quote_identifier(stopover(change.to.name));
    auto const cast = cast_value({change.from, change.to}, out);
    // A domain may want a value at once, so that its type comes with the values.
    return {fmt::format("ALTER TABLE {} ADD COLUMN {} TEXT", table, successor),
            fmt::format("ALTER TABLE {} ALTER COLUMN {} SET DATA TYPE {} USING ({})", table,
                        successor, type_with_collation(change.to, out), cast.empty() ? name : cast),
            fmt::format("ALTER TABLE {} DROP COLUMN {}", table, name),
            fmt::format("ALTER TABLE {} RENAME COLUMN {} TO {}", table, successor, name)};
}

/// As RENAME leaves it.
Column bare(Column column) {
    column.is_nullable = true;
    column.default_value.reset();
    auto const& to = *column.details;
    ColumnDetails details{};
    details.formatted_type = to.formatted_type;
    details.domain = to.domain;
    details.collation = to.collation;
    details.usual_storage = to.usual_storage;
    details.has_required_constraint = to.has_required_constraint;
    details.default_value = "";
    column.details = details;
    return column;
}

}  // namespace

bool keeps_values(ReplaceColumn const& change, Table const& table) {
    auto const &from = change.from, &to = change.to;
    auto const is_partitioned = table.details && !table.details->partition_key.empty();
    return are_exact(from, to) && (from.is_generated || from.details->is_held) &&
           !to.is_generated && (table.heirs.empty() || is_partitioned) &&
           (to.interim != Interim::none || conversion(from.type, to.type) != Conversion::none);
}

KeptValues keep_values(Alter<Table> const& step, sql::Writer const& out) {
    KeptValues kept{.rest = step};
    auto& table = kept.rest.from;
    for (auto const& change : step.changes()) {
        auto const* const replace = std::get_if<ReplaceColumn>(&change);
        if (replace == nullptr || !keeps_values(*replace, step.from)) continue;
        std::ranges::move(statements_for(*replace, out.name(step.to.name), out),
                          std::back_inserter(kept.statements));
        std::ranges::replace_if(
            table.columns, [&](Column const& column) { return column.name == replace->to.name; },
            bare(replace->to));
        auto& key = table.primary_key;
        if (key && has_column(*key, replace->to.name)) key.reset();
    }
    return kept;
}

}  // namespace cm::object
