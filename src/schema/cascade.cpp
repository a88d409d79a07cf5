// See cascade.hpp.
#include "schema/cascade.hpp"

#include <algorithm>

#include "object/object_refs.hpp"
#include "schema/stages.hpp"
#include "schema/step_list.hpp"

namespace cm::schema {
namespace {

using object::DependencyKind;
using object::ObjectKind;
using object::ObjectRef;
using Invalidated = object::ObjectRefs;

bool is_number(sql::Type const& type) {
    auto const sort = sql::type_class(type);
    return (sort == sql::TypeClass::integer || sort == sql::TypeClass::number) &&
           type.name.name != "oid";
}

/// What an expression does with one type it does with the other as well. Not so for moments (what
/// is immutable without a time zone is not with one), nor for text that is compared regardless of
/// case.
bool fits_alike(sql::Type const& from, sql::Type const& to) {
    if (from.is_array != to.is_array) return false;
    auto const is_text = [](sql::Type const& type) {
        return type.name == sql::QualifiedName{{}, "text"} ||
               type.name == sql::QualifiedName{{}, "varchar"};
    };
    return from.name == to.name || (is_number(from) && is_number(to)) ||
           (is_text(from) && is_text(to));
}

void disturb(object::TableChange const& change, sql::QualifiedName const& table, Invalidated& out) {
    auto const add = [&](DependencyKind aspect, std::string part) {
        out.insert({ObjectKind::table, table, aspect, std::move(part)});
    };
    match(
        change, [](Create<object::Column> const&) {},
        [&](Alter<object::Column> const& c) {
            // Other modifiers (varchar(20) → varchar(40)) leave keys that refer to the column
            // alone.
            if (c.from.type.name != c.to.type.name || c.from.type.is_array != c.to.type.is_array) {
                add(DependencyKind::type, c.to.name);
            }
            if (!fits_alike(c.from.type, c.to.type)) add(DependencyKind::expression, c.to.name);
            if (object::is_retyped(c)) add(DependencyKind::exact_type, c.to.name);
            if (object::is_rewritten(c)) add(DependencyKind::values, c.to.name);
            // Values of quite another sort, for the moment.
            if (c.from.interim != c.to.interim) add(DependencyKind::column, c.to.name);
        },
        [&](Drop<object::Column> const& c) { add(DependencyKind::column, c.object.name); },
        [&](object::ReplaceColumn const& c) { add(DependencyKind::column, c.to.name); },
        [](Create<object::PrimaryKey> const&) {}, [](Alter<object::PrimaryKey> const&) {},
        [&](Drop<object::PrimaryKey> const& c) {
            add(DependencyKind::key, object::key_columns(c.object.columns));
            out.insert({ObjectKind::index, {table.schema, c.object.name}, DependencyKind::key});
            out.insert({ObjectKind::index, {table.schema, c.object.name}});
        },
        [](Alter<object::TableDetails> const&) {});
}

/// Which index a foreign key stands on, only the database knows. Of the primary key and others on
/// the same columns it is the primary key, which is made with the table.
void disturb(object::Index const& dropped, Schema const& from, Invalidated& out) {
    if (!dropped.is_unique) return;
    out.insert({ObjectKind::index, dropped.name, DependencyKind::key});
    std::vector<std::string> columns{};
    for (auto const& column : dropped.columns) columns.push_back(column.name);
    auto const key = object::key_columns(std::move(columns));
    auto const* const table = from.tables.find(dropped.table);
    if (table != nullptr && table->primary_key &&
        object::key_columns(table->primary_key->columns) == key) {
        return;
    }
    out.insert({ObjectKind::table, dropped.table, DependencyKind::key, key});
}

/// The column that PostgreSQL changes together with that of a parent; empty if it does not.
std::string_view column_of_heirs(object::TableChange const& change) {
    return match(
        change, [](Alter<object::Column> const& c) { return std::string_view{c.from.name}; },
        [](Drop<object::Column> const& c) { return std::string_view{c.object.name}; },
        [](object::ReplaceColumn const& c) { return std::string_view{c.from.name}; },
        [](auto const&) { return std::string_view{}; });
}

void disturb_heirs(object::TableChange const& change, object::Table const& parent,
                   Schema const& from, Invalidated& out) {
    auto const column = column_of_heirs(change);
    if (column.empty()) return;
    auto const is_kept = std::holds_alternative<Alter<object::Column>>(change);
    for (auto const& name : parent.heirs) {
        auto const* const heir = from.tables.find(name);
        auto const* const own = heir == nullptr ? nullptr : find_column(*heir, column);
        if (own != nullptr && (is_kept || own->is_inherited)) disturb(change, name, out);
    }
}

/// Those with columns that are only included.
using Covering = std::vector<object::Index const*>;

Covering covering_indexes(Schema const& schema) {
    Covering covering{};
    for (auto const& [name, index] : schema.indexes) {
        if (index.details && !index.details->included.empty()) covering.push_back(&index);
    }
    return covering;
}

/// What PostgreSQL makes anew of a key with an included column, foreign keys must let go of; and of
/// one that goes with the column of a parent.
void disturb_keys(std::string_view column, bool is_kept, object::Table const& table,
                  Covering const& covering, Invalidated& out) {
    auto const has = [&](std::vector<std::string> const& names) {
        return std::find(names.begin(), names.end(), column) != names.end();
    };
    auto const add = [&](std::string const& name) {
        out.insert({ObjectKind::index, {table.name.schema, name}, DependencyKind::key});
    };
    auto const& key = table.primary_key;
    if (key && key->details && (has(key->details->included) || (!is_kept && has(key->columns)))) {
        add(key->name);
        if (!is_kept) out.insert({ObjectKind::index, {table.name.schema, key->name}});
    }
    if (!is_kept) return;  // other indexes are dropped, and are seeds by themselves
    for (auto const* const index : covering) {
        if (index->table == table.name && has(index->details->included)) add(index->name.name);
    }
}

void disturb_keys(object::TableChange const& change, object::Table const& table, Schema const& from,
                  Covering const& covering, Invalidated& out) {
    auto const column = column_of_heirs(change);
    if (column.empty()) return;
    auto const* const alter = std::get_if<Alter<object::Column>>(&change);
    if (alter != nullptr && !object::is_rewritten(*alter)) return;
    disturb_keys(column, alter != nullptr, table, covering, out);
    for (auto const& name : table.heirs) {
        auto const* const heir = from.tables.find(name);
        if (heir != nullptr) disturb_keys(column, alter != nullptr, *heir, covering, out);
    }
}

/// What is dropped while a definition comes to have its name, such as a table that becomes a view:
/// what stands on it stays, on the other.
template <class T>
void disturb_replaced(Step const& step, Steps const& all, Invalidated& out) {
    auto const* const drop = std::get_if<Drop<T>>(&step);
    if (drop == nullptr) return;
    auto const reference = self(drop->object);
    auto const is_replaced = std::ranges::any_of(all, [&](Step const& other) {
        auto const* const create = std::get_if<Create<object::Definition>>(&other);
        return create != nullptr && create->object.id == reference;
    });
    if (is_replaced) out.insert(reference);
}

Invalidated disturbed(Schema const& from, Steps const& steps) {
    Invalidated out{};
    auto const covering = covering_indexes(from);
    for (auto const& step : steps) {
        if (auto const* const alter = std::get_if<Alter<object::Table>>(&step)) {
            for (auto const& change : alter->changes()) {
                disturb(change, alter->from.name, out);
                disturb_heirs(change, alter->from, from, out);
                disturb_keys(change, alter->from, from, covering, out);
            }
        } else if (auto const* const drop = std::get_if<Drop<object::Index>>(&step)) {
            disturb(drop->object, from, out);
        } else if (auto const* const rebuild = std::get_if<RebuildEnum>(&step)) {
            out.insert(self(rebuild->from));
            for (auto const& column : rebuild->columns) {
                for (auto const aspect : {DependencyKind::type, DependencyKind::expression,
                                          DependencyKind::exact_type, DependencyKind::values})
                    out.insert({ObjectKind::table, column.table, aspect, column.column});
                if (auto const* const table = from.tables.find(column.table))
                    disturb_keys(column.column, true, *table, covering, out);
            }
        } else if (auto const* const definition = std::get_if<Drop<object::Definition>>(&step)) {
            out.insert(self(definition->object));
        } else if (auto const* const change = std::get_if<Alter<object::Definition>>(&step)) {
            auto const lost = lost_parts(change->from, change->to);
            out.insert(lost.begin(), lost.end());
        } else if (auto const* const key = std::get_if<Drop<object::ForeignKey>>(&step)) {
            out.insert(self(key->object));
        }
        if (auto const* const index = std::get_if<Drop<object::Index>>(&step)) {
            out.insert(self(index->object));
        }
        disturb_replaced<object::Table>(step, steps, out);
        disturb_replaced<object::Enum>(step, steps, out);
    }
    return out;
}

bool relies_on(object::References const& needed, Invalidated const& seeds) {
    return std::any_of(needed.begin(), needed.end(),
                       [&](ObjectRef const& r) { return seeds.contains(r); });
}

/// A definition uses a column with the very type that it has; what is dropped takes its columns
/// along.
bool relies_on(object::Definition const& object, Invalidated const& seeds) {
    if (object.definition_kind->is_restored) return false;  // see schema/attached
    auto const needed = references(object);
    return std::any_of(needed.begin(), needed.end(), [&](ObjectRef const& r) {
        if (seeds.contains(r)) return true;
        if (r.aspect != DependencyKind::column) return false;
        if (seeds.contains({r.kind, r.name})) return true;
        // PostgreSQL makes statistics anew, but without their target.
        auto const is_rebuilt = object.definition_kind->is_rebuilt;
        if (is_rebuilt && object.facts.empty()) return false;
        auto const aspect = is_rebuilt ? DependencyKind::values : DependencyKind::exact_type;
        return seeds.contains({r.kind, r.name, aspect, r.part});
    });
}

template <class T>
bool relies_on(T const& object, Invalidated const& seeds) {
    auto const held_by = owner(object);
    return relies_on(references(object), seeds) || (held_by && seeds.contains(*held_by));
}

/// It is changed by stages already, or will be.
template <class T>
bool has_stages(Alter<T> const& step, Invalidated const& seeds) {
    if constexpr (std::same_as<T, object::Definition>)
        return step.from.is_loose || step.to.is_loose || can_let_go(step.from, seeds);
    return false;
}

/// A change in place does not survive the loss of what the object stands on.
template <class T>
void recreate_renamed(Invalidated const& seeds, Steps& steps, Invalidated& more_seeds) {
    Steps more{};
    for (auto& step : steps) {
        auto const* const alter = std::get_if<Alter<T>>(&step);
        if (alter == nullptr || !relies_on(alter->from, seeds) || has_stages(*alter, seeds)) {
            continue;
        }
        more.push_back(Create<T>{alter->to});
        more_seeds.insert(self(alter->from));
        step = Step{Drop<T>{alter->from}};
    }
    steps.insert(steps.end(), more.begin(), more.end());
}

/// A partial index that the schema file does not know, because it may say no conditions, stays as
/// it is, and so it is made anew as it was, if all its columns stay.
template <class T>
T const* kept_as_it_was(T const& object, Schema const& to) {
    if constexpr (std::same_as<T, object::Index>) {
        auto const* const table = to.tables.find(object.table);
        if (!object.is_spared || table == nullptr) return nullptr;
        auto const needed = references(object);
        auto const stays = std::all_of(needed.begin(), needed.end(), [&](ObjectRef const& r) {
            return r.part.empty() || find_column(*table, r.part) != nullptr;
        });
        return stays ? &object : nullptr;
    }
    return nullptr;
}

/// By letting go of the routines that are made anew it can stay; false if it cannot.
template <class T>
bool stays_by_parts(T const& object, T const& after, Invalidated const& seeds, Steps& steps) {
    if constexpr (std::same_as<T, object::Definition>) {
        drop_changes(object, steps);
        if (!can_let_go(object, seeds)) return false;
        auto stages = in_stages(object, after);
        std::move(stages.begin(), stages.end(), std::back_inserter(steps));
        return true;
    }
    return false;
}

/// What was recreated is a seed again.
template <class T>
void recreate(Objects<T> const& from, Objects<T> const& to, Schema const& all,
              Invalidated const& seeds, Steps& steps, Invalidated& more) {
    if (T::holds_data || seeds.empty()) {
        return;
    }
    recreate_renamed<T>(seeds, steps, more);
    for (auto const& [name, object] : from) {
        auto const* after = to.find(name);
        if (after == nullptr) after = kept_as_it_was(object, all);
        if (!relies_on(object, seeds) || after == nullptr || is_dropped(steps, object)) {
            continue;
        }
        if (stays_by_parts(object, *after, seeds, steps)) continue;
        steps.push_back(Drop<T>{object});
        if (!is_created(steps, *after)) steps.push_back(Create<T>{*after});
        more.insert(self(object));
    }
}

}  // namespace

Steps cascade(Schema const& from, Schema const& to, Steps steps) {
    auto const may_let_go = relies_on_others(from);
    auto const asked = may_let_go ? steps : Steps{};
    if (may_let_go) steps = let_tables_go(from, to, asked, std::move(steps));
    auto seeds = disturbed(from, steps);
    for (;;) {
        Invalidated more{};
        for_each_kind(
            [&](auto member) { recreate(from.*member, to.*member, to, seeds, steps, more); });
        auto const known = seeds.size();
        seeds.merge(more);
        // Nothing but definitions stands on what was recreated.
        if (seeds.size() == known || from.definitions.empty()) return steps;
        steps = let_tables_go(from, to, asked, std::move(steps));
        seeds.merge(disturbed(from, steps));
    }
}

}  // namespace cm::schema
