// See step_effects.hpp.
#include "schema/step_effects.hpp"

#include <algorithm>

#include "base/stopover.hpp"
#include "schema/logging.hpp"
#include "schema/stages.hpp"

namespace cm::schema {
namespace {

using object::ObjectKind;
using object::ObjectRef;

template <class T>
sql::QualifiedName relation_name(T const& object) {
    if constexpr (requires { object.name.schema; }) {
        return object.name;
    } else if constexpr (std::same_as<T, object::Definition>) {
        if (object.definition_kind->has_index) return {object.id.name.schema, object.id.part};
        auto const has_type =
            object.id.kind == ObjectKind::table || object.id.kind == ObjectKind::enum_;
        return has_type ? object.id.name : sql::QualifiedName{};
    } else {
        return {};  // a name of another name space
    }
}

/// The constraints of a table have names that no two share.
sql::QualifiedName name_in(sql::QualifiedName const& table, std::string const& name) {
    return {table.schema + "\n" + table.name, name};
}

template <class T>
sql::QualifiedName constraint_name(T const& object) {
    if constexpr (std::same_as<T, object::ForeignKey>) {
        return name_in(object.name.table, object.name.name);
    } else if constexpr (std::same_as<T, object::Index>) {
        if (object.is_constraint) return name_in(object.table, object.name.name);
    } else if constexpr (std::same_as<T, object::Definition>) {
        auto const& id = object.id;
        if (id.kind == ObjectKind::constraint) return name_in(id.name, id.part);
    }
    return {};
}

template <class T>
std::vector<sql::QualifiedName> names_of(T const& object) {
    return {relation_name(object), constraint_name(object)};
}

template <class T>
std::vector<ObjectRef> provided(T const& object) {
    std::vector<ObjectRef> all{self(object)};
    if constexpr (std::same_as<T, object::Definition>) {
        if (!object.definition_kind->stands_for_routine) return all;
        std::copy_if(object.uses.begin(), object.uses.end(), std::back_inserter(all),
                     [](ObjectRef const& it) { return it.kind == ObjectKind::routine; });
    }
    return all;
}

template <class T>
Effects effects(Create<T> const& step) {
    Effects result{.provides = provided(step.object),
                   .needs = references(step.object),
                   .takes = names_of(step.object)};
    if constexpr (std::same_as<T, object::Index>) {
        if (!step.object.details) return result;
        auto const& parts = step.object.details->made_parts;
        result.takes.insert(result.takes.end(), parts.begin(), parts.end());
    }
    return result;
}

/// What `from` relied on and `to` does not.
template <class T>
std::vector<ObjectRef> let_go(T const& from, T const& to) {
    auto const left = references(to);
    auto gone = references(from);
    std::erase_if(gone, [&](ObjectRef const& it) {
        return std::find(left.begin(), left.end(), it) != left.end();
    });
    return gone;
}

/// The table, and those whose columns change with its own.
std::vector<sql::QualifiedName> with_heirs(Alter<object::Table> const& step) {
    std::vector<sql::QualifiedName> tables{step.from.name};
    for (auto const* const table : {&step.from, &step.to})
        tables.insert(tables.end(), table->heirs.begin(), table->heirs.end());
    std::sort(tables.begin() + 1, tables.end());
    tables.erase(std::unique(tables.begin() + 1, tables.end()), tables.end());
    return tables;
}

/// PostgreSQL makes a key anew under the type of a column that it includes, if no foreign key
/// relies on it.
void add_rebuilt_key(object::Table const& table, std::string const& column, Effects& effects) {
    auto const& key = table.primary_key;
    if (!key || !object::has_column(*key, column)) return;
    effects.completes.push_back(
        {ObjectKind::index, {table.name.schema, key->name}, object::DependencyKind::key});
}

template <class T>
void add_completed(Alter<T> const& step, Effects& effects) {
    if constexpr (std::same_as<T, object::Table>) {
        auto const add = [&](std::string const& column) {
            for (auto const& table : with_heirs(step)) {
                effects.completes.push_back(
                    {ObjectKind::table, table, object::DependencyKind::column, column});
            }
        };
        for (auto const& change : step.changes()) {
            match(
                change, [&](Create<object::Column> const& c) { add(c.object.name); },
                [&](object::ReplaceColumn const& c) { add(c.to.name); },
                [&](Alter<object::Column> const& c) {
                    if (!object::is_retyped(c)) return;
                    add(c.to.name);
                    add_rebuilt_key(step.to, c.to.name, effects);
                },
                [&](Create<object::PrimaryKey> const& c) {
                    effects.provides.push_back(
                        {ObjectKind::index, {step.to.name.schema, c.object.name}});
                },
                [](auto const&) {});
        }
    }
}

/// What single columns rely on no more.
template <class T>
void add_let_go_columns(Alter<T> const& step, Effects& effects) {
    if constexpr (std::same_as<T, object::Table>) {
        auto const& left = step.to.column_uses;
        for (auto const& use : step.from.column_uses) {
            if (std::find(left.begin(), left.end(), use) == left.end())
                effects.lets_go.push_back(use.on);
        }
    }
}

/// One of several changes of an object (schema/stages). Others find it there all the time.
template <class T>
Effects stage_effects(Alter<T> const& step) {
    if (is_loosening(step)) {
        Effects result{.needed_before = references(step.from),
                       .lets_go = let_go(step.from, step.to)};
        add_let_go_columns(step, result);
        return result;
    }
    Effects result{.needs = references(step.to), .needed_before = let_go(step.from, step.to)};
    add_completed(step, result);
    return result;
}

/// What needs a logged table lets go of it before that is logged no more, or comes when it is.
template <class T>
void add_logging(Alter<T> const& step, Effects& effects) {
    if constexpr (std::same_as<T, object::Table>) {
        auto const &from = step.from.details, &to = step.to.details;
        if (!from || !to || from->is_unlogged == to->is_unlogged) return;
        (to->is_unlogged ? effects.disturbs : effects.provides).push_back(logging_of(step.to.name));
    } else if constexpr (std::same_as<T, object::Definition>) {
        if (!step.from.definition_kind->needs_logged_tables) return;
        for (auto const& used : step.from.uses) {
            if (used.kind == ObjectKind::table)
                effects.needed_before.push_back(logging_of(used.name));
        }
    }
}

template <class T>
Effects effects(Alter<T> const& step) {
    if (is_loosening(step) || is_tightening(step)) return stage_effects(step);
    if constexpr (std::same_as<T, object::Table>) {
        if (gets_last_name(step))
            return {.provides = {
                        {ObjectKind::index, {step.to.name.schema, step.to.primary_key->name}}}};
    }
    Effects result{.provides = {self(step.to)},
                   .needs = references(step.to),
                   .needed_before = references(step.from)};
    add_logging(step, result);
    if constexpr (std::same_as<T, object::Table>) {
        if (!step.from.heirs.empty()) add_completed(step, result);
    }
    if (key(step.from) != key(step.to)) {
        // What belongs to it goes from the one name before, and comes to the other afterwards.
        if constexpr (std::same_as<T, object::Definition>) result.removes = {self(step.from)};
        result.takes = names_of(step.to);
        result.frees = names_of(step.from);
        if constexpr (requires { step.from.name.name; }) {
            if (is_stopover(step.from.name.name)) result.needs.push_back(self(step.from));
        }
    }
    return result;
}

template <class T>
Effects effects(Drop<T> const& step) {
    return {.removes = {self(step.object)},
            .needed_before = references(step.object),
            .frees = names_of(step.object)};
}

Effects effects(RebuildEnum const& step) {
    Effects result{.provides = {self(step.to)}};
    for (auto const& column : step.columns) {
        for (auto const aspect :
             {object::DependencyKind::type, object::DependencyKind::expression}) {
            result.disturbs.push_back({ObjectKind::table, column.table, aspect, column.column});
        }
        result.frees_first.push_back(
            {ObjectKind::table, column.table, object::DependencyKind::column, column.column});
    }
    result.frees_first.push_back(self(step.from));
    return result;
}

// Done before all else: schema/rank.

Effects effects(ExchangeJoinColumns const& /*step*/) {
    return {};
}

Effects effects(RenameTable const& /*step*/) {
    return {};
}

Effects effects(RenameEnum const& /*step*/) {
    return {};
}

Effects effects(RenameDefinition const& /*step*/) {
    return {};
}

Effects effects(RenameNamespace const& /*step*/) {
    return {};
}

std::vector<sql::QualifiedName> key_name(object::Table const& table) {
    if (!table.primary_key) return {};
    return {{table.name.schema, table.primary_key->name}};
}

void add_constraint_name(object::Table const& table, std::vector<sql::QualifiedName>& names) {
    if (table.primary_key) names.push_back(name_in(table.name, table.primary_key->name));
}

/// The index of a primary key has a name among those of tables.
void add_key_names(Step const& step, Effects& effects) {
    std::vector<sql::QualifiedName> old{}, now{};
    if (auto const* const create = std::get_if<Create<object::Table>>(&step)) {
        now = key_name(create->object);
    } else if (auto const* const drop = std::get_if<Drop<object::Table>>(&step)) {
        old = key_name(drop->object);
    } else if (auto const* const alter = std::get_if<Alter<object::Table>>(&step)) {
        old = key_name(alter->from);
        now = key_name(alter->to);
    }
    if (old == now) return;
    // What belongs to the key waits for it.
    for (auto const& name : now) effects.provides.push_back({ObjectKind::index, name});
    if (auto const* const alter = std::get_if<Alter<object::Table>>(&step)) {
        add_constraint_name(alter->from, old);
        add_constraint_name(alter->to, now);
    }
    effects.frees.insert(effects.frees.end(), old.begin(), old.end());
    effects.takes.insert(effects.takes.end(), now.begin(), now.end());
}

}  // namespace

void add_changed_columns(Alter<object::Table> const& step, Effects& effects) {
    auto const add = [&](std::string const& column) {
        for (auto const& table : with_heirs(step)) {
            effects.frees_first.push_back(
                {ObjectKind::table, table, object::DependencyKind::column, column});
        }
    };
    for (auto const& change : step.changes()) {
        match(
            change,
            [&](Alter<object::Column> const& c) {
                if (object::is_retyped(c)) add(c.from.name);
            },
            [&](Drop<object::Column> const& c) { add(c.object.name); },
            [&](object::ReplaceColumn const& c) { add(c.from.name); }, [](auto const&) {});
    }
}

ObjectRef whole(ObjectRef reference) {
    if (reference.aspect != object::DependencyKind::object) reference.part.clear();
    reference.aspect = object::DependencyKind::object;
    return reference;
}

Effects effects_of(Step const& step) {
    auto result = std::visit([](auto const& s) { return effects(s); }, step);
    add_key_names(step, result);
    return result;
}

bool gets_last_name(Alter<object::Table> const& step) {
    auto const& key = step.from.primary_key;
    return key && is_stopover(key->name);
}

}  // namespace cm::schema
