// See draft.hpp.
#include "schema/pull/draft.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "dsl/string_literal.hpp"
#include "schema/pull/draft_names.hpp"
#include "schema/pull/existing_schema.hpp"
#include "schema/pull/keys.hpp"
#include "schema/pull/relation_drafts.hpp"

namespace cm::schema {
namespace {

bool has_default(FieldDraft const& field) {
    return !field.text.default_value.empty();
}

bool has_pair_of_columns(object::Table const& table) {
    return table.columns.size() == 2 && find_column(table, "A") != nullptr &&
           find_column(table, "B") != nullptr;
}

class Drafter {
  public:
    Drafter(Schema const& actual, std::vector<object::Table> const& views,
            ExistingSchema const& existing, DraftOptions const& options)
        : actual_(actual), keys_(actual), existing_(existing), options_(options) {
        for (auto const& [name, table] : actual.tables) {
            // A relation of the file forgives other keys and indexes, but not another column.
            auto const is_join =
                is_join_table(actual, table) ||
                (existing.join_relation_of(name, actual) && has_pair_of_columns(table));
            if (table.columns.empty()) continue;  // no model can say that
            if (!is_join || existing.model_of(name)) tables_.push_back(&table);
        }
        for (auto const& view : views) views_.push_back(&view);
        give_names();
        if (add_crossed_joins()) give_names();
    }

    Draft run() {
        Draft draft{};
        for (auto const& [type, object] : actual_.enums) draft.enums.push_back(enum_draft(object));
        for (auto const& it : draft.enums) enums_.emplace(it.type, &it);
        for (auto const* const table : tables_) draft.models.push_back(model_draft(*table, false));
        for (auto const* const view : views_) draft.models.push_back(model_draft(*view, true));
        add_relations(draft, actual_, existing_, options_);
        return draft;
    }

  private:
    void give_names() {
        auto all = tables_;
        all.insert(all.end(), views_.begin(), views_.end());
        names_ = block_names(all, actual_.enums, existing_, options_.naming);
    }

    /// Column A of a join table belongs to the model whose name comes first. Where the names say
    /// otherwise, only a model of its own can say what the table is.
    bool add_crossed_joins() {
        auto const count = tables_.size();
        for (auto const& [name, table] : actual_.tables) {
            if (existing_.model_of(name) || existing_.join_relation_of(name, actual_) ||
                !is_join_table(actual_, table)) {
                continue;
            }
            std::map<std::string, std::string> models{};
            for (auto const* const key : keys_.foreign_keys(name)) {
                auto const found = names_.models.find(key->referenced_table);
                if (found != names_.models.end()) models[key->columns.front()] = found->second;
            }
            if (models["B"] < models["A"]) tables_.push_back(&table);
        }
        std::sort(tables_.begin(), tables_.end(),
                  [](auto const* a, auto const* b) { return a->name < b->name; });
        return tables_.size() != count;
    }

    EnumDraft enum_draft(object::Enum const& type) const {
        EnumDraft draft{};
        draft.type = type.name;
        draft.name = names_.enums.at(type.name);
        draft.existing = existing_.enum_of(type.name);
        draft.values = value_names(
            type, draft.existing ? &existing_.data_model().enums[*draft.existing] : nullptr);
        if (dsl::enum_name(draft.name, options_.naming) != type.name.name) {
            draft.attributes.push_back(map_attribute("@@map", type.name.name));
        }
        add_schema(draft.attributes, type.name.schema);
        return draft;
    }

    static std::string map_attribute(std::string_view attribute, std::string const& name) {
        return fmt::format("{}({})", attribute, dsl::escape(name));
    }

    void add_schema(std::vector<std::string>& attributes, std::string const& schema) const {
        if (options_.writes_schemas) attributes.push_back(map_attribute("@@schema", schema));
    }

