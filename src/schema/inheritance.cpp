// See inheritance.hpp. PostgreSQL manual, ALTER TABLE: without ONLY, the children are altered too.
#include "schema/inheritance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace cm::schema {
namespace {

using object::Column;
using object::Table;
using AlterTable = Alter<Table>;

/// With the key that the child has on it.
void drop_with_parent(Column const& column, Table& child) {
    auto const gone = std::erase_if(child.columns, [&](Column const& own) {
        return own.name == column.name && own.is_inherited;
    });
    auto& key = child.primary_key;
    if (gone > 0 && key && object::has_column(*key, column.name)) key.reset();
}

bool counts_with(object::ColumnDetails const& child, object::ColumnDetails const& parent) {
    return parent.sequence && child.default_value &&
           child.default_value->find(parent.sequence->name.name) != std::string::npos;
}

/// The next value of the parent's sequence, which the child gets for a default, as it is to say it.
void take_next_value(Column const& parent, Column const& wanted, Column& own) {
    if (wanted.details->numbering != object::Numbering::none ||
        counts_with(*wanted.details, *parent.details)) {
        own.default_value = wanted.default_value;
        own.details->default_value = wanted.details->default_value;
        return;
    }
    auto const next =
        fmt::format("nextval({})", sql::quote_literal(sql::quote(parent.details->sequence->name)));
    own.default_value = sql::Expression{.text = next, .canonical = next};
    own.details->default_value = next;
}

/// As a child gets it from ADD COLUMN of the parent: what is set afterwards without PostgreSQL
/// handing it down is the parent's own. Of a sequence, the child has the next value for a default.
Column inherited_column(Column column, Column const& wanted) {
    column.is_inherited = true;
    if (!are_exact(column, wanted)) return column;
    auto& details = *column.details;
    details.is_from_parent = true;
    details.options.clear();
    details.required_name.clear();
    details.is_required_by_parent = details.has_required_constraint;
    if (details.numbering == object::Numbering::none) return column;
    if (details.numbering == object::Numbering::by_sequence) {
        take_next_value(column, wanted, column);
    } else {
        column.default_value.reset();
    }
    details.numbering = object::Numbering::none;
    details.sequence.reset();
    return column;
}

/// From PostgreSQL 17 on, a partition counts by its parent's identity and has none of its own.
bool shares_identity(Column const& above, Column const& own, Table const& child) {
    return are_exact(above, own) && child.details && !child.details->bound.empty() &&
           is_identity(above.details->numbering) && is_identity(own.details->numbering);
}

/// One that is there already is made one with that of the parent; one that the child's model does
/// not have comes all the same, and PostgreSQL would not drop it.
void add_with_parent(Column const& column, Table const& wanted, Table& child) {
    auto const* const now = find_column(wanted, column.name);
    if (now == nullptr || find_column(child, column.name) != nullptr) return;
    child.columns.push_back(inherited_column(column, *now));
    if (shares_identity(column, *now, child)) {
        child.columns.back().details->numbering = now->details->numbering;
        child.columns.back().details->sequence = now->details->sequence;
    }
}

/// Whatever else hangs on the column is recreated (schema/cascade).
void replace_with_parent(object::ReplaceColumn const& change, Table const& wanted, Table& child) {
    auto* const own = find_column(child, change.from.name);
    if (own == nullptr || !own->is_inherited) return;
    drop_with_parent(change.from, child);
    add_with_parent(change.to, wanted, child);
}

/// Where NOT NULL is a constraint (PostgreSQL 18), the child's own is merged with the parent's, and
/// stays when that goes.
void require_with_parent(object::ColumnDetails const& from, object::ColumnDetails const& to,
                         object::ColumnDetails& own) {
    if (from.is_required == to.is_required) return;
    if (to.is_required) {
        own.is_required_by_both = own.is_required && own.has_required_constraint;
        own.is_required_by_parent = !own.is_required && to.has_required_constraint;
        own.is_required = true;
    } else if (own.is_required_by_both) {
        own.is_required_by_both = false;
    } else {
        own.is_required = own.is_required_by_parent = false;
    }
}

/// Of the details, PostgreSQL hands down what ALTER TABLE says without naming the child. What the
/// child's own column has (its numbers, its options, names of constraints) is its own.
void alter_details(Alter<Column> const& change, Column const* wanted, Column& own) {
    if (!are_exact(change.from, change.to) || !own.details) return;
    auto const &from = *change.from.details, &to = *change.to.details;
    auto& details = *own.details;
    auto const take = [&](auto member) {
        if (!(from.*member == to.*member)) details.*member = to.*member;
    };
    take(&object::ColumnDetails::formatted_type);
    take(&object::ColumnDetails::domain);
    take(&object::ColumnDetails::collation);
    take(&object::ColumnDetails::storage);
    take(&object::ColumnDetails::compression);
    take(&object::ColumnDetails::statistics);
    require_with_parent(from, to, details);
    take(&object::ColumnDetails::default_value);
    // The parent's own numbers are the child's as a default.
    auto const counts = [](object::ColumnDetails const& it) {
        return it.numbering == object::Numbering::by_sequence;
    };
    if (counts(from) && !counts(to)) {
        details.default_value = to.default_value;
        own.default_value = change.to.default_value;
    } else if (!counts(from) && counts(to) && wanted != nullptr && wanted->details) {
        take_next_value(change.to, *wanted, own);
    }
    own.is_generated = change.to.is_generated;
    own.generation = change.to.generation;
    own.is_virtual = change.to.is_virtual;
    own.interim = change.to.interim;
}

/// What is cast explicitly loses its default, be it the child's own.
void drop_default_to_convert(Alter<Column> const& change, Column& own) {
    auto const how = object::conversion(change.from.type, change.to.type);
    if (how != object::Conversion::by_using || !are_exact(change.from, change.to) || !own.details ||
        own.details->numbering != object::Numbering::none || own.is_generated)
        return;
    own.default_value = change.to.default_value;
    own.details->default_value = change.to.details->default_value;
}

void alter_with_parent(Alter<Column> const& change, Table const& wanted, Table& child) {
    auto* const own = find_column(child, change.from.name);
    if (own == nullptr) return;
    if (!(change.from.type == change.to.type)) own->type = change.to.type;
    if (change.from.is_nullable != change.to.is_nullable) own->is_nullable = change.to.is_nullable;
    if (!has_same_default(change.from, change.to)) own->default_value = change.to.default_value;
    auto const* const now = find_column(wanted, change.to.name);
    auto const counts_alike = shares_identity(change.from, *own, child);
    auto const comes_to_count =
        now != nullptr && shares_identity(change.to, *now, child) && !now->details->sequence;
    drop_default_to_convert(change, *own);
    alter_details(change, now, *own);
    if (counts_alike && is_identity(change.to.details->numbering)) {
        own->details->numbering = change.to.details->numbering;
    } else if (comes_to_count) {
        own->details->numbering = now->details->numbering;
        own->default_value = now->default_value;
        own->details->default_value = now->details->default_value;
    } else if (counts_alike && !own->details->sequence) {
        own->details->numbering = object::Numbering::none;
    }
}

void carry_over(AlterTable const& parent, Table const& wanted, Table& child) {
    for (auto const& change : parent.changes()) {
        if (auto const* const drop = std::get_if<Drop<Column>>(&change)) {
            drop_with_parent(drop->object, child);
        } else if (auto const* const add = std::get_if<Create<Column>>(&change)) {
            add_with_parent(add->object, wanted, child);
        } else if (auto const* const alter = std::get_if<Alter<Column>>(&change)) {
            alter_with_parent(*alter, wanted, child);
        } else if (auto const* const replace = std::get_if<object::ReplaceColumn>(&change)) {
            replace_with_parent(*replace, wanted, child);
        }
    }
}

AlterTable const* step_of(sql::QualifiedName const& table, Steps const& steps) {
    for (auto const& step : steps) {
        auto const* const alter = std::get_if<AlterTable>(&step);
        if (alter != nullptr && alter->from.name == table) return alter;
    }
    return nullptr;
}

/// Those furthest away first, as their steps are done first.
void carry_over_all(Table const& table, Table const& wanted, Schema const& from,
                    ChangeOfParent const& change_of, Table& child,
                    std::set<sql::QualifiedName>& seen) {
    for (auto const& name : table.parents) {
        auto const* const parent = from.tables.find(name);
        if (parent == nullptr || !seen.insert(name).second) continue;
        carry_over_all(*parent, wanted, from, change_of, child, seen);
        if (auto const* const step = change_of(name)) carry_over(*step, wanted, child);
    }
}

class Followers {
  public:
    Followers(Schema const& from, Schema const& to, Steps& steps)
        : from_(from), to_(to), steps_(steps) {}

