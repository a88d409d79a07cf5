// The rows of a join table mean pairs by the side that each number stands on. Where the sides
// change, the columns are renamed, so that each keeps its numbers; foreign keys that were merely
// dropped and added the other way round would make other pairs of them.
#include "schema/join_sides.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cm::schema {
namespace {

/// What A and B refer to, where it is known: relationMode "prisma" has no foreign keys.
struct Sides {
    std::optional<sql::QualifiedName> a{}, b{};

    bool are_known() const { return a && b; }

    bool are_unknown() const { return !a && !b; }
};

Sides sides_of(Schema const& schema, sql::QualifiedName const& table) {
    Sides sides{};
    for (auto const& [name, key] : schema.foreign_keys) {
        if (name.table != table || key.columns.size() != 1) continue;
        (key.columns.front() == "A" ? sides.a : sides.b) = key.referenced_table;
    }
    return sides;
}

bool are_crossed(Sides const& from, Sides const& to) {
    return (!from.a || from.a == to.b) && (!from.b || from.b == to.a) && to.a != to.b;
}

/// Without foreign keys the types of the keys tell the sides apart, if they differ.
bool are_crossed(object::Table const& from, object::Table const& to) {
    auto const type = [](object::Table const& table, char const* column) {
        return find_column(table, column)->type;
    };
    return !(type(from, "A") == type(from, "B")) && type(from, "A") == type(to, "B") &&
           type(from, "B") == type(to, "A");
}

std::string exchanged(std::string const& column) {
    return column == "A" ? "B" : column == "B" ? "A" : column;
}

void exchange(object::Table& table) {
    for (auto& column : table.columns) column.name = exchanged(column.name);
    if (!table.primary_key) return;
    for (auto& column : table.primary_key->columns) column = exchanged(column);
}

void exchange(object::Index& index) {
    for (auto& column : index.columns) column.name = exchanged(column.name);
    if (!index.details) return;
    for (auto& element : index.details->elements) element.column = exchanged(element.column);
    for (auto& column : index.details->included) column = exchanged(column);
}

}  // namespace

std::vector<sql::QualifiedName> crossed_join_tables(Schema const& from, Schema const& to) {
    std::vector<sql::QualifiedName> crossed{};
    for (auto const& [name, table] : from.tables) {
        auto const* const after = to.tables.find(name);
        if (after == nullptr || !is_named_join_table(table) || !is_named_join_table(*after)) {
            continue;
        }
        auto const was = sides_of(from, name), is = sides_of(to, name);
        auto const are_judged_by_keys = !was.are_unknown() && is.are_known();
        if (are_judged_by_keys ? are_crossed(was, is) : are_crossed(table, *after)) {
            crossed.push_back(name);
        }
    }
    return crossed;
}

Schema with_exchanged_columns(Schema schema, std::vector<sql::QualifiedName> const& tables) {
    auto const is_concerned = [&](sql::QualifiedName const& table) {
        return std::find(tables.begin(), tables.end(), table) != tables.end();
    };
    for (auto const& name : tables) exchange(*schema.tables.find(name));
    for (auto const& [name, index] : schema.indexes) {
        if (!is_concerned(index.table)) continue;
        exchange(*schema.indexes.find(name));
    }
    for (auto const& [name, key] : schema.foreign_keys) {
        auto& changed = *schema.foreign_keys.find(name);
        if (is_concerned(name.table)) {
            for (auto& column : changed.columns) column = exchanged(column);
        }
        if (is_concerned(key.referenced_table)) {
            for (auto& column : changed.referenced_columns) column = exchanged(column);
        }
    }
    return schema;
}

ExchangeJoinColumns exchange_columns(Schema const& schema, sql::QualifiedName const& table) {
    return {*schema.tables.find(table), sides_of(schema, table).are_known()};
}

void to_sql(ExchangeJoinColumns const& step, sql::Writer& out) {
    auto const rename = [&](std::string_view title, std::string_view from, std::string_view to) {
        out.statement(
            title, fmt::format("ALTER TABLE {} RENAME COLUMN {} TO {}", out.name(step.object.name),
                               sql::quote_identifier(from), sql::quote_identifier(to)));
    };
    // The table has no other columns, so that any third name is free.
    rename("RenameColumns", "A", "A_old");
    rename({}, "B", "A");
    rename({}, "A_old", "B");
}

void hazards(ExchangeJoinColumns const& /*step*/, object::Hazards& /*out*/) {
}  // no row changes its meaning: that is what the step is for

}  // namespace cm::schema
