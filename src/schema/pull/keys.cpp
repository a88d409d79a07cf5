// See keys.hpp.
#include "schema/pull/keys.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "dsl/naming.hpp"
#include "dsl/operator_classes.hpp"
#include "dsl/string_literal.hpp"

namespace cm::schema {
namespace {

struct Method {
    std::string_view method{};
    std::string_view word{};
};

constexpr std::array methods{Method{"btree", ""},    Method{"hash", "Hash"},
                             Method{"gist", "Gist"}, Method{"gin", "Gin"},
                             Method{"brin", "Brin"}, Method{"spgist", "SpGist"}};

std::string_view const* find_method(std::string_view method) {
    auto const* const found = std::find_if(methods.begin(), methods.end(),
                                           [&](Method const& m) { return m.method == method; });
    return found == methods.end() ? nullptr : &found->word;
}

/// `ops: JsonbPathOps`, or `ops: raw("gin_trgm_ops")` where the language has no word; nothing for
/// the default one.
std::string operator_class(object::IndexColumn const& of_index, std::string_view method,
                           object::Column const* column) {
    auto const& name = of_index.operator_class;
    if (!of_index.parameters.empty()) {
        auto const written = sql::bare_name(name.empty() ? of_index.default_operator_class : name);
        return fmt::format("ops: raw({})", dsl::escape(written + sql::to_sql(of_index.parameters)));
    }
    if (name.empty()) return {};
    auto const is_plain = column != nullptr && column->type.name.schema.empty();
    for (auto const& existing : dsl::operator_classes()) {
        if (existing.database_name == name && existing.method == method && is_plain) {
            return fmt::format("ops: {}", existing.name);
        }
    }
    return fmt::format("ops: raw({})", dsl::escape(name));
}

class KeyWriter {
  public:
    KeyWriter(object::Table const& table, FieldNames const& fields)
        : table_(table), fields_(fields) {}

    KeyDraft primary_key(object::PrimaryKey const& key) const {
        std::vector<std::string> arguments{};
        if (key.columns.size() > 1) arguments.push_back(bracketed(key.columns));
        if (key.name != dsl::primary_key_name(table_.name.name)) {
            arguments.push_back(map(key.name));
        }
        if (key.columns.size() == 1) {
            return {key.name, attribute("@id", arguments), key.columns.front()};
        }
        return {key.name, attribute("@@id", arguments), {}};
    }

    KeyDraft index(object::Index const& index, bool on_field) const {
        auto const names = columns_of(index);
        auto const usual = index.is_unique ? dsl::unique_name(table_.name.name, names)
                                           : dsl::index_name(table_.name.name, names);
        std::vector<std::string> arguments{};
        if (!on_field) arguments.push_back(fields_of(index));
        if (index.name.name != usual) arguments.push_back(map(index.name.name));
        if (on_field && index.columns.front().is_descending) arguments.push_back("sort: Desc");
        auto const word = *find_method(index.method);
        if (!word.empty()) arguments.push_back(fmt::format("type: {}", word));
        if (index.predicate) {
            arguments.push_back(fmt::format("where: raw({})", dsl::escape(index.predicate->text)));
        }
        if (on_field) return {index.name.name, attribute("@unique", arguments), names.front()};
        return {
            index.name.name, attribute(index.is_unique ? "@@unique" : "@@index", arguments), {}};
    }

    static std::vector<std::string> columns_of(object::Index const& index) {
        std::vector<std::string> names{};
        for (auto const& column : index.columns) names.push_back(column.name);
        return names;
    }

  private:
    static std::string attribute(std::string_view name, std::vector<std::string> const& arguments) {
        if (arguments.empty()) return std::string{name};
        return fmt::format("{}({})", name, fmt::join(arguments, ", "));
    }

    static std::string map(std::string const& name) {
        return fmt::format("map: {}", dsl::escape(name));
    }

    std::string bracketed(std::vector<std::string> const& columns) const {
        std::vector<std::string> names{};
        for (auto const& column : columns) names.push_back(fields_.at(column));
        return fmt::format("[{}]", fmt::join(names, ", "));
    }

    std::string fields_of(object::Index const& index) const {
        std::vector<std::string> all{};
        for (auto const& column : index.columns) {
            std::vector<std::string> arguments{};
            auto word = operator_class(column, index.method, find_column(table_, column.name));
            if (!word.empty()) arguments.push_back(std::move(word));
            if (column.is_descending) arguments.emplace_back("sort: Desc");
            auto const& name = fields_.at(column.name);
            all.push_back(
                arguments.empty() ? name : fmt::format("{}({})", name, fmt::join(arguments, ", ")));
        }
        return fmt::format("[{}]", fmt::join(all, ", "));
    }

