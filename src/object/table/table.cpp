// Tables: identity and change.
#include "object/table/table.hpp"

#include <algorithm>
#include <set>

#include "base/overloaded.hpp"

namespace cm::object {
namespace {

using Columns = std::vector<Column const*>;

Columns by_name(Columns columns) {
    std::sort(columns.begin(), columns.end(), [](auto* a, auto* b) { return a->name < b->name; });
    return columns;
}

/// The same names in the same order, as nearly always.
bool have_columns_alike(Table const& a, Table const& b) {
    return std::equal(a.columns.begin(), a.columns.end(), b.columns.begin(), b.columns.end(),
                      [](Column const& x, Column const& y) { return x.name == y.name; });
}

Columns columns_of(Table const& table) {
    Columns columns{};
    for (auto const& column : table.columns) columns.push_back(&column);
    return columns;
}

bool is_generated_alike(Column const& a, Column const& b) {
    return a.is_generated == b.is_generated && a.is_virtual == b.is_virtual &&
           a.generation == b.generation;
}

/// What is generated can become an ordinary column, unless it is virtual or the server is older
/// than that, but not another one. Nor can a cast of its values be said.
bool is_generated_anew(Column const& from, Column const& to) {
    if (from.is_generated && to.is_generated &&
        conversion(from.type, to.type) == Conversion::by_using)
        return true;
    if (!are_exact(from, to)) return must_be_generated(from, to);
    if (from.is_generated == to.is_generated && !to.is_generated) return false;
    if (!to.is_generated) return from.is_virtual || !from.details->loses_expression;
    return !is_generated_alike(from, to) || (!from.details->takes_type && is_retyped({from, to}));
}

/// SET EXPRESSION: all that the old and the new one use is there before and afterwards.
bool takes_expression(Column const& column, Column const& now, Table const& from, Table const& to) {
    if (!are_exact(column, now) || !column.is_generated || !now.is_generated ||
        column.is_virtual != now.is_virtual || !column.details->takes_expression ||
        conversion(column.type, now.type) > Conversion::safe)
        return false;
    // PostgreSQL 18 fails at both in one statement.
    if (!column.is_virtual && is_retyped({column, now})) return false;
    auto const stays = [&](std::string const& name) {
        return find_column(from, name) != nullptr && find_column(to, name) != nullptr;
    };
    auto const before = used_columns(column, from), after = used_columns(now, to);
    return std::all_of(before.begin(), before.end(), stays) &&
           std::all_of(after.begin(), after.end(), stays);
}

TableChange change(Column const& column, Column const& now, Table const& from, Table const& to);

/// PostgreSQL changes the type of no column that others are generated from: those are made anew,
/// which loses nothing.
bool stands_on_other_types(Column const& column, Column const& now, Table const& from,
                           Table const& to) {
    if (!are_exact(column, now) || !column.is_generated || !now.is_generated) return false;
    auto const used = used_columns(column, from);
    return std::any_of(used.begin(), used.end(), [&](std::string const& name) {
        auto const* const old = find_column(from, name);
        auto const* const other = find_column(to, name);
        return old != nullptr && other != nullptr && old->name != column.name &&
               (is_retyped({*old, *other}) ||
                std::holds_alternative<ReplaceColumn>(change(*old, *other, from, to)));
    });
}

/// A column that holds data is dropped and added anew only where there is no cast at all.
TableChange change(Column const& column, Column const& now, Table const& from, Table const& to) {
    auto const is_interim = column.interim != Interim::none || now.interim != Interim::none;
    if (is_interim && (column.is_generated || !now.is_generated)) return Alter<Column>{column, now};
    auto const is_anew = is_generated_anew(column, now) && !takes_expression(column, now, from, to);
    if (conversion(column.type, now.type) == Conversion::none || is_anew ||
        stands_on_other_types(column, now, from, to)) {
        return ReplaceColumn{column, now};
    }
    return Alter<Column>{column, now};
}

/// A key does not survive a column that is dropped and added again. Under another type it does, and
/// what else it has or is used for stays with it.
bool has_replaced_column(Table const& from, Table const& to, PrimaryKey const& key) {
    auto const is_replaced = [&](std::string const& name) {
        auto const* const old = find_column(from, name);
        auto const* const now = find_column(to, name);
        if (old == nullptr || now == nullptr || (!old->is_generated && *old == *now)) return false;
        return std::holds_alternative<ReplaceColumn>(change(*old, *now, from, to));
    };
    auto const included = key.details ? key.details->included : std::vector<std::string>{};
    return std::any_of(key.columns.begin(), key.columns.end(), is_replaced) ||
           std::any_of(included.begin(), included.end(), is_replaced);
}

void primary_key_changes(Table const& from, Table const& to, std::vector<TableChange>& before,
                         std::vector<TableChange>& after) {
    auto const replaced = from.primary_key && has_replaced_column(from, to, *from.primary_key);
    if (from.primary_key == to.primary_key && !replaced) {
        return;
    }
    if (!replaced && from.primary_key && to.primary_key &&
        can_alter(*from.primary_key, *to.primary_key)) {
        before.emplace_back(Alter<PrimaryKey>{*from.primary_key, *to.primary_key});
        return;
    }
    if (from.primary_key) {
        before.emplace_back(Drop<PrimaryKey>{*from.primary_key});
    }
    if (to.primary_key) {
        after.emplace_back(Create<PrimaryKey>{*to.primary_key});
    }
}

}  // namespace

std::vector<std::string> used_columns(Column const& generated, Table const& table) {
    auto const type_of = [&](std::string_view name) {
        auto const* const found = find_column(table, name);
        return found == nullptr ? nullptr : &found->type;
    };
    auto const used = sql::condition(generated.generation, type_of).columns;
    return {used.begin(), used.end()};
}

bool must_be_generated(Column const& from, Column const& to) {
    return to.declares_generation && !from.is_generated;
}

bool has_same_default(Column const& a, Column const& b) {
    if (a.is_generated || b.is_generated) {
        return true;
    }
    if (!a.default_value || !b.default_value) {
        return a.default_value == b.default_value;
    }
    auto const takes_number = [](ColumnDefault const& value) {
        auto const* const expression = std::get_if<sql::Expression>(&value);
        return expression == nullptr || expression->text.starts_with("nextval(");
    };
    if (a.default_value->index() != b.default_value->index()) {
        return takes_number(*a.default_value) && takes_number(*b.default_value);
    }
    return a.default_value == b.default_value;
}

bool are_exact(Column const& a, Column const& b) {
    return a.details && b.details;
}

namespace {

/// The domain, the collation, or what a type has in brackets, where the types are the same to the
/// schema language.
bool has_other_words(Alter<Column> const& change) {
    if (!are_exact(change.from, change.to)) return false;
    auto const &from = *change.from.details, &to = *change.to.details;
    return from.domain != to.domain || from.collation != to.collation ||
           (from.formatted_type && to.formatted_type && from.formatted_type != to.formatted_type);
}

}  // namespace

bool is_retyped(Alter<Column> const& change) {
    return conversion(change.from.type, change.to.type) != Conversion::same ||
           has_other_words(change);
}

/// A file that says no generation has none.
bool sets_expression(Alter<Column> const& change) {
    return are_exact(change.from, change.to) && change.from.is_generated &&
           change.to.is_generated && change.from.generation != change.to.generation;
}

bool is_rewritten(Alter<Column> const& change) {
    return is_retyped(change) || sets_expression(change);
}

bool operator==(Column const& a, Column const& b) {
    if (are_exact(a, b) && !(is_generated_alike(a, b) && *a.details == *b.details)) return false;
    return a.name == b.name && a.type == b.type && a.is_nullable == b.is_nullable &&
           has_same_default(a, b) && !must_be_generated(a, b) && !must_be_generated(b, a);
}

namespace {

/// What a table has beside its columns and key.
bool are_detailed_alike(Table const& a, Table const& b) {
    return !a.details || !b.details || (*a.details == *b.details && a.parents == b.parents);
}

}  // namespace

bool operator==(Table const& a, Table const& b) {
    if (!are_detailed_alike(a, b)) return false;
    if (a.name != b.name || a.primary_key != b.primary_key ||
        a.columns.size() != b.columns.size()) {
        return false;
    }
    if (have_columns_alike(a, b)) return a.columns == b.columns;
    auto const left = by_name(columns_of(a));
    auto const right = by_name(columns_of(b));
    return std::equal(left.begin(), left.end(), right.begin(),
                      [](auto* x, auto* y) { return *x == *y; });
}

Column const* find_column(Table const& table, std::string_view name) {
    auto const found = std::find_if(table.columns.begin(), table.columns.end(),
                                    [&](Column const& column) { return column.name == name; });
    return found == table.columns.end() ? nullptr : &*found;
}

namespace {

/// Those that the other table lacks.
Columns columns_without_match(Table const& table, Table const& other) {
    if (have_columns_alike(table, other)) return {};
    Columns columns{};
    for (auto const& column : table.columns) {
        if (find_column(other, column.name) == nullptr) columns.push_back(&column);
    }
    return by_name(std::move(columns));
}

}  // namespace

std::vector<TableChange> Alter<Table>::changes() const {
    std::vector<TableChange> changes{}, last{};
    primary_key_changes(from, to, changes, last);
    // Prisma's order: columns that go and come by name, the others as they stood. Where some are
    // generated from others, the statement has its own (to_sql.cpp).
    for (auto const* const column : columns_without_match(from, to))
        changes.emplace_back(Drop<Column>{*column});
    // What is generated from others comes behind them.
    auto const added = columns_without_match(to, from);
    for (auto const is_generated : {false, true}) {
        for (auto const* const column : added) {
            if (column->is_generated == is_generated) {
                changes.emplace_back(Create<Column>{*column});
            }
        }
    }
    for (std::size_t i = 0; i < from.columns.size(); ++i) {
        auto const& column = from.columns[i];
        auto const stays_there = i < to.columns.size() && to.columns[i].name == column.name;
        auto const* const now = stays_there ? &to.columns[i] : find_column(to, column.name);
        if (now == nullptr) continue;
        if (!(column == *now) || stands_on_other_types(column, *now, from, to))
            changes.push_back(change(column, *now, from, to));
    }
    changes.insert(changes.end(), last.begin(), last.end());
    if (!are_detailed_alike(from, to)) {
        changes.emplace_back(Alter<TableDetails>{*from.details, *to.details});
    }
    return changes;
}

sql::QualifiedName key(Table const& object) {
    return object.name;
}

std::string display_name(Table const& object) {
    return object.name.name;
}

ObjectRef self(Table const& object) {
    return {ObjectKind::table, object.name};
}

References references(Table const& object) {
    References needed{{ObjectKind::namespace_, {object.name.schema, {}}}};
    for (auto const& column : object.columns) {
        if (!column.type.name.schema.empty()) {
            needed.push_back({ObjectKind::enum_, column.type.name});
        }
    }
    for (auto const& parent : object.parents) {
        needed.push_back({ObjectKind::table, parent});
    }
    needed.insert(needed.end(), object.uses.begin(), object.uses.end());
    return needed;
}

std::optional<ObjectRef> owner(Table const& /*object*/) {
    return {};
}

bool renamed(Table const& /*from*/, Table const& /*to*/) {
    return false;
}

ChangeStrategy strategy(Table const& from, Table const& to) {
    return from == to ? ChangeStrategy::none : ChangeStrategy::alter;
}

}  // namespace cm::object
