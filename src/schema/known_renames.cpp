// See known_renames.hpp.
#include "schema/known_renames.hpp"

#include <algorithm>

#include "base/contains.hpp"
#include "schema/acting_names.hpp"
#include "schema/renamed.hpp"

namespace cm::schema {
namespace {

using object::Column;
using object::Enum;
using object::Table;
using sql::QualifiedName;

/// How many names stand for one object in both states, and how many for two.
struct Agreement {
    std::size_t same{}, other{};

    template <class T>
    void count(Objects<T> const& before, Objects<T> const& after) {
        for (auto const& [name, object] : before) {
            auto const* const now = after.find(name);
            if (now == nullptr || object.oid == 0) continue;
            ++(object.oid == now->oid ? same : other);
        }
    }
};

/// Two states of one database; in two databases, hardly an oid is the same by chance.
bool are_of_one_database(Schema const& before, Schema const& after) {
    Agreement agreement{};
    agreement.count(before.enums, after.enums);
    agreement.count(before.tables, after.tables);
    return agreement.same > agreement.other;
}

bool is_ours(Enum const& /*type*/) {
    return true;
}

bool is_ours(Table const& table) {
    return !table.is_extension_member;
}

template <class T>
Acting<QualifiedName> renamed_by_oid(Objects<T> const& before, Objects<T> const& after) {
    std::map<std::int64_t, QualifiedName> names{};
    for (auto const& [name, object] : before) names.emplace(object.oid, name);
    Acting<QualifiedName> renamed{};
    for (auto const& [name, object] : after) {
        auto const old = names.find(object.oid);
        if (old != names.end() && old->second != name && is_ours(object))
            renamed.emplace(name, old->second);
    }
    return renamed;
}

bool is_same_by_shape(Enum const& a, Enum const& b) {
    return a.values == b.values;
}

Column const* column_numbered(Table const& table, int number) {
    auto const found = std::find_if(table.columns.begin(), table.columns.end(),
                                    [&](auto const& each) { return each.number == number; });
    return found == table.columns.end() ? nullptr : &*found;
}

/// What has one number has one type, and at least half of the columns have one name, too.
bool is_same_by_shape(Table const& a, Table const& b) {
    std::size_t alike = 0;
    for (auto const& column : a.columns) {
        auto const* const other = column_numbered(b, column.number);
        if (other == nullptr) continue;
        if (!(other->type == column.type)) return false;
        if (other->name == column.name) ++alike;
    }
    return alike > 0 && 2 * alike >= std::max(a.columns.size(), b.columns.size());
}

template <class T>
std::vector<T const*> only_in(Objects<T> const& objects, Objects<T> const& others) {
    std::vector<T const*> found{};
    for (auto const& [name, object] : objects) {
        if (others.find(name) == nullptr && is_ours(object)) found.push_back(&object);
    }
    return found;
}

/// No two alike.
template <class T>
Acting<QualifiedName> renamed_by_shape(Objects<T> const& before, Objects<T> const& after) {
    auto const gone = only_in(before, after), come = only_in(after, before);
    auto const like = [](std::vector<T const*> const& objects, T const& object) {
        std::vector<T const*> found{};
        std::copy_if(objects.begin(), objects.end(), std::back_inserter(found),
                     [&](T const* each) { return is_same_by_shape(*each, object); });
        return found;
    };
    Acting<QualifiedName> renamed{};
    for (auto const* const now : come) {
        auto const old = like(gone, *now);
        if (old.size() == 1 && like(come, *now).size() == 1)
            renamed.emplace(now->name, old.front()->name);
    }
    return renamed;
}

template <class T>
Acting<QualifiedName> renamed_objects(Objects<T> const& before, Objects<T> const& after,
                                      bool oids_tell) {
    return oids_tell ? renamed_by_oid(before, after) : renamed_by_shape(before, after);
}

/// A value never goes from a type, and a renamed one keeps its place.
std::vector<NameChange> renamed_values(Enum const& before, Enum const& after) {
    if (before.values.size() != after.values.size()) return {};
    Acting<std::string> acting{};
    for (std::size_t i = 0; i < before.values.size(); ++i) {
        if (before.values[i] == after.values[i]) continue;
        if (cm::contains(after.values, before.values[i])) return {};
        acting.emplace(after.values[i], before.values[i]);
    }
    return acting.size() < before.values.size() ? ordered_changes(acting)
                                                : std::vector<NameChange>{};
}

/// The statement for the parent's column renames it, too.
bool is_own(Column const& column) {
    return !column.is_inherited && !(column.details && column.details->is_from_parent);
}

/// Those of the one table that the other has not, by name.
std::vector<Column const*> own_columns_only_in(Table const& table, Table const& other) {
    std::vector<Column const*> found{};
    for (auto const& column : table.columns) {
        if (find_column(other, column.name) == nullptr && is_own(column)) found.push_back(&column);
    }
    return found;
}

/// What both call by one name has one number; and there is such a column.
bool are_numbered_alike(Table const& before, Table const& after) {
    auto is_told = false;
    for (auto const& column : before.columns) {
        auto const* const now = find_column(after, column.name);
        if (now == nullptr) continue;
        if (column.number == 0 || column.number != now->number) return false;
        is_told = true;
    }
    return is_told;
}

/// The columns on both sides that both tables have; none at the ends.
struct Neighbors {
    std::string left{}, right{};
    bool operator==(Neighbors const&) const = default;
};

Neighbors neighbors_of(Column const& column, Table const& table, Table const& other) {
    Neighbors found{};
    auto is_behind = false;
    for (auto const& each : table.columns) {
        if (&each == &column) {
            is_behind = true;
        } else if (find_column(other, each.name) != nullptr) {
            if (is_behind) {
                found.right = each.name;
                break;
            }
            found.left = each.name;
        }
    }
    return found;
}

/// A new column stands last, so that one with old ones behind it is not new.
Acting<std::string> renamed_by_place(Table const& before, Table const& after) {
    auto const gone = own_columns_only_in(before, after), come = own_columns_only_in(after, before);
    auto const between = [](std::vector<Column const*> const& columns, Table const& table,
                            Table const& other, Neighbors const& neighbors) {
        std::vector<Column const*> found{};
        std::copy_if(
            columns.begin(), columns.end(), std::back_inserter(found),
            [&](Column const* column) { return neighbors_of(*column, table, other) == neighbors; });
        return found;
    };
    Acting<std::string> acting{};
    for (auto const* const now : come) {
        auto const neighbors = neighbors_of(*now, after, before);
        if (neighbors.right.empty()) continue;
        auto const old = between(gone, before, after, neighbors);
        if (old.size() == 1 && between(come, after, before, neighbors).size() == 1 &&
            old.front()->type == now->type)
            acting.emplace(now->name, old.front()->name);
    }
    return acting;
}

Acting<std::string> renamed_by_number(std::vector<Column const*> const& gone,
                                      std::vector<Column const*> const& come) {
    Acting<std::string> acting{};
    for (auto const* const now : come) {
        auto const old = std::find_if(gone.begin(), gone.end(), [&](Column const* column) {
            return column->number == now->number && column->type == now->type;
        });
        if (old != gone.end()) acting.emplace(now->name, (*old)->name);
    }
    return acting;
}

std::vector<NameChange> renamed_columns(Table const& before, Table const& after,
                                        bool is_same_table) {
    auto const gone = own_columns_only_in(before, after), come = own_columns_only_in(after, before);
    if (gone.empty() || come.empty()) return {};
    return ordered_changes(is_same_table || are_numbered_alike(before, after)
                               ? renamed_by_number(gone, come)
                               : renamed_by_place(before, after));
}

void add_known_enums(Schema const& before, Schema const& after, bool oids_tell, Steps& steps) {
    auto const renamed = renamed_objects(before.enums, after.enums, oids_tell);
    for (auto const& [first, old, now] : ordered_renames(renamed)) {
        RenameEnum step{.from = *before.enums.find(first), .to = now};
        step.from.name = old;
        auto const* const type = after.enums.find(now);
        if (type != nullptr) step.values = renamed_values(step.from, *type);
        steps.emplace_back(std::move(step));
    }
    for (auto const& [name, type] : before.enums) {
        auto const* const now = after.enums.find(name);
        if (now == nullptr || renamed.contains(name) || is_taken_away(name, renamed)) continue;
        auto values = renamed_values(type, *now);
        if (!values.empty())
            steps.emplace_back(RenameEnum{.from = type, .to = name, .values = std::move(values)});
    }
}

void add_known_tables(Schema const& before, Schema const& after, bool oids_tell, Steps& steps) {
    auto const renamed = renamed_objects(before.tables, after.tables, oids_tell);
    for (auto const& [first, old, now] : ordered_renames(renamed)) {
        RenameTable step{.from = *before.tables.find(first), .to = now};
        step.from.name = old;
        auto const* const table = after.tables.find(now);
        if (table != nullptr) step.columns = renamed_columns(step.from, *table, oids_tell);
        steps.emplace_back(std::move(step));
    }
    for (auto const& [name, table] : before.tables) {
        auto const* const now = after.tables.find(name);
        if (now == nullptr || renamed.contains(name) || is_taken_away(name, renamed)) continue;
        auto const is_same_table = oids_tell && table.oid == now->oid;
        auto columns = renamed_columns(table, *now, is_same_table);
        if (!columns.empty())
            steps.emplace_back(
                RenameTable{.from = table, .to = name, .columns = std::move(columns)});
    }
}

std::vector<NameChange> backwards(std::vector<NameChange> const& changes) {
    std::vector<NameChange> back{};
    for (auto change = changes.rbegin(); change != changes.rend(); ++change)
        back.push_back({change->to, change->from});
    return back;
}

Step back(RenameTable const& step) {
    RenameTable back{.from = step.from,
                     .to = step.from.name,
                     .columns = backwards(step.columns),
                     .sequences = backwards(step.sequences),
                     .constraints = backwards(step.constraints)};
    back.from.name = step.to;
    for (auto const& change : step.columns) {
        for (auto& column : back.from.columns) {
            if (column.name == change.from) column.name = change.to;
        }
    }
    return back;
}

Step back(RenameEnum const& step) {
    RenameEnum back{.from = step.from, .to = step.from.name, .values = backwards(step.values)};
    back.from.name = step.to;
    for (auto const& change : step.values)
        std::replace(back.from.values.begin(), back.from.values.end(), change.from, change.to);
    return back;
}

template <class T>
Step back(Alter<T> const& step) {
    return Alter<T>{step.to, step.from};
}

template <class Other>
Step back(Other const& step) {
    return step;  // no rename
}

}  // namespace

Steps known_renames(Schema const& before, Schema const& after) {
    auto const oids_tell = are_of_one_database(before, after);
    Steps steps{};
    add_known_enums(before, after, oids_tell, steps);
    // Columns of a type compare under its new name.
    if (steps.empty()) {
        add_known_tables(before, after, oids_tell, steps);
    } else {
        add_known_tables(renamed(before, steps), after, oids_tell, steps);
    }
    return steps;
}

bool may_be_renamed(Schema const& before, Schema const& after) {
    auto const may_be = [](auto const& some, auto const& others) {
        return !only_in(some, others).empty() && !only_in(others, some).empty();
    };
    return may_be(before.enums, after.enums) || may_be(before.tables, after.tables);
}

Steps taken_back(Steps const& renames) {
    Steps undone{};
    for (auto step = renames.rbegin(); step != renames.rend(); ++step)
        undone.push_back(std::visit([](auto const& each) { return back(each); }, *step));
    return undone;
}

}  // namespace cm::schema
