// See cascade.hpp.
#include "schema/cascade.hpp"

#include <algorithm>
#include <set>

namespace cm::schema {
namespace {

using object::Aspect;
using object::ObjectKind;
using object::ObjectRef;
using Disturbed = std::set<ObjectRef>;

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

void disturb(object::TableChange const& change, sql::QualifiedName const& table, Disturbed& out) {
    auto const add = [&](Aspect aspect, std::string part) {
        out.insert({ObjectKind::table, table, aspect, std::move(part)});
    };
    match(
        change, [](Create<object::Column> const&) {},
        [&](Alter<object::Column> const& c) {
            // Other modifiers (varchar(20) → varchar(40)) leave keys that refer to the column
            // alone.
            if (c.from.type.name != c.to.type.name || c.from.type.is_array != c.to.type.is_array) {
                add(Aspect::type, c.to.name);
            }
            if (!fits_alike(c.from.type, c.to.type)) add(Aspect::expression, c.to.name);
        },
        [&](Drop<object::Column> const& c) { add(Aspect::column, c.object.name); },
        [&](object::ReplaceColumn const& c) { add(Aspect::column, c.to.name); },
        [](Create<object::PrimaryKey> const&) {}, [](Alter<object::PrimaryKey> const&) {},
        [&](Drop<object::PrimaryKey> const& c) {
            add(Aspect::key, object::key_columns(c.object.columns));
            out.insert({ObjectKind::index, {table.schema, c.object.name}, Aspect::key});
        });
}

/// Which index a foreign key stands on, only the database knows. Of the primary key and others on
/// the same columns it is the primary key, which is made with the table.
void disturb(object::Index const& dropped, Schema const& from, Disturbed& out) {
    if (!dropped.is_unique) return;
    out.insert({ObjectKind::index, dropped.name, Aspect::key});
    std::vector<std::string> columns{};
    for (auto const& column : dropped.columns) columns.push_back(column.name);
    auto const key = object::key_columns(std::move(columns));
    auto const* const table = from.tables.find(dropped.table);
    if (table != nullptr && table->primary_key &&
        object::key_columns(table->primary_key->columns) == key) {
        return;
    }
    out.insert({ObjectKind::table, dropped.table, Aspect::key, key});
}

Disturbed disturbed(Schema const& from, Steps const& steps) {
    Disturbed out{};
    for (auto const& step : steps) {
        if (auto const* const alter = std::get_if<Alter<object::Table>>(&step)) {
            for (auto const& change : alter->changes()) {
                disturb(change, alter->from.name, out);
            }
        } else if (auto const* const drop = std::get_if<Drop<object::Index>>(&step)) {
            disturb(drop->object, from, out);
        } else if (auto const* const rebuild = std::get_if<RebuildEnum>(&step)) {
            for (auto const& column : rebuild->columns) {
                out.insert({ObjectKind::table, column.table, Aspect::type, column.column});
                out.insert({ObjectKind::table, column.table, Aspect::expression, column.column});
            }
        }
    }
    return out;
}

template <class T>
bool is_dropped(Steps const& steps, T const& object) {
    return std::any_of(steps.begin(), steps.end(), [&](Step const& step) {
        auto const* const drop = std::get_if<Drop<T>>(&step);
        return drop != nullptr && key(drop->object) == key(object);
    });
}

bool relies_on(object::References const& needed, Disturbed const& seeds) {
    return std::any_of(needed.begin(), needed.end(),
                       [&](ObjectRef const& r) { return seeds.contains(r); });
}

/// A rename does not survive the loss of what the object stands on.
template <class T>
void recreate_renamed(Disturbed const& seeds, Steps& steps) {
    Steps more{};
    for (auto& step : steps) {
        auto const* const alter = std::get_if<Alter<T>>(&step);
        if (alter == nullptr || !relies_on(references(alter->from), seeds)) {
            continue;
        }
        more.push_back(Create<T>{alter->to});
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

template <class T>
void recreate(Objects<T> const& from, Objects<T> const& to, Schema const& all,
              Disturbed const& seeds, Steps& steps) {
    if (T::holds_data || seeds.empty()) {
        return;
    }
    recreate_renamed<T>(seeds, steps);
    for (auto const& [name, object] : from) {
        auto const* after = to.find(name);
        if (after == nullptr) after = kept_as_it_was(object, all);
        if (!relies_on(references(object), seeds) || after == nullptr ||
            is_dropped(steps, object)) {
            continue;
        }
        steps.push_back(Drop<T>{object});
        steps.push_back(Create<T>{*after});
    }
}

}  // namespace

Steps cascade(Schema const& from, Schema const& to, Steps steps) {
    auto const seeds = disturbed(from, steps);
    for_each_kind([&](auto member) { recreate(from.*member, to.*member, to, seeds, steps); });
    return steps;
}

}  // namespace cm::schema