    object::Table const& table_;
    FieldNames const& fields_;
};

/// With `foreignKeyIndexes` the index is there without being said.
bool is_implied(TableKeys const& keys, object::Index const& index, DraftOptions const& options) {
    if (!options.naming.foreign_key_indexes || index.is_unique || index.predicate ||
        index.method != "btree") {
        return false;
    }
    auto const columns = KeyWriter::columns_of(index);
    if (index.name.name != dsl::index_name(index.table.name, columns)) return false;
    auto const is_plain = std::none_of(
        index.columns.begin(), index.columns.end(), [](object::IndexColumn const& column) {
            return column.is_descending || !column.operator_class.empty();
        });
    auto const& foreign_keys = keys.foreign_keys(index.table);
    return is_plain && std::any_of(foreign_keys.begin(), foreign_keys.end(),
                                   [&](auto const* const key) { return key->columns == columns; });
}

std::vector<object::Index const*> indexes_of(TableKeys const& keys, object::Table const& table,
                                             DraftOptions const& options) {
    std::vector<object::Index const*> found{};
    for (auto const* const index : keys.indexes(table.name)) {
        if (is_expressible(*index, options) && !is_implied(keys, *index, options)) {
            found.push_back(index);
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](auto* a, auto* b) { return a->is_unique > b->is_unique; });
    return found;
}

bool is_for_one_column(object::Index const& index, std::string const& column) {
    return index.is_unique && index.columns.size() == 1 && index.columns.front().name == column;
}

/// The index that the field's `@unique` stands for: a plain one rather than a partial one.
bool stands_on_field(object::Index const& index, std::vector<object::Index const*> const& indexes) {
    if (!index.is_unique || index.columns.size() != 1) return false;
    object::Index const* chosen{};
    for (auto const* const other : indexes) {
        if (!is_for_one_column(*other, index.columns.front().name)) continue;
        if (chosen == nullptr || (chosen->predicate && !other->predicate)) chosen = other;
    }
    return chosen == &index;
}

/// Whether the columns of the primary key, or of a unique index, are those.
template <class Predicate>
bool has_key(TableKeys const& keys, object::Table const& table, DraftOptions const& options,
             Predicate const& are_those) {
    if (table.primary_key && are_those(table.primary_key->columns)) return true;
    auto const& indexes = keys.indexes(table.name);
    return std::any_of(indexes.begin(), indexes.end(), [&](auto const* const index) {
        return index->is_unique && is_expressible(*index, options) &&
               are_those(KeyWriter::columns_of(*index));
    });
}

}  // namespace

TableKeys::TableKeys(Schema const& schema) {
    for (auto const& [name, index] : schema.indexes) indexes_[index.table].push_back(&index);
    for (auto const& [name, key] : schema.foreign_keys) {
        foreign_keys_[name.table].push_back(&key);
    }
}

std::vector<object::Index const*> const& TableKeys::indexes(sql::QualifiedName const& table) const {
    static std::vector<object::Index const*> const none{};
    auto const found = indexes_.find(table);
    return found == indexes_.end() ? none : found->second;
}

std::vector<object::ForeignKey const*> const& TableKeys::foreign_keys(
    sql::QualifiedName const& table) const {
    static std::vector<object::ForeignKey const*> const none{};
    auto const found = foreign_keys_.find(table);
    return found == foreign_keys_.end() ? none : found->second;
}

bool is_expressible(object::Index const& index, DraftOptions const& options) {
    return find_method(index.method) != nullptr && (!index.predicate || options.partial_indexes) &&
           (!index.is_unique || index.method == "btree");
}

std::vector<KeyDraft> key_drafts(TableKeys const& keys, object::Table const& table,
                                 FieldNames const& fields, DraftOptions const& options) {
    KeyWriter const writer{table, fields};
    std::vector<KeyDraft> drafts{};
    if (table.primary_key) drafts.push_back(writer.primary_key(*table.primary_key));
    auto const indexes = indexes_of(keys, table, options);
    for (auto const* const index : indexes) {
        drafts.push_back(writer.index(*index, stands_on_field(*index, indexes)));
    }
    return drafts;
}

bool is_unique(TableKeys const& keys, object::Table const& table,
               std::vector<std::string> const& columns, DraftOptions const& options) {
    return has_key(keys, table, options, [&](auto const& others) { return others == columns; });
}

bool is_referable(TableKeys const& keys, object::Table const& table,
                  std::vector<std::string> const& columns, DraftOptions const& options) {
    auto const wanted = object::key_columns(columns);
    return has_key(keys, table, options,
                   [&](auto const& others) { return object::key_columns(others) == wanted; });
}

}  // namespace cm::schema
