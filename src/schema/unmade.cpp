// See unmade.hpp.
#include "schema/unmade.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "object/definition/privileges.hpp"
#include "schema/definitions.hpp"
#include "schema/owners_rights.hpp"
#include "schema/undeclared_indexes.hpp"
#include "sql/name.hpp"
#include "sql/token.hpp"

namespace cm::schema {
namespace {

template <class T>
concept HasUnmadeDetails = requires(T& made, T const& actual) {
    take_unmade(made, actual);
};

/// What never counts, and is not given back either.
template <class T>
concept HasForgottenDetails = requires(T& made) {
    forget_unmade(made);
};

/// What no migration made at all is what a declaration could make of it.
template <class T>
void keep_details(Objects<T>& made, Objects<T>& actual) {
    if constexpr (HasForgottenDetails<T>) {
        for (auto const& [name, object] : actual) {
            if (auto* const same = made.find(name)) {
                forget_unmade(*same);
            } else {
                drop_details(*actual.find(name));
            }
        }
    }
    if constexpr (HasUnmadeDetails<T>) {
        for (auto const& [name, object] : actual) {
            if (auto* const same = made.find(name)) {
                take_unmade(*same, object);
            } else {
                drop_details(*actual.find(name));
            }
        }
    }
}

template <class T>
void take_details(Objects<T>& made, Objects<T> const& actual) {
    if constexpr (HasUnmadeDetails<T>) {
        for (auto const& [name, object] : actual) {
            if (auto* const same = made.find(name)) take_unmade(*same, object);
        }
    }
}

/// Those that cannot stay with what is made would be dropped with what they stand on.
void drop_unmade_indexes(Schema const& made, Schema& actual) {
    std::vector<sql::QualifiedName> gone{};
    for (auto const& [name, index] : actual.indexes) {
        if (is_detail(index) && made.indexes.find(name) == nullptr) gone.push_back(name);
    }
    for (auto const& name : gone) actual.indexes.remove(name);
}

/// Privileges that were granted beside those of the migrations stay with them.
void keep_facts(object::Definition& made, object::Definition const& actual) {
    auto const is_new = [&](object::Fact const& it) { return fact(made, it.first).empty(); };
    std::copy_if(actual.facts.begin(), actual.facts.end(), std::back_inserter(made.facts), is_new);
    std::sort(made.facts.begin(), made.facts.end());
}

void note_unmade_facts(object::Definition& made, object::Definition const& actual) {
    for (auto const& [name, value] : actual.facts) {
        if (fact(made, name).empty()) made.unmade_facts.insert(name);
    }
}

/// An owner has all rights without being granted any. Who owns a schema is not known.
void drop_rights_of_owners(Schema& made, Schema const& actual, std::string const& reader) {
    auto const owners = named_owners(actual);
    std::vector<object::ObjectRef> empty{};
    for (auto const& [id, definition] : made.definitions) {
        auto const& on = definition.owned_by;
        if (!object::is_privileges(definition) || !on) continue;
        auto const* const same = actual.definitions.find(id);
        auto const found = owners.find(*on);
        auto const& owner = found == owners.end() ? reader : found->second;
        auto& facts = made.definitions.find(id)->facts;
        std::erase_if(facts, [&](object::Fact const& it) {
            auto const is_gone = same == nullptr || fact(*same, it.first).empty();
            return is_gone &&
                   (on->kind == object::ObjectKind::namespace_ || it.first.ends_with("\n" + owner));
        });
        if (facts.empty() && same == nullptr) empty.push_back(id);
    }
    for (auto const& id : empty) made.definitions.remove(id);
}

/// Is it `made` under another name?
bool is_renamed(object::Index& made, object::Index const& actual) {
    if (made.table != actual.table) return false;
    auto known = made;
    take_unmade(known, actual);
    if (!renamed(actual, known)) return false;
    made = std::move(known);
    return true;
}

bool is_renamed(object::Definition& made, object::Definition const& actual) {
    return renamed(actual, made);
}

/// What somebody has given another name is nothing new.
template <class T>
std::vector<T> take_renamed(Objects<T>& made, Objects<T>& actual) {
    std::vector<T> taken{};
    for (auto const& [name, object] : made) {
        if (actual.find(name) != nullptr) continue;
        for (auto const& [other, candidate] : actual) {
            if (made.find(other) != nullptr || !is_renamed(*made.find(name), candidate)) continue;
            taken.push_back(candidate);
            actual.remove(typename Objects<T>::Key{other});
            break;
        }
    }
    return taken;
}

template <class T>
void put_back(std::vector<T> taken, Objects<T>& objects) {
    for (auto& object : taken) objects.add(std::move(object));
}

/// A view's shape has an entry for each column, which begins with its name.
bool has_column(object::Definition const& view, std::string const& column) {
    return std::any_of(view.shape.begin(), view.shape.end(), [&](std::string const& entry) {
        return entry.starts_with(column + " ") ||
               entry.starts_with(sql::quote_identifier(column) + " ");
    });
}

bool has_value(std::string_view text, std::set<std::string> const& values) {
    for (auto token = sql::next_significant_token(text, 0); token.kind != sql::TokenKind::end;
         token = sql::next_significant_token(text, token.end)) {
        if (token.kind != sql::TokenKind::text) continue;
        auto const constant = text.substr(token.begin, token.end - token.begin);
        // A body in dollars is a text with constants of its own.
        auto const tag = constant.find('$', 1) + 1;
        auto const is_body = constant.starts_with('$') && constant.size() >= 2 * tag;
        auto const is_meant =
            is_body ? has_value(constant.substr(tag, constant.size() - 2 * tag), values)
                    : values.contains(std::string{constant});
        if (is_meant) return true;
    }
    return false;
}

bool has_value(object::Definition const& definition, std::set<std::string> const& values) {
    return has_value(definition.text, values) ||
           std::any_of(definition.facts.begin(), definition.facts.end(),
                       [&](object::Fact const& it) { return has_value(it.second, values); });
}

bool uses(object::Definition const& definition, object::ObjectRef const& reference) {
    return std::find(definition.uses.begin(), definition.uses.end(), reference) !=
           definition.uses.end();
}

/// What nobody made by a migration and needs values of enums that are to be without them.
void add_users_of_lost_values(Schema const& made, Schema const& actual,
                              std::set<object::ObjectRef>& lost) {
    for (auto const& [name, type] : actual.enums) {
        auto const* const after = made.enums.find(name);
        if (after == nullptr) continue;
        std::set<std::string> constants{};
        for (auto const& value : removed_values(type, *after))
            constants.insert(sql::quote_literal(value));
        if (constants.empty()) continue;
        for (auto const& [id, definition] : actual.definitions) {
            if (uses(definition, self(type)) && has_value(definition, constants)) lost.insert(id);
        }
    }
}

/// The same of parts that others may name: the arguments of a function.
void add_users_of_lost_parts(Schema const& actual, object::Definition const& before,
                             object::Definition const& after, std::set<object::ObjectRef>& lost) {
    auto const takes_away = before.definition_kind->takes_away;
    if (takes_away == nullptr || before.definition_kind != after.definition_kind) return;
    if (!takes_away(before, after)) return;
    for (auto const& [id, definition] : actual.definitions) {
        if (uses(definition, before.id)) lost.insert(id);
    }
}

/// Columns that others use of views which are to be without them.
void add_lost_columns(Schema const& actual, object::Definition const& before,
                      object::Definition const& after, std::set<object::ObjectRef>& lost) {
    if (before.id.kind != object::ObjectKind::table || before.shape == after.shape) return;
    for (auto const& [id, definition] : actual.definitions) {
        for (auto const& used : definition.uses) {
            auto const is_column = used.kind == before.id.kind && used.name == before.id.name &&
                                   used.aspect == object::DependencyKind::column;
            if (is_column && !has_column(after, used.part)) lost.insert(used);
        }
    }
}

/// What a comment or a privilege can be on: all objects, and the columns of tables.
std::set<object::ObjectRef> owners_in(Schema const& schema) {
    std::set<object::ObjectRef> all{};
    for_each_kind([&](auto member) {
        for (auto const& [name, object] : schema.*member) all.insert(self(object));
    });
    for (auto const& [name, table] : schema.tables) {
        auto column = self(table);
        column.aspect = object::DependencyKind::column;
        for (auto const& each : table.columns) {
            column.part = each.name;
            all.insert(column);
        }
    }
    return all;
}

void keep_unmade_definitions(Schema& made, Schema& actual) {
    std::vector<object::Definition> common{};
    std::set<object::ObjectRef> lost{};
    for (auto const& [id, definition] : made.definitions) {
        auto* const same = actual.definitions.find(id);
        if (same == nullptr) continue;
        if (definition.definition_kind->is_collection) {
            keep_facts(*made.definitions.find(id), *same);
            std::sort(same->facts.begin(), same->facts.end());
        }
        common.push_back(*same);
        actual.definitions.remove(id);
    }
    for (auto const& before : common) {
        auto const& after = *made.definitions.find(before.id);
        add_lost_columns(actual, before, after, lost);
        add_users_of_lost_parts(actual, before, after, lost);
    }
    add_users_of_lost_values(made, actual, lost);
    keep_definitions(actual, made, std::move(lost));
    put_back(std::move(common), actual.definitions);
}

}  // namespace

void keep_unmade(Schema& made, Schema& actual, std::string const& reader) {
    auto indexes = take_renamed(made.indexes, actual.indexes);
    auto definitions = take_renamed(made.definitions, actual.definitions);
    for_each_kind([&](auto member) { keep_details(made.*member, actual.*member); });
    keep_undeclared_indexes(made, actual);
    drop_unmade_indexes(made, actual);
    drop_rights_of_owners(made, actual, reader);
    keep_unmade_definitions(made, actual);
    put_back(std::move(indexes), actual.indexes);
    put_back(std::move(definitions), actual.definitions);
}

void take_details(Schema& made, Schema const& actual) {
    for_each_kind([&](auto member) { take_details(made.*member, actual.*member); });
}

void take_attachments(Schema& made, Schema const& actual) {
    auto const owners = owners_in(made);
    for (auto const& [id, definition] : actual.definitions) {
        auto const& kind = *definition.definition_kind;
        auto const& owner = definition.owned_by;
        if (!kind.is_attached || !owner || !owners.contains(*owner)) continue;
        auto* const same = made.definitions.find(id);
        if (same == nullptr) {
            auto unmade = definition;
            unmade.is_unmade = true;
            made.definitions.add(std::move(unmade));
        } else if (kind.is_collection) {
            note_unmade_facts(*same, definition);
            keep_facts(*same, definition);
        }
    }
}

void forget_replayer(Schema& made, Schema const& actual, std::string const& replayer) {
    std::vector<object::ObjectRef> gone{};
    for (auto const& [id, definition] : made.definitions) {
        auto const* const same = actual.definitions.find(id);
        if (object::is_default_privileges(definition)) {
            auto const own = "FOR ROLE " + replayer;
            auto const is_own =
                definition.address == own || definition.address.starts_with(own + " ");
            if (is_own && same == nullptr) gone.push_back(id);
        } else if (same != nullptr) {
            for (auto& [name, value] : made.definitions.find(id)->facts) {
                auto const is_of_roles = name == "TO" && value.find(replayer) != std::string::npos;
                if (is_of_roles) value = fact(*same, name);
            }
        }
    }
    for (auto const& id : gone) made.definitions.remove(id);
}

std::vector<std::string> unmade_attachments(Schema const& made, Schema const& actual) {
    std::vector<std::string> kinds{};
    for (auto const& [id, definition] : actual.definitions) {
        auto const* const owner = definition.owned_by ? &*definition.owned_by : nullptr;
        auto const& kind = *definition.definition_kind;
        if (!kind.is_attached || kind.is_restored || owner == nullptr) continue;
        // Everything of a project needs rights on its schemas.
        if (owner->kind == object::ObjectKind::namespace_) continue;
        auto const is_theirs =
            actual.definitions.find(*owner) != nullptr && made.definitions.find(*owner) == nullptr;
        if (!is_theirs && made.definitions.find(id) == nullptr) {
            kinds.emplace_back(kind.title);
        }
    }
    return kinds;
}

void forget_wording(Schema& made, Schema const& actual,
                    std::function<bool(object::Definition const& made,
                                       object::Definition const& actual)> const& is_reworded) {
    for (auto const& [id, definition] : actual.definitions) {
        auto* const same = made.definitions.find(id);
        auto const is_same_kind =
            same != nullptr && same->definition_kind == definition.definition_kind;
        if (is_same_kind && is_reworded(*same, definition)) *same = definition;
    }
}

}  // namespace cm::schema
