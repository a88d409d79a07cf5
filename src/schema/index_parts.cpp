// See index_parts.hpp.
#include "schema/index_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.hpp"
#include "object/definition/kinds.hpp"
#include "object/table/sequence.hpp"
#include "schema/inherited_checks.hpp"
#include "schema/step_list.hpp"

namespace cm::schema {

bool is_partition(object::Table const& table) {
    return table.details && !table.details->bound.empty();
}

sql::QualifiedName parent_of(object::Index const& index) {
    return index.details ? index.details->parent : sql::QualifiedName{};
}

sql::QualifiedName parent_of(std::optional<object::PrimaryKey> const& key) {
    return key && key->details ? key->details->parent : sql::QualifiedName{};
}

bool is_part(sql::QualifiedName const& parent) {
    return !parent.name.empty();
}

sql::QualifiedName key_index(object::Table const& table) {
    return {table.name.schema, table.primary_key->name};
}

namespace {

/// The name that PostgreSQL gives a part that it makes.
std::string usual_name(object::Index const& index) {
    std::string columns{};
    auto const add = [&](std::string const& name) {
        columns += (columns.empty() ? "" : "_") + name;
    };
    for (auto const& element : index.details->elements) {
        add(element.column.empty() ? "expr" : element.column);
    }
    for (auto const& column : index.details->included) add(column);
    return object::made_name(index.table, {.name = columns}, index.is_constraint ? "key" : "idx");
}

}  // namespace

bool has_usual_name(object::Index const& index) {
    return index.name.name == usual_name(index);
}

std::string usual_key(sql::QualifiedName const& table) {
    constexpr std::size_t longest = 63 - std::string_view{"_pkey"}.size();
    return fmt::format("{}_pkey", utf8::cut(table.name, longest));
}

object::Index const* part_of(sql::QualifiedName const& parent, sql::QualifiedName const& partition,
                             Schema const& side) {
    for (auto const& [name, index] : side.indexes) {
        if (index.table == partition && parent_of(index) == parent) return &index;
    }
    return nullptr;
}

bool has_constraints(object::Index const& index, Schema const& side) {
    if (index.is_constraint) return false;
    auto const is_of_it = [&](sql::QualifiedName const& parent) { return parent == index.name; };
    return std::ranges::any_of(side.indexes,
                               [&](auto const& it) {
                                   return it.second.is_constraint && is_of_it(parent_of(it.second));
                               }) ||
           std::ranges::any_of(side.tables, [&](auto const& it) {
               return is_of_it(parent_of(it.second.primary_key));
           });
}

bool may_be_rivals(object::Index const& a, object::Index const& b) {
    auto const key = [](object::IndexElement const& it) {
        return std::pair{std::string_view{it.column}, std::string_view{it.expression}};
    };
    return a.table == b.table && a.name != b.name && a.details && b.details &&
           a.is_unique == b.is_unique && a.method == b.method && a.predicate == b.predicate &&
           std::ranges::equal(a.details->elements, b.details->elements, {}, key, key);
}

namespace {

std::set<std::string> columns_lost_by(sql::QualifiedName const& table, Steps const& steps) {
    std::set<std::string> lost{};
    for (auto const& step : steps) {
        auto const* const alter = std::get_if<Alter<object::Table>>(&step);
        if (alter == nullptr || alter->from.name != table) continue;
        auto columns = lost_columns(*alter);
        lost.merge(columns.dropped);
        lost.merge(columns.replaced);
    }
    return lost;
}

}  // namespace

std::vector<object::Definition> checks_to_add(object::Table const& table, Schema const& from,
                                              Schema const& to, Steps const& steps) {
    auto const gone = columns_lost_by(table.name, steps);
    auto const is_lost = [&](object::Definition const& check) {
        return std::ranges::any_of(check.uses, [&](object::ObjectRef const& used) {
            return used.aspect == object::DependencyKind::column && used.name == table.name &&
                   gone.contains(used.part);
        });
    };
    std::vector<object::Definition> checks{};
    auto const above = ancestors(table.parents, to);
    for (auto const& [id, definition] : to.definitions) {
        if (!hands_down(definition) ||
            std::find(above.begin(), above.end(), id.name) == above.end())
            continue;
        auto check = handed_down(definition, table);
        auto const* const old = from.definitions.find(check.id);
        if (old == nullptr || is_lost(*old) || is_dropped(steps, *old))
            checks.push_back(std::move(check));
    }
    return checks;
}

bool has_named_requirements(object::Table const& table) {
    return std::any_of(table.columns.begin(), table.columns.end(), [](auto const& column) {
        return column.details && !column.details->inherited_required_name.empty();
    });
}

object::Table without_parent(object::Table table) {
    table.details->bound.clear();
    table.parents.clear();
    for (auto& column : table.columns) {
        if (!column.details || column.details->inherited_required_name.empty()) continue;
        column.details->required_name = column.details->inherited_required_name;
        column.details->is_required_by_parent = false;
    }
    if (table.primary_key && table.primary_key->details) table.primary_key->details->parent = {};
    return table;
}

object::Table beside(object::Table table) {
    table = without_parent(std::move(table));
    for (auto& column : table.columns) {
        if (!column.details) continue;
        column.details->is_from_parent = false;
        if (!is_identity(column.details->numbering)) continue;
        column.details->numbering = object::Numbering::none;
        column.details->sequence.reset();
        column.default_value.reset();
    }
    return table;
}

}  // namespace cm::schema
