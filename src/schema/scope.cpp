// See scope.hpp.
#include "schema/scope.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "object/definition/kinds.hpp"
#include "schema/step_effects.hpp"

namespace cm::schema {
namespace {

template <class T, class Predicate>
void erase_if(Objects<T>& objects, Predicate predicate) {
    std::vector<typename Objects<T>::Key> names{};
    for (auto const& [name, object] : objects) {
        if (predicate(object)) {
            names.push_back(name);
        }
    }
    for (auto const& name : names) {
        objects.remove(name);
    }
}

using Gone = std::set<object::ObjectRef>;

bool is_of(object::ObjectRef const& owner, Gone const& gone) {
    return gone.contains(whole(owner));
}

/// What ties an object to a table that is left out goes with both.
void add_tied(object::Definition const& definition, Gone& gone) {
    if (definition.definition_kind->uses == nullptr) return;
    auto const is_tied = std::any_of(definition.uses.begin(), definition.uses.end(),
                                     [&](auto const& used) { return is_of(used, gone); });
    if (!is_tied) return;
    gone.insert(definition.id);
    for (auto const& used : definition.uses) gone.insert(whole(used));
}

/// With what belongs to their parts: comments on columns, constraints and triggers, privileges.
void erase_belongings(Schema& schema, Gone gone) {
    for (auto known = gone.size(), before = known - 1; known != before; known = gone.size()) {
        before = known;
        for (auto const& [id, definition] : schema.definitions) {
            auto const& owner = definition.owned_by;
            if (owner && is_of(*owner, gone)) gone.insert(id);
            add_tied(definition, gone);
        }
    }
    erase_if(schema.definitions,
             [&](object::Definition const& definition) { return gone.contains(definition.id); });
}

/// With all that hangs on them.
template <class Predicate>
void erase_tables(Schema& schema, Predicate is_gone) {
    Gone gone{};
    for (auto const& [name, table] : schema.tables) {
        if (!is_gone(name)) continue;
        gone.insert(self(table));
        if (table.primary_key)
            gone.insert({object::ObjectKind::index, {name.schema, table.primary_key->name}});
    }
    for (auto const& [name, index] : schema.indexes) {
        if (is_gone(index.table)) gone.insert(self(index));
    }
    for (auto const& [name, key] : schema.foreign_keys) {
        if (is_gone(name.table)) gone.insert(self(key));
    }
    erase_if(schema.foreign_keys,
             [&](object::ForeignKey const& key) { return is_gone(key.name.table); });
    erase_if(schema.indexes, [&](object::Index const& index) { return is_gone(index.table); });
    erase_if(schema.tables, [&](object::Table const& table) { return is_gone(table.name); });
    auto const is_of_gone = [&](object::Fact const& fact) {
        auto const table = object::published_table(fact);
        return table && is_gone(*table);
    };
    for (auto const& [id, definition] : schema.definitions) {
        auto const& owner = definition.owned_by;
        if (owner && owner->kind == object::ObjectKind::table && is_gone(owner->name))
            gone.insert(whole(*owner));
        if (id.kind == object::ObjectKind::publication)
            std::erase_if(schema.definitions.find(id)->facts, is_of_gone);
    }
    if (!schema.definitions.empty()) erase_belongings(schema, std::move(gone));
}

/// With comments and privileges.
template <class Predicate>
void erase_enums(Schema& schema, Predicate is_gone) {
    Gone gone{};
    for (auto const& [name, type] : schema.enums) {
        if (is_gone(type)) gone.insert(self(type));
    }
    erase_if(schema.enums, is_gone);
    if (!gone.empty()) erase_belongings(schema, std::move(gone));
}

/// Keeps the extensions that are asked for, with as much as is asked about each; the namespace that
/// one lies in need not be managed otherwise. `others`: stay as they are.
void keep_asked(Schema& schema, std::vector<dsl::PostgresExtension> const& asked, bool others) {
    auto const extensions = std::exchange(schema.extensions, {});
    if (others) {
        schema.extensions = extensions;
        for (auto const& wanted : asked) schema.extensions.remove(wanted.name);
        schema.extensions.remove("plpgsql");
    }
    for (auto const& wanted : asked) {
        auto const* const found = extensions.find(wanted.name);
        if (found == nullptr) continue;
        auto extension = *found;
        if (wanted.schema.empty()) extension.schema.clear();
        if (wanted.version.empty()) extension.version.clear();
        if (!extension.schema.empty()) schema.namespaces.add({.name = extension.schema});
        schema.extensions.add(std::move(extension));
    }
}

void spare_partial(Objects<object::Index>& indexes) {
    for (auto const& [name, index] : indexes) {
        if (!index.predicate) continue;
        auto& partial = *indexes.find(name);
        partial.is_spared = !index.has_unmodeled_options;
        partial.has_unmodeled_options = true;
    }
}

/// The enums that columns of these tables have.
void note_enums(object::Table const& table, std::set<sql::QualifiedName>& used) {
    for (auto const& reference : references(table)) {
        if (reference.kind == object::ObjectKind::enum_) used.insert(reference.name);
    }
}

/// Makes the join tables as Prisma ≤ 5 did where the database has them so.
void adapt_join_tables(Schema& declared, Schema const& actual) {
    for (auto const& [name, table] : actual.tables) {
        auto* const wanted = declared.tables.find(name);
        if (wanted == nullptr || !is_named_join_table(*wanted) || !is_named_join_table(table) ||
            table.primary_key) {
            continue;
        }
        auto const* const unique = actual.indexes.find({name.schema, name.name + "_AB_unique"});
        if (unique == nullptr || unique->table != name) {
            continue;
        }
        wanted->primary_key.reset();
        declared.indexes.add(*unique);
    }
}

/// An index that the file declares stands for the partial one of the same name and columns, as long
/// as the columns that the condition names stay.
void adapt_conditions(Schema& declared, Schema const& actual) {
    for (auto const& [name, index] : actual.indexes) {
        auto* const wanted = declared.indexes.find(name);
        if (!index.predicate || wanted == nullptr || wanted->predicate) continue;
        auto const* const table = declared.tables.find(index.table);
        auto const& named = index.predicate->columns;
        auto const stay = table != nullptr &&
                          std::all_of(named.begin(), named.end(), [&](std::string const& column) {
                              return find_column(*table, column) != nullptr;
                          });
        if (!stay) continue;
        if (wanted->table == index.table) wanted->predicate = index.predicate;
    }
}

/// The language has no word for the parameters of an operator class, and the file rarely has them
/// in its SQL: where it is silent, those that the index has count, whatever it is called.
void adapt_parameters(object::Index& declared, object::Index const& actual) {
    auto silent = actual;
    for (auto& column : silent.columns) column.parameters.clear();
    if (silent.columns != declared.columns || silent.method != declared.method) return;
    for (std::size_t i = 0; i < declared.columns.size(); ++i) {
        auto& column = declared.columns[i];
        column.parameters = actual.columns[i].parameters;
        if (column.operator_class.empty()) {
            column.default_operator_class = actual.columns[i].default_operator_class;
            column.operator_class_home = actual.columns[i].operator_class_home;
        }
    }
}

void adapt_parameters(Schema& declared, Schema const& actual) {
    for (auto const& [name, index] : actual.indexes) {
        auto const has_some = [](auto const& column) { return !column.parameters.empty(); };
        if (std::none_of(index.columns.begin(), index.columns.end(), has_some)) continue;
        if (auto* const wanted = declared.indexes.find(name)) {
            adapt_parameters(*wanted, index);
            continue;
        }
        for (auto const& [other, wanted] : declared.indexes) {
            if (wanted.table == index.table && actual.indexes.find(other) == nullptr) {
                adapt_parameters(*declared.indexes.find(other), index);
            }
        }
    }
}

/// `dbgenerated()` stands for the default that is there, as long as the column can keep it.
void adapt_default(object::Column& declared, object::Column const& actual) {
    auto const how = object::conversion(actual.type, declared.type);
    auto const stays = how == object::Conversion::same || how == object::Conversion::safe ||
                       how == object::Conversion::risky;
    if (declared.takes_any_default && stays) declared.default_value = actual.default_value;
}

void adapt_defaults(Schema& declared, Schema const& actual) {
    for (auto const& [name, table] : actual.tables) {
        auto* const wanted = declared.tables.find(name);
        if (wanted == nullptr) continue;
        for (auto& column : wanted->columns) {
            auto const* const found = find_column(table, column.name);
            if (found != nullptr) adapt_default(column, *found);
        }
    }
}

}  // namespace

namespace {

/// What external tables refer to cannot be dropped and recreated either.
void note_references(object::ForeignKey const& key, Schema& schema) {
    auto* const table = schema.tables.find(key.referenced_table);
    if (table != nullptr && table->primary_key && table->primary_key->name == key.unique_index) {
        table->primary_key->is_referenced_from_outside = true;
    }
}

}  // namespace

Schema without_objects(Schema schema,
                       std::function<bool(object::ObjectRef const&)> const& is_gone) {
    erase_tables(schema, [&](sql::QualifiedName const& table) {
        return is_gone({object::ObjectKind::table, table});
    });
    erase_enums(schema, [&](object::Enum const& type) { return is_gone(self(type)); });
    erase_if(schema.namespaces, [&](object::Namespace const& it) { return is_gone(self(it)); });
    erase_if(schema.extensions, [&](object::Extension const& it) { return is_gone(self(it)); });
    Gone gone{};
    for (auto const& [id, definition] : schema.definitions) {
        if (!owner(definition) && is_gone(id)) gone.insert(id);
    }
    erase_belongings(schema, std::move(gone));
    return schema;
}

namespace {

/// Those that are neither tables nor enums.
void erase_external_objects(Schema& schema, ExternalObjects const& external) {
    Gone gone{};
    for (auto const& [name, it] : schema.indexes) {
        if (is_external_object(object::Index::title, name, external)) gone.insert(self(it));
    }
    for (auto const& [name, it] : schema.foreign_keys) {
        sql::QualifiedName const own{name.table.schema, name.name};
        if (is_external_object(object::ForeignKey::title, own, external)) gone.insert(self(it));
    }
    for (auto const& [id, it] : schema.definitions) {
        sql::QualifiedName const own{id.name.schema, id.part.empty() ? id.name.name : id.part};
        if (is_external_object(it.definition_kind->title, own, external)) gone.insert(id);
    }
    erase_if(schema.namespaces, [&](object::Namespace const& it) {
        return is_external_object(object::Namespace::title, {it.name, it.name}, external);
    });
    erase_if(schema.extensions, [&](object::Extension const& it) {
        return is_external_object(object::Extension::title, {it.schema, it.name}, external);
    });
    erase_if(schema.indexes, [&](object::Index const& it) { return gone.contains(self(it)); });
    erase_if(schema.foreign_keys,
             [&](object::ForeignKey const& it) { return gone.contains(self(it)); });
    erase_belongings(schema, std::move(gone));
}

}  // namespace

Schema without_external(Schema schema, ExternalObjects const& external) {
    if (external == ExternalObjects{}) return schema;
    for (auto const& [name, key] : schema.foreign_keys) {
        if (is_external_table(name.table, external)) note_references(key, schema);
    }
    std::set<sql::QualifiedName> theirs{};
    std::set<sql::QualifiedName> ours{};
    for (auto const& [name, table] : schema.tables) {
        note_enums(table, is_external_table(name, external) ? theirs : ours);
    }
    erase_tables(schema, [&](sql::QualifiedName const& table) {
        return is_external_table(table, external);
    });
    if (!external.objects.empty()) erase_external_objects(schema, external);
    erase_enums(schema, [&](object::Enum const& type) {
        return is_external(type.name, external.enums) ||
               is_external_object(object::Enum::title, type.name, external) ||
               (theirs.contains(type.name) && !ours.contains(type.name));
    });
    return schema;
}

Schema scoped(Schema schema, Scope const& scope) {
    auto const is_ignored = [&](sql::QualifiedName const& table) {
        return std::find(scope.ignored_tables.begin(), scope.ignored_tables.end(), table.name) !=
               scope.ignored_tables.end();
    };
    erase_if(schema.foreign_keys,
             [&](object::ForeignKey const& key) { return is_ignored(key.referenced_table); });
    erase_tables(schema, is_ignored);
    if (schema.is_whole) {
        schema.extensions.remove("plpgsql");  // every database has it from the start
        return without_external(std::move(schema), scope.external);
    }
    keep_asked(schema, scope.extensions, scope.all_extensions);
    if (!scope.partial_indexes) spare_partial(schema.indexes);
    return without_external(std::move(schema), scope.external);
}

std::set<sql::QualifiedName> extension_members(Schema const& schema) {
    std::set<sql::QualifiedName> members{};
    for (auto const& [name, table] : schema.tables) {
        if (table.is_extension_member) members.insert(name);
    }
    return members;
}

Schema without_tables(Schema schema, std::set<sql::QualifiedName> const& names) {
    erase_tables(schema, [&](sql::QualifiedName const& table) { return names.contains(table); });
    return schema;
}

Schema adapted(Schema declared, Schema const& actual, bool partial_indexes) {
    adapt_join_tables(declared, actual);
    adapt_defaults(declared, actual);
    if (!partial_indexes) adapt_conditions(declared, actual);
    adapt_parameters(declared, actual);
    return declared;
}

Schema without_strangers(Schema schema, std::vector<Schema const*> const& known,
                         std::string_view bare) {
    auto const is_known = [&](auto member, auto const& key) {
        return std::any_of(known.begin(), known.end(),
                           [&](Schema const* one) { return (one->*member).find(key) != nullptr; });
    };
    Gone gone{};
    std::set<std::string> strange{};
    for (auto const& [name, it] : schema.namespaces) {
        if (name == bare || is_known(&Schema::namespaces, name)) continue;
        strange.insert(name);
        gone.insert(self(it));
    }
    for (auto const& [name, it] : schema.extensions) {
        if (!is_known(&Schema::extensions, name)) gone.insert(self(it));
    }
    for (auto const& [id, it] : schema.definitions) {
        auto const is_strange = id.name.schema.empty()
                                    ? !it.owned_by && !is_known(&Schema::definitions, id)
                                    : strange.contains(id.name.schema);
        if (is_strange) gone.insert(id);
    }
    for (auto const& [name, it] : schema.enums) {
        if (strange.contains(name.schema)) gone.insert(self(it));
    }
    if (gone.empty()) return schema;
    erase_if(schema.namespaces, [&](auto const& it) { return gone.contains(self(it)); });
    erase_if(schema.extensions, [&](auto const& it) { return gone.contains(self(it)); });
    erase_if(schema.enums, [&](auto const& it) { return gone.contains(self(it)); });
    erase_tables(schema, [&](auto const& table) { return strange.contains(table.schema); });
    erase_belongings(schema, std::move(gone));
    return schema;
}

Schema without_invalid_indexes(Schema schema) {
    erase_if(schema.indexes,
             [](object::Index const& index) { return index.is_invalid || index.builder != 0; });
    return schema;
}

}  // namespace cm::schema