    ModelDraft model_draft(object::Table const& table, bool is_view) const {
        ModelDraft draft{};
        draft.table = table.name;
        draft.name = names_.models.at(table.name);
        draft.existing = existing_.model_of(table.name);
        draft.is_view = is_view;
        draft.columns = columns_of(table, draft.existing);
        FieldNames fields{};
        for (auto const& field : draft.columns) fields.emplace(field.column, field.name);
        draft.keys = key_drafts(keys_, table, fields, options_);
        for (auto& field : draft.columns) finish(field, draft.keys);
        auto const was_ignored =
            draft.existing && existing_.data_model().models[*draft.existing].is_ignored;
        draft.is_ignored = was_ignored || (!is_view && !has_usable_key(table, draft));
        if (dsl::table_name(draft.name, options_.naming) != table.name.name) {
            draft.attributes.push_back(map_attribute("@@map", table.name.name));
        }
        if (draft.is_ignored) draft.attributes.emplace_back("@@ignore");
        add_schema(draft.attributes, table.name.schema);
        return draft;
    }

    std::vector<FieldDraft> columns_of(object::Table const& table,
                                       std::optional<std::size_t> existing) const {
        auto const enums = enum_names();
        NameSet taken{};
        std::vector<FieldDraft> fields{};
        auto const known_field = [&](object::Column const& column) {
            return existing ? existing_.field_of(*existing, column.name) : std::nullopt;
        };
        for (auto const& column : table.columns) {
            if (auto const field = known_field(column)) {
                taken.reserve(existing_.data_model().models[*existing].fields[*field].name);
            }
        }
        for (auto const& column : table.columns) {
            FieldDraft field{};
            field.column = column.name;
            field.existing = known_field(column);
            field.name = field.existing
                             ? existing_.data_model().models[*existing].fields[*field.existing].name
                             : taken.claim(legible_name(column.name));
            field.text =
                column_text(column, enums, options_.native_prefix, options_.default_schema);
            field.type = field.text.type + arity(column);
            fields.push_back(std::move(field));
        }
        return fields;
    }

    std::string legible_name(std::string const& column) const {
        auto const name = field_name(column, options_.naming);
        return name.empty() ? identifier_of("field_" + column) : name;
    }

    static std::string arity(object::Column const& column) {
        if (column.type.is_array) return "[]";
        return column.is_nullable ? "?" : "";
    }

    /// The attributes in Prisma's order.
    void finish(FieldDraft& field, std::vector<KeyDraft> const& keys) const {
        for (auto const& key : keys) {
            if (key.column == field.column) field.attributes.push_back(key.text);
        }
        if (has_default(field)) field.attributes.push_back(field.text.default_value);
        if (dsl::column_name(field.name, options_.naming) != field.column) {
            field.attributes.push_back(map_attribute("@map", field.column));
        }
        if (!field.text.native.empty()) field.attributes.push_back(field.text.native);
    }

    EnumNames enum_names() const {
        EnumNames names{};
        names.name = [this](sql::QualifiedName const& type) -> std::optional<std::string> {
            auto const found = names_.enums.find(type);
            if (found == names_.enums.end()) return {};
            return found->second;
        };
        names.value = [this](sql::QualifiedName const& type,
                             std::string const& value) -> std::optional<std::string> {
            auto const found = enums_.find(type);
            if (found == enums_.end()) return {};
            for (auto const& it : found->second->values) {
                if (it.value == value) return it.name;
            }
            return {};
        };
        return names;
    }

