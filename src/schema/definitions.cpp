// See definitions.hpp.
#include "schema/definitions.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "schema/catalog_query.hpp"
#include "schema/dependencies.sql.hpp"

namespace cm::schema {
namespace {

using object::DependencyKind;
using object::ObjectKind;
using object::ObjectRef;

/// Where an object keeps what it relies on; null for those that know it by themselves, or are not
/// read.
object::References* uses_of(Schema& schema, ObjectRef const& reference) {
    if (auto* const definition = schema.definitions.find(reference)) return &definition->uses;
    if (reference.kind == ObjectKind::table) {
        auto* const table = schema.tables.find(reference.name);
        return table == nullptr ? nullptr : &table->uses;
    }
    if (reference.kind == ObjectKind::index) {
        auto* const index = schema.indexes.find(reference.name);
        return index == nullptr ? nullptr : &index->uses;
    }
    return nullptr;
}

/// Unless it is still generated: see ColumnDetails::is_held.
void note_held(object::Table& table, std::string const& name) {
    auto* const column = find_column(table, name);
    if (column != nullptr && column->details && !column->is_generated)
        column->details->is_held = true;
}

/// A table knows what each of its columns relies on.
void note_column(Schema& schema, sql::Row const& row, ObjectRef on) {
    if (row.is_null("own_column")) return;
    auto* const table =
        schema.tables.find({row.text("dependent_schema"), row.text("dependent_name")});
    if (table == nullptr) return;
    // Servers before PostgreSQL 15 have what a column is generated from beside its type.
    auto const may_be_of_type = on.kind == ObjectKind::enum_ || on.kind == ObjectKind::collation ||
                                on.kind == ObjectKind::table || on.kind == ObjectKind::extension;
    auto const is_said = row.boolean("is_of_expression");
    auto const is_of_expression = is_said || !may_be_of_type;
    if (is_of_expression && !is_said) note_held(*table, row.text("own_column"));
    table->column_uses.push_back({row.text("own_column"), is_of_expression, std::move(on)});
}

/// The index of a primary key is a part of its table.
std::map<sql::QualifiedName, sql::QualifiedName> tables_of_keys(Schema const& schema) {
    std::map<sql::QualifiedName, sql::QualifiedName> tables{};
    for (auto const& [name, table] : schema.tables) {
        if (table.primary_key)
            tables.emplace(sql::QualifiedName{name.schema, table.primary_key->name}, name);
    }
    return tables;
}

/// Columns, and the key of a parent, the key knows by itself.
void note_key(Schema& schema, sql::QualifiedName const& name, ObjectRef const& on) {
    if (on.kind == ObjectKind::table || on.kind == ObjectKind::index) return;
    auto& table = *schema.tables.find(name);
    table.primary_key->uses.push_back(on);
    table.uses.push_back(on);
}

ObjectRef used_object(sql::Row const& row, ObjectKind kind) {
    sql::QualifiedName const name{row.text("used_schema"), row.text("used_name")};
    if (!row.is_null("used_column"))
        return {kind, name, DependencyKind::column, row.text("used_column")};
    return {kind, kind == ObjectKind::namespace_ ? sql::QualifiedName{name.schema, {}} : name,
            DependencyKind::object, row.text("used_part")};
}

void read_dependency(Schema& schema, sql::Row const& row,
                     std::map<sql::QualifiedName, sql::QualifiedName> const& keys) {
    auto const kind = object::object_kind(row.text("dependent_kind"));
    auto const used_kind = object::object_kind(row.text("used_kind"));
    if (!kind || !used_kind) return;
    sql::QualifiedName const name{row.text("dependent_schema"), row.text("dependent_name")};
    auto used = used_object(row, *used_kind);
    if (auto const key = keys.find(name); *kind == ObjectKind::index && key != keys.end())
        note_key(schema, key->second, used);
    auto* const uses =
        uses_of(schema, {*kind, name, DependencyKind::object, row.text("dependent_part")});
    if (uses == nullptr) return;
    uses->push_back(std::move(used));
    auto const is_whole = uses->back().aspect == DependencyKind::object;
    if (*kind == ObjectKind::table && is_whole) note_column(schema, row, uses->back());
}

/// What is generated from a column stands in the way of its type, whether it names that or not.
void note_sources_of_generated(object::Table& table) {
    std::vector<object::ColumnUse> more{};
    for (auto const& column : table.columns) {
        if (!column.is_generated || table.column_uses.empty()) continue;
        auto const sources = used_columns(column, table);
        for (auto const& use : table.column_uses) {
            if (use.is_of_expression || use.on.kind == ObjectKind::extension) continue;
            if (std::find(sources.begin(), sources.end(), use.column) == sources.end()) continue;
            more.push_back({column.name, true, use.on});
        }
    }
    std::move(more.begin(), more.end(), std::back_inserter(table.column_uses));
}

void add(Schema& schema, sql::Row const& row, object::DefinitionKind const& kind) {
    object::Definition definition{};
    read(row, kind, definition);
    schema.definitions.add(std::move(definition));
}

/// One query for what names objects, since their names take longer than the rest: the kinds that do
/// (`place` is that in the list of kinds), and behind them, without a `place`, who relies on what.
std::string query_of_attached() {
    std::vector<std::string> parts{};
    for (std::size_t place = 0; place < object::definition_kinds.size(); ++place) {
        auto const& kind = *object::definition_kinds[place];
        if (kind.names_objects)
            parts.push_back(
                fmt::format("SELECT {} AS place, q.* FROM (\n{}) q\n", place, kind.query));
    }
    return fmt::format(
        "WITH $objects\nSELECT a.*, d.*\nFROM (\n{}) a\nFULL JOIN (\n{}) d ON false\n"
        "ORDER BY a.place, a.schema, a.name, a.part, dependent_kind, dependent_schema, "
        "dependent_name, "
        "dependent_part, used_kind, used_schema, used_name, used_part, used_column, own_column, "
        "is_of_expression",
        fmt::join(parts, "UNION ALL\n"), sql_text::schema_dependencies);
}

}  // namespace

void read_definitions(Schema& schema, sql::QueryFunction const& fetch,
                      std::vector<std::string> const& schemas) {
    for (auto const* const kind : object::definition_kinds) {
        if (kind->names_objects) continue;
        auto const rows = fetch(with_schemas(kind->query, schemas));
        for (std::size_t i = 0; i < rows.size(); ++i) add(schema, rows[i], *kind);
    }
    auto const rows = fetch(with_schemas(with_objects(query_of_attached()), schemas));
    auto const keys = tables_of_keys(schema);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const row = rows[i];
        if (row.is_null("place")) {
            read_dependency(schema, row, keys);
        } else {
            auto const place = static_cast<std::size_t>(row.integer("place"));
            add(schema, row, *object::definition_kinds[place]);
        }
    }
    for (auto const& [name, table] : schema.tables) {
        note_sources_of_generated(*schema.tables.find(name));
        if (!table.details || table.details->row_type.name.empty()) continue;
        schema.tables.find(name)->column_uses.push_back(
            {{}, false, {ObjectKind::enum_, table.details->row_type}});
    }
}

