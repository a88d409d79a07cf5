// See owned_sequences.hpp.
#include "schema/owned_sequences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/contains.hpp"
#include "object/definition/kinds.hpp"
#include "schema/step_list.hpp"

namespace cm::schema {
namespace {

using object::Definition;
using object::DependencyKind;
using object::ObjectKind;
using object::ObjectRef;
using Names = std::set<sql::QualifiedName>;

/// A column, by its table.
using ColumnPlace = std::pair<sql::QualifiedName, std::string>;

std::map<sql::QualifiedName, ColumnPlace> owners(Schema const& schema) {
    std::map<sql::QualifiedName, ColumnPlace> result{};
    for (auto const& [name, table] : schema.tables) {
        for (auto const& column : table.columns) {
            if (!column.details || !column.details->sequence ||
                object::is_identity(column.details->numbering))
                continue;
            result.emplace(column.details->sequence->name, ColumnPlace{name, column.name});
        }
    }
    return result;
}

ObjectRef sequence_ref(sql::QualifiedName const& name) {
    return {ObjectKind::table, name};
}

/// Others count with it, too, and have to let go of it before it goes.
bool is_shared(ColumnPlace const& place, Schema const& side) {
    auto const* const column = find_column(*side.tables.find(place.first), place.second);
    auto const* const held = column->default_value
                                 ? std::get_if<object::AutoIncrement>(&*column->default_value)
                                 : nullptr;
    return held != nullptr && held->is_shared;
}

Names disputed(Schema const& from, Schema const& to) {
    Names names{};
    auto const before = owners(from), after = owners(to);
    auto const add = [&](auto const& mine, auto const& others, Schema const& other) {
        for (auto const& [name, place] : mine) {
            auto const found = others.find(name);
            auto const is_elsewhere = found != others.end() && found->second != place;
            if (is_elsewhere || other.definitions.find(sequence_ref(name)) != nullptr)
                names.insert(name);
        }
    };
    add(before, after, to);
    add(after, before, from);
    for (auto const& [name, place] : before) {
        if (!after.contains(name) && is_shared(place, from)) names.insert(name);
    }
    return names;
}

std::string address_of(sql::QualifiedName const& name) {
    return sql::quote(name);
}

Definition sequence_of(object::OwnedSequence const& sequence) {
    Definition result{.definition_kind = &object::sequence_kind, .id = sequence_ref(sequence.name)};
    result.address = address_of(sequence.name);
    result.facts = {{"AS", sequence.type},
                    {"INCREMENT BY", sequence.increment},
                    {"MINVALUE", sequence.minimum},
                    {"MAXVALUE", sequence.maximum},
                    {"START WITH", sequence.start},
                    {"CACHE", sequence.cache},
                    {"CYCLE", sequence.is_cyclic ? "yes" : "no"},
                    {"LOGGED", sequence.is_unlogged ? "no" : "yes"}};
    return result;
}

Definition owner_of(sql::QualifiedName const& sequence, ColumnPlace const& place) {
    auto const& [table, column] = place;
    Definition result{.definition_kind = &object::sequence_owner_kind,
                      .id = {ObjectKind::sequence_owner, sequence}};
    result.address = address_of(sequence);
    result.text = fmt::format("{}.{}", sql::quote(table), sql::quote_identifier(column));
    result.shape = {sequence.schema, sequence.name, table.schema, table.name, column};
    result.uses = result.definition_kind->uses(result);
    return result;
}

/// In the other side's words, if it has some: the column's default there.
void name_sequence(object::Column& column, object::Column const* other) {
    auto& details = *column.details;
    auto const sequence = details.sequence->name;
    details.sequence.reset();
    if (details.numbering != object::Numbering::by_sequence) return;
    details.numbering = object::Numbering::none;
    if (other != nullptr && other->details && other->details->default_value &&
        other->details->default_value->find(sequence.name) != std::string::npos) {
        details.default_value = other->details->default_value;
        column.default_value = other->default_value;
        return;
    }
    auto const text =
        fmt::format("nextval({}::regclass)", sql::quote_literal(sql::quote(sequence)));
    details.default_value = text;
    column.default_value = sql::column_default(text, column.type);
}

bool is_named_in(Definition const& object, std::string const& name) {
    return object.text.find(name) != std::string::npos ||
           std::any_of(object.facts.begin(), object.facts.end(), [&](auto const& fact) {
               return fact.second.find(name) != std::string::npos;
           });
}

/// Who else counts with the sequence relied on its column so far.
void rely_on_sequence(Schema& schema, sql::QualifiedName const& name, ColumnPlace const& place) {
    auto const column = sequence_ref(place.first), sequence = sequence_ref(name);
    for (auto const& [table_name, unused] : schema.tables) {
        auto& table = *schema.tables.find(table_name);
        auto uses = table.column_uses;
        std::erase_if(uses, [&](object::ColumnUse const& use) {
            auto const* const user = find_column(table, use.column);
            return !use.is_of_expression || use.on != column || user == nullptr || !user->details ||
                   user->details->default_value.value_or("").find(name.name) == std::string::npos;
        });
        for (auto const& use : uses) {
            table.column_uses.push_back({use.column, true, sequence});
            table.uses.push_back(sequence);
        }
    }
    for (auto const& [id, unused] : schema.definitions) {
        auto& object = *schema.definitions.find(id);
        if (cm::contains(object.uses, column) && is_named_in(object, name.name))
            object.uses.push_back(sequence);
    }
}

/// `other` is the side that says it already, or will.
void part(Schema& schema, Schema const& other, Names const& names) {
    for (auto const& [name, place] : owners(schema)) {
        if (!names.contains(name)) continue;
        auto& table = *schema.tables.find(place.first);
        auto const* const there = other.tables.find(place.first);
        for (auto& column : table.columns) {
            if (column.name != place.second) continue;
            schema.definitions.add(sequence_of(*column.details->sequence));
            name_sequence(column, there == nullptr ? nullptr : find_column(*there, column.name));
        }
        rely_on_sequence(schema, name, place);
        schema.definitions.add(owner_of(name, place));
        table.uses.push_back(sequence_ref(name));
    }
}

}  // namespace

bool has_sequences_to_part(Schema const& from, Schema const& to) {
    return from.is_whole && to.is_whole && !disputed(from, to).empty();
}

void part_sequences(Schema& from, Schema& to) {
    auto const names = disputed(from, to);
    auto const before = from;
    part(from, to, names);
    part(to, before, names);
}

}  // namespace cm::schema