    /// A client can tell the rows apart: by columns that are required and of a type that it knows.
    bool has_usable_key(object::Table const& table, ModelDraft const& draft) const {
        auto const is_usable = [&](std::string const& name) {
            auto const* const column = find_column(table, name);
            auto const field =
                std::find_if(draft.columns.begin(), draft.columns.end(),
                             [&](FieldDraft const& it) { return it.column == name; });
            return column != nullptr && (!column->is_nullable || column->type.is_array) &&
                   field->text.is_supported;
        };
        auto const all_usable = [&](std::vector<std::string> const& columns) {
            return std::all_of(columns.begin(), columns.end(), is_usable);
        };
        auto const has_list = [&](std::vector<std::string> const& columns) {
            return std::any_of(columns.begin(), columns.end(), [&](std::string const& name) {
                return find_column(table, name)->type.is_array;
            });
        };
        if (table.primary_key && all_usable(table.primary_key->columns) &&
            !has_list(table.primary_key->columns)) {
            return true;
        }
        auto const& indexes = keys_.indexes(table.name);
        return std::any_of(indexes.begin(), indexes.end(), [&](auto const* const index) {
            return index->is_unique && is_expressible(*index, options_) &&
                   std::all_of(index->columns.begin(), index->columns.end(),
                               [&](auto const& column) { return is_usable(column.name); });
        });
    }

    Schema const& actual_;
    TableKeys keys_;
    ExistingSchema const& existing_;
    DraftOptions const& options_;
    std::vector<object::Table const*> tables_{};
    std::vector<object::Table const*> views_{};
    BlockNames names_{};
    std::map<sql::QualifiedName, EnumDraft const*> enums_{};
};

bool has_join_columns(object::Table const& table) {
    auto const* const a = find_column(table, "A");
    auto const* const b = find_column(table, "B");
    return table.name.name.size() > 1 && table.name.name.starts_with('_') &&
           table.columns.size() == 2 && a != nullptr && b != nullptr && !a->is_nullable &&
           !b->is_nullable && !a->default_value && !b->default_value;
}

/// `_AToB_A_fkey` and `_AToB_B_fkey`, each to the primary key of its table.
bool has_join_keys(Schema const& schema, object::Table const& table) {
    auto found = 0;
    for (auto const& [name, key] : schema.foreign_keys) {
        if (name.table != table.name) continue;
        auto const* const target = schema.tables.find(key.referenced_table);
        if (key.columns.size() != 1 || target == nullptr || !target->primary_key ||
            target->primary_key->columns != key.referenced_columns ||
            name.name !=
                dsl::join_table_foreign_key_name(table.name.name, key.columns.front()[0]) ||
            key.on_delete != object::ReferentialAction::cascade ||
            key.on_update != object::ReferentialAction::cascade) {
            return false;
        }
        ++found;
    }
    return found == 2;
}

bool is_named_columns(object::Index const& index, std::vector<std::string> const& columns) {
    return index.columns.size() == columns.size() && index.method == "btree" && !index.predicate &&
           std::equal(columns.begin(), columns.end(), index.columns.begin(),
                      [](auto const& name, auto const& column) {
                          return column.name == name && !column.is_descending &&
                                 column.operator_class.empty();
                      });
}

bool has_join_indexes(Schema const& schema, object::Table const& table) {
    auto const& name = table.name.name;
    auto has_pair = table.primary_key &&
                    table.primary_key->columns == std::vector<std::string>{"A", "B"} &&
                    table.primary_key->name == dsl::join_table_primary_key_name(name);
    auto has_b = false;
    std::size_t count = 0;
    for (auto const& [index_name, index] : schema.indexes) {
        if (index.table != table.name) continue;
        ++count;
        if (index_name.name == name + "_AB_unique" && index.is_unique && !table.primary_key &&
            is_named_columns(index, {"A", "B"})) {
            has_pair = true;
        } else if (index_name.name == dsl::join_table_index_name(name) && !index.is_unique &&
                   is_named_columns(index, {"B"})) {
            has_b = true;
        }
    }
    return has_pair && has_b && count == (table.primary_key ? 1U : 2U);
}

}  // namespace

bool is_join_table(Schema const& schema, object::Table const& table) {
    return has_join_columns(table) && has_join_keys(schema, table) &&
           has_join_indexes(schema, table);
}

Draft draft(Schema const& actual, std::vector<object::Table> const& views,
            dsl::DataModel const& existing, DraftOptions const& options) {
    ExistingSchema const names{existing, options.default_schema};
    return Drafter(actual, views, names, options).run();
}

}  // namespace cm::schema