namespace {

/// Tables, columns, types, indexes and keys of `from` that `to` does not have.
std::set<ObjectRef> removed_objects(Schema const& from, Schema const& to) {
    std::set<ObjectRef> removed{};
    for_each_kind([&](auto member) {
        for (auto const& [name, object] : from.*member) {
            if (!std::same_as<std::decay_t<decltype(object)>, object::Definition> &&
                (to.*member).find(name) == nullptr) {
                removed.insert(self(object));
            }
        }
    });
    for (auto const& [name, table] : from.tables) {
        auto const* const after = to.tables.find(name);
        if (after == nullptr) continue;
        for (auto const& column : table.columns) {
            if (find_column(*after, column.name) != nullptr) continue;
            removed.insert({ObjectKind::table, name, DependencyKind::column, column.name});
        }
    }
    return removed;
}

/// The primary keys of tables that stay, for which `is_same`(before, after) does not hold: those
/// that are gone, and others of that sort.
template <class IsSame>
std::set<ObjectRef> other_keys(Schema const& from, Schema const& to, IsSame is_same) {
    std::set<ObjectRef> keys{};
    for (auto const& [name, table] : from.tables) {
        auto const* const after = to.tables.find(name);
        if (after == nullptr || !table.primary_key) continue;
        if (after->primary_key && is_same(*table.primary_key, *after->primary_key)) continue;
        keys.insert({ObjectKind::index, {name.schema, table.primary_key->name}});
    }
    return keys;
}

bool stands_on(object::Definition const& definition, std::set<ObjectRef> const& removed) {
    auto const needed = references(definition);
    return std::any_of(needed.begin(), needed.end(), [&](ObjectRef reference) {
        if (removed.contains(reference)) return true;
        if (reference.aspect == DependencyKind::object) return false;
        reference.aspect = DependencyKind::object;
        reference.part.clear();
        return removed.contains(reference);
    });
}

}  // namespace

void keep_definitions(Schema& from, Schema& to, std::set<ObjectRef> removed) {
    removed.merge(removed_objects(from, to));
    removed.merge(
        other_keys(from, to, [](auto const& a, auto const& b) { return a.name == b.name; }));
    // A view that groups by the key relies on its columns, a comment on the key does not.
    auto const keys =
        other_keys(from, to, [](auto const& a, auto const& b) { return a.columns == b.columns; });
    for (auto is_done = false; !is_done;) {
        is_done = true;
        for (auto const& [id, definition] : from.definitions) {
            if (removed.contains(id)) continue;
            auto const is_attached = definition.definition_kind->is_attached;
            if (stands_on(definition, removed) || (!is_attached && stands_on(definition, keys))) {
                removed.insert(id);
                is_done = false;
            }
        }
    }
    for (auto const& id : removed) from.definitions.remove(id);
    for (auto const& [id, definition] : from.definitions) to.definitions.add(definition);
}

}  // namespace cm::schema