    /// Parents first: what is left of their own steps is what they carry over.
    void settle(Table const& child) {
        if (!settled_.insert(child.name).second) return;
        for (auto const& name : child.parents) {
            if (auto const* const parent = from_.tables.find(name)) settle(*parent);
        }
        auto const* const wanted = to_.tables.find(child.name);
        if (wanted == nullptr || child.parents.empty()) return;
        auto before = with_changes_of_parents(
            child, *wanted, from_,
            [&](sql::QualifiedName const& name) { return step_of(name, steps_); });
        auto after = *wanted;
        if (!after.details) after.parents = child.parents;
        std::erase_if(steps_, [&](Step const& step) {
            auto const* const alter = std::get_if<AlterTable>(&step);
            return alter != nullptr && alter->from.name == child.name;
        });
        if (!(before == after)) steps_.push_back(AlterTable{std::move(before), std::move(after)});
    }

  private:
    Schema const& from_;
    Schema const& to_;
    Steps& steps_;
    std::set<sql::QualifiedName> settled_{};
};

/// The column of the first parent that has one of that name.
Column const* column_above(Table const& child, Column const& column, Schema const& schema) {
    for (auto const& name : child.parents) {
        auto const* const parent = schema.tables.find(name);
        auto const* const above = parent == nullptr ? nullptr : find_column(*parent, column.name);
        if (above != nullptr) return above;
    }
    return nullptr;
}

/// What a new child has of its parents from the start; a partition has all its columns of them.
Table as_parents(Table child, Schema const& schema) {
    auto const is_partition = !child.details->bound.empty();
    for (auto& column : child.columns) {
        if (!column.details || !(is_partition || column.details->is_from_parent)) continue;
        auto const* const above = column_above(child, column, schema);
        if (above == nullptr || !are_exact(*above, column) || !is_generated_alike(*above, column))
            continue;
        auto details = *above->details;
        details.numbering = column.details->numbering;
        details.sequence = column.details->sequence;
        details.statistics.clear();
        details.options.clear();
        details.is_from_parent = true;
        details.is_required_by_parent = column.details->is_required_by_parent;
        if (details.required_name.empty() || details.is_required)
            details.required_name = column.details->required_name;
        auto const numbering = above->details->numbering;
        // The parent's sequence is the child's default; an identity is not handed down.
        if (numbering == object::Numbering::by_sequence &&
            (!is_partition || counts_with(*column.details, *above->details))) {
            details.default_value = column.details->default_value;
        } else if (!is_partition && numbering != object::Numbering::none) {
            column.default_value.reset();
        } else {
            column.default_value = above->default_value;
        }
        column.details = std::move(details);
        column.is_nullable = above->is_nullable;
    }
    child.is_loose = true;
    return child;
}

/// What a new child has of its own is said when it is there.
void complete_children(Schema const& to, Steps& steps) {
    Steps more{};
    for (auto& step : steps) {
        auto* const create = std::get_if<Create<Table>>(&step);
        if (create == nullptr || !create->object.details || create->object.parents.empty())
            continue;
        auto rest = as_parents(create->object, to);
        if (rest == create->object) continue;
        more.push_back(AlterTable{rest, create->object});
        create->object = std::move(rest);
    }
    std::move(more.begin(), more.end(), std::back_inserter(steps));
}

}  // namespace

Table with_changes_of_parents(Table child, Table const& wanted, Schema const& from,
                              ChangeOfParent const& change_of) {
    auto const before = child;
    std::set<sql::QualifiedName> seen{};
    carry_over_all(before, wanted, from, change_of, child, seen);
    return child;
}

Steps follow_parents(Schema const& from, Schema const& to, Steps steps) {
    Followers followers{from, to, steps};
    for (auto const& [name, table] : from.tables) {
        if (!table.parents.empty()) followers.settle(table);
    }
    complete_children(to, steps);
    return steps;
}

}  // namespace cm::schema
