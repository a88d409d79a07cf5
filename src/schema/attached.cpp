// See attached.hpp.
#include "schema/attached.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "object/definition/kinds.hpp"
#include "object/definition/privileges.hpp"
#include "schema/step_list.hpp"
#include "sql/name.hpp"
#include "sql/statement_cursor.hpp"

namespace cm::schema {
namespace {

using object::Definition;
using object::Grantable;
using object::ObjectRef;

/// An object that a step makes, which need not be one that can be granted on.
struct Made {
    ObjectRef object{};
    std::optional<Grantable> on{};
    bool is_recreated{};  ///< as the same that it was
};

/// Privileges by what they are granted on: the object and, of a column, the sequence.
using Privileges = std::map<std::pair<ObjectRef, std::string>, Definition const*>;

Privileges privileges_of(Schema const& schema) {
    Privileges all{};
    for (auto const& [id, definition] : schema.definitions) {
        if (is_privileges(definition) && definition.owned_by)
            all.emplace(std::pair{*definition.owned_by, id.part}, &definition);
    }
    return all;
}

Definition const* find(Privileges const& all, ObjectRef const& object,
                       std::string const& sequence) {
    auto const found = all.find({object, sequence});
    return found == all.end() ? nullptr : found->second;
}

Made made_of_sort(ObjectRef const& object, std::string_view sort, std::string_view word,
                  bool is_recreated) {
    // That of a schema is a name without a schema.
    auto const name = object.name.name.empty() ? sql::quote_identifier(object.name.schema)
                                               : sql::quote(object.name);
    return {object, Grantable{object, {}, std::string{sort}, std::string{word} + " " + name},
            is_recreated};
}

/// An identity cannot take over the sequence of a default, nor a default that of an identity:
/// another one gets its name.
bool changes_sequence(object::Column const& from, object::Column const& to) {
    return object::are_exact(from, to) && from.details->sequence && to.details->sequence &&
           object::is_identity(from.details->numbering) !=
               object::is_identity(to.details->numbering);
}

/// The sequences of columns of `to` that `from`, of the same name, does not have, or only for a
/// column that is replaced or that gets another one.
void add_sequences(object::Table const* from, object::Table const& to,
                   std::set<std::string> const& replaced, Schema const& before,
                   std::vector<Made>& out) {
    std::set<sql::QualifiedName> kept{};
    auto const sequence_of = [](object::Column const& column) {
        return column.details ? column.details->sequence : std::nullopt;
    };
    if (from != nullptr) {
        for (auto const& column : from->columns) {
            auto const* const now = find_column(to, column.name);
            if (now != nullptr && changes_sequence(column, *now)) continue;
            if (auto const sequence = sequence_of(column);
                sequence && !replaced.contains(column.name))
                kept.insert(sequence->name);
        }
    }
    for (auto const& column : to.columns) {
        auto const sequence = sequence_of(column);
        if (!sequence || kept.contains(sequence->name)) continue;
        if (before.definitions.find({object::ObjectKind::table, sequence->name}) != nullptr)
            continue;  // one of its own becomes the column's
        auto each = made_of_sort({object::ObjectKind::table, sequence->name}, "SEQUENCES",
                                 "SEQUENCE", false);
        each.on->object = each.object = self(to);
        each.on->sequence = sequence->name.name;
        out.push_back(std::move(each));
    }
}

/// Both are functions, say. In the address of one stand the names of its arguments, too.
bool is_of_sort(Definition const& a, Definition const& b) {
    auto const word = [](Definition const& it) {
        return it.address.substr(0, it.address.find(' '));
    };
    return a.definition_kind == b.definition_kind && word(a) == word(b);
}

/// What is compared has no more privileges than the other side; of what is not, new objects get
/// what others get that are made in that database.
std::vector<Made> made_objects(Schema const& from, Schema const& to, Steps const& steps) {
    std::vector<Made> all{};
    auto const is_whole = from.is_whole && to.is_whole;
    for (auto const& step : steps) {
        match(
            step,
            [&](RebuildEnum const& s) {
                all.push_back(made_of_sort(self(s.to), "TYPES", "TYPE", true));
            },
            [&](Create<Definition> const& s) {
                auto const* const old = from.definitions.find(s.object.id);
                auto const is_same = old != nullptr && is_of_sort(*old, s.object);
                if (is_same || is_whole) all.push_back({s.object.id, grantable(s.object), is_same});
            },
            [&](Create<object::Enum> const& s) {
                if (is_whole) all.push_back(made_of_sort(self(s.object), "TYPES", "TYPE", false));
            },
            [&](Create<object::Namespace> const& s) {
                if (is_whole)
                    all.push_back(made_of_sort(self(s.object), "SCHEMAS", "SCHEMA", false));
            },
            [&](Create<object::Table> const& s) {
                if (!is_whole) return;
                all.push_back(made_of_sort(self(s.object), "TABLES", "TABLE", false));
                add_sequences(nullptr, s.object, {}, from, all);
            },
            [&](Alter<object::Table> const& s) {
                if (is_whole) add_sequences(&s.from, s.to, lost_columns(s).replaced, from, all);
            },
            [](auto const&) {});
    }
    return all;
}

bool is_for(Step const& step, ObjectRef const& id) {
    return match(
        step, [&](Create<Definition> const& s) { return s.object.id == id; },
        [&](Alter<Definition> const& s) { return s.to.id == id; },
        [&](Drop<Definition> const& s) { return s.object.id == id; },
        [](auto const&) { return false; });
}

/// In the place of the step that makes or changes the same privileges or comment; one that drops
/// them before stays, and goes with their object (prune_implied_drops).
void put_attached(Definition attached, Steps& steps) {
    auto const found = std::find_if(steps.begin(), steps.end(), [&](Step const& each) {
        return is_for(each, attached.id) && !std::holds_alternative<Drop<Definition>>(each);
    });
    if (found == steps.end()) {
        steps.push_back(Create<Definition>{std::move(attached)});
    } else {
        *found = Create<Definition>{std::move(attached)};
    }
}

/// From privileges to others, one of which may be none.
std::optional<Step> change_of_privileges(Definition const& from, Definition const& to) {
    if (from.facts == to.facts) return {};
    if (from.facts.empty()) return Create<Definition>{to};
    if (to.facts.empty()) return Drop<Definition>{from};
    return Alter<Definition>{from, to};
}

/// Those that a table loses with its parent.
LostColumns inherited_ones(LostColumns const& lost, object::Table const& heir) {
    LostColumns own{};
    for (auto const set : {&LostColumns::dropped, &LostColumns::replaced}) {
        for (auto const& name : lost.*set) {
            auto const* const column = find_column(heir, name);
            if (column != nullptr && column->is_inherited) (own.*set).insert(name);
        }
    }
    return own;
}

/// What goes in one of several changes of a table, and comes in another, is replaced.
void note_replaced(object::Table const& table, LostColumns& lost) {
    std::erase_if(lost.dropped, [&](std::string const& name) {
        if (find_column(table, name) == nullptr) return false;
        lost.replaced.insert(name);
        return true;
    });
}

std::map<ObjectRef, LostColumns> columns_lost_by_tables(Schema const& from, Schema const& to,
                                                        Steps const& steps) {
    std::map<ObjectRef, LostColumns> tables{};
    auto const add = [&](object::Table const& table, LostColumns lost) {
        if (lost.dropped.empty() && lost.replaced.empty()) return;
        tables[self(table)].dropped.merge(lost.dropped);
        tables[self(table)].replaced.merge(lost.replaced);
    };
    for (auto const& step : steps) {
        auto const* const alter = std::get_if<Alter<object::Table>>(&step);
        if (alter == nullptr) continue;
        auto const lost = lost_columns(*alter);
        add(alter->from, lost);
        for (auto const& name : alter->from.heirs) {
            auto const* const heir = from.tables.find(name);
            if (heir != nullptr) add(*heir, inherited_ones(lost, *heir));
        }
    }
    for (auto& [table, lost] : tables) {
        auto const* const now = to.tables.find(table.name);
        if (now != nullptr) note_replaced(*now, lost);
    }
    return tables;
}

/// What columns were granted goes with them, and is granted again on those in their place.
void settle_columns(Schema const& from, Schema const& to, Steps& steps) {
    auto const tables = columns_lost_by_tables(from, to, steps);
    if (tables.empty()) return;
    auto const had = privileges_of(from), has = privileges_of(to);
    for (auto const& [table, lost] : tables) {
        auto const* const before = find(had, table, {});
        if (before == nullptr) continue;
        auto const left = without_columns(without_columns(*before, lost.dropped), lost.replaced);
        if (left.facts.size() == before->facts.size()) continue;
        // Where the declaration says nothing of privileges, the target has the same as the origin.
        auto const* const after = find(has, table, {});
        auto wanted = after == nullptr ? *before : without_columns(*after, lost.dropped);
        if (after == nullptr) wanted.facts.clear();
        std::erase_if(steps, [&](Step const& step) { return is_for(step, left.id); });
        if (auto change = change_of_privileges(left, wanted)) steps.push_back(std::move(*change));
    }
}

/// Columns whose type or expression changes.
std::set<ObjectRef> rewritten_columns(Steps const& steps) {
    std::set<ObjectRef> all{};
    auto const add = [&](sql::QualifiedName const& table, std::string const& column) {
        all.insert({object::ObjectKind::table, table, object::DependencyKind::column, column});
    };
    for (auto const& step : steps) {
        if (auto const* const rebuild = std::get_if<RebuildEnum>(&step)) {
            for (auto const& column : rebuild->columns) add(column.table, column.column);
        }
        auto const* const alter = std::get_if<Alter<object::Table>>(&step);
        if (alter == nullptr) continue;
        for (auto const& change : alter->changes()) {
            auto const* const column = std::get_if<Alter<object::Column>>(&change);
            if (column != nullptr && is_rewritten(*column)) add(alter->to.name, column->to.name);
        }
    }
    return all;
}

/// What PostgreSQL itself makes again around a change belongs to whoever changes: statistics.
void add_rebuilt(Schema const& from, Schema const& to, Steps const& steps, std::vector<Made>& out) {
    std::set<ObjectRef> rewritten{};
    for (auto const& [id, ownership] : from.definitions) {
        if (!ownership.definition_kind->is_restored || !ownership.owned_by) continue;
        auto const* const object = from.definitions.find(*ownership.owned_by);
        if (object == nullptr || !object->definition_kind->is_rebuilt) continue;
        if (to.definitions.find(object->id) == nullptr) continue;
        if (rewritten.empty()) rewritten = rewritten_columns(steps);
        auto const is_rebuilt =
            std::any_of(object->uses.begin(), object->uses.end(),
                        [&](ObjectRef const& used) { return rewritten.contains(used); });
        if (is_rebuilt) out.push_back({object->id, {}, true});
    }
}

using Ownerships = std::map<ObjectRef, Definition const*>;

Ownerships ownerships_of(Schema const& from, std::vector<Made> const& made) {
    Ownerships all{};
    for (auto const& [id, definition] : from.definitions) {
        if (definition.definition_kind->is_restored && definition.owned_by)
            all.emplace(*definition.owned_by, &definition);
    }
    Ownerships needed{};
    for (auto const& each : made) {
        auto const found = each.is_recreated ? all.find(each.object) : all.end();
        if (found != all.end()) needed.insert(*found);
    }
    return needed;
}

/// Those of the target come after all that is made (create_rank), those that it lacks go before.
std::vector<Definition const*> lasting_default_privileges(Schema const& from, Schema const& to) {
    std::vector<Definition const*> all{};
    for (auto const& [id, definition] : from.definitions) {
        if (is_default_privileges(definition) && to.definitions.find(id) != nullptr)
            all.push_back(&definition);
    }
    return all;
}

/// Lets none of them have a part in what privileges there will be; and those of a sequence come
/// again with its column.
void restore_privileges(Schema const& from, Schema const& to, std::vector<Made> const& made,
                        Ownerships const& owners, Steps& steps) {
    auto const defaults = lasting_default_privileges(from, to);
    auto const wanted = privileges_of(to);
    for (auto const& each : made) {
        if (!each.on || (defaults.empty() && each.on->sequence.empty())) continue;
        auto const* const after = find(wanted, each.object, each.on->sequence);
        auto privileges = after == nullptr ? usual_privileges(*each.on) : *after;
        auto const owner = owners.find(each.object);
        for (auto const* const it : defaults) {
            if (!can_hold_for(*it, *each.on)) continue;
            withstand(privileges, *it, *each.on, owner == owners.end() ? nullptr : owner->second,
                      each.is_recreated);
        }
        if (!privileges.facts.empty()) put_attached(std::move(privileges), steps);
    }
}

/// The comment on a sequence goes with it, and comes to the one in its place.
void restore_sequence_comments(Schema const& to, Steps& steps) {
    std::set<sql::QualifiedName> sequences{};
    for (auto const& step : steps) {
        auto const* const alter = std::get_if<Alter<object::Table>>(&step);
        if (alter == nullptr) continue;
        for (auto const& column : alter->from.columns) {
            auto const* const now = find_column(alter->to, column.name);
            if (now != nullptr && changes_sequence(column, *now))
                sequences.insert(now->details->sequence->name);
        }
    }
    if (sequences.empty()) return;
    constexpr std::string_view sort = "SEQUENCE ";
    for (auto const& [id, comment] : to.definitions) {
        if (comment.definition_kind != &object::comment_kind || !comment.address.starts_with(sort))
            continue;
        auto const name =
            sql::StatementCursor(std::string_view{comment.address}.substr(sort.size()))
                .qualified_name();
        if (name && sequences.contains(*name)) put_attached(comment, steps);
    }
}

}  // namespace

Steps restore_attached(Schema const& from, Schema const& to, Steps steps) {
    if (from.definitions.empty()) return steps;
    settle_columns(from, to, steps);
    restore_sequence_comments(to, steps);
    auto made = made_objects(from, to, steps);
    add_rebuilt(from, to, steps, made);
    if (made.empty()) return steps;
    auto const owners = ownerships_of(from, made);
    for (auto const& [object, ownership] : owners) steps.push_back(Create<Definition>{*ownership});
    restore_privileges(from, to, made, owners, steps);
    return steps;
}

}  // namespace cm::schema
