// See index_parts.hpp.
#include "schema/index_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.hpp"
#include "object/definition/kinds.hpp"
#include "object/table/sequence.hpp"

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

bool do_the_same(object::Index const& a, object::Index const& b) {
    return a.table == b.table && a.name != b.name && a.details && b.details &&
           a.is_unique == b.is_unique && a.method == b.method && a.columns == b.columns &&
           a.predicate == b.predicate && a.details->elements == b.details->elements;
}

bool hands_down(object::Definition const& check, object::Table const& table) {
    auto const& parents = table.parents;
    return check.definition_kind == &object::check_kind &&
           std::find(parents.begin(), parents.end(), check.id.name) != parents.end() &&
           !check.text.ends_with(" NO INHERIT");
}

namespace {

/// The same of the partition.
object::Definition handed_down(object::Definition check, object::Table const& table) {
    check.id.name = table.name;
    check.address = sql::quote(table.name);
    check.owned_by = self(table);
    check.uses = {self(table)};
    return check;
}

}  // namespace

std::vector<object::Definition> checks_to_add(object::Table const& table, Schema const& from,
                                              Schema const& to) {
    std::vector<object::Definition> checks{};
    for (auto const& [id, definition] : to.definitions) {
        if (!hands_down(definition, table)) continue;
        auto check = handed_down(definition, table);
        if (from.definitions.find(check.id) == nullptr) checks.push_back(std::move(check));
    }
    return checks;
}

std::vector<object::Definition> checks_to_drop(object::Alter<object::Table> const& step,
                                               Schema const& from, Schema const& to) {
    std::vector<object::Definition> checks{};
    if (!is_partition(step.from)) return checks;
    auto const is_wanted = [&](object::ObjectRef id) {
        if (to.definitions.find(id) != nullptr) return true;
        return std::any_of(step.to.parents.begin(), step.to.parents.end(), [&](auto const& parent) {
            id.name = parent;
            return to.definitions.find(id) != nullptr;
        });
    };
    for (auto const& [id, definition] : from.definitions) {
        if (!hands_down(definition, step.from)) continue;
        auto check = handed_down(definition, step.from);
        if (!is_wanted(check.id)) checks.push_back(std::move(check));
    }
    return checks;
}

namespace {

/// It is not where it was, or has other bounds: it is detached.
bool leaves_parent(object::Table const& from, Schema const& to) {
    if (!is_partition(from)) return false;
    auto const* const now = to.tables.find(from.name);
    return now != nullptr && now->details &&
           (now->details->bound != from.details->bound || now->parents != from.parents);
}

}  // namespace

bool leave_parents(Schema const& from, Schema const& to) {
    return std::any_of(from.tables.begin(), from.tables.end(), [&](auto const& it) {
        if (!leaves_parent(it.second, to)) return false;
        return is_part(parent_of(it.second.primary_key)) ||
               std::any_of(from.indexes.begin(), from.indexes.end(), [&](auto const& other) {
                   return other.second.table == it.first && is_part(parent_of(other.second));
               });
    });
}

Schema without_left_parents(Schema from, Schema const& to) {
    for (auto const& [name, table] : from.tables) {
        if (!leaves_parent(table, to)) continue;
        auto& key = from.tables.find(name)->primary_key;
        if (key && key->details) key->details->parent = {};
        for (auto const& [index, object] : from.indexes) {
            if (object.table != name || !object.details) continue;
            auto& freed = *from.indexes.find(index);
            std::erase(freed.uses,
                       object::ObjectRef{object::ObjectKind::index, freed.details->parent});
            freed.details->parent = {};
        }
    }
    return from;
}

}  // namespace cm::schema
