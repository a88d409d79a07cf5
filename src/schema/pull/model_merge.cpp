// Columns, keys and relations of the model are compared one by one; a line that is right stays.
#include "schema/pull/model_merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "schema/pull/block_text.hpp"
#include "schema/pull/existing_schema.hpp"
#include "schema/pull/field_line.hpp"
#include "schema/pull/keys.hpp"

namespace cm::schema {
namespace {

bool contains(Span outer, Span inner) {
    return outer.file == inner.file && outer.begin <= inner.begin && inner.end <= outer.end;
}

class ModelMerger {
  public:
    ModelMerger(ModelDraft const& draft, dsl::Block const& block, Schema const& actual,
                BothKeys keys, ParsedSchema const& written, DraftOptions const& options,
                Edits& edits)
        : draft_(draft),
          block_(block),
          actual_(actual),
          keys_(keys),
          written_(written),
          options_(options),
          edits_(edits),
          model_(written.model.models.at(*draft.existing)),
          declared_table_(written.declared.tables.find(draft.table)),
          actual_table_(actual.tables.find(draft.table)) {
        for (auto const& field : block.fields) lines_.emplace_back(field, written.sources);
    }

    void run() {
        match_keys();
        for (std::size_t i = 0; i < block_.fields.size(); ++i) merge_field(i);
        add_keys();
        for (std::size_t i = 0; i < block_.fields.size(); ++i) {
            if (lines_[i].is_changed() && removed_.count(i) == 0) {
                edits_.replace(whole_line(block_.fields[i]), lines_[i].text());
            }
        }
        add_fields();
        if (draft_.is_ignored && !model_.is_ignored) add_attribute("@@ignore");
    }

  private:
    /// A field's span may end before its attributes do.
    static Span whole_line(dsl::FieldDeclaration const& field) {
        auto span = field.span;
        for (auto const& attribute : field.attributes) span = join(span, attribute.span);
        return span;
    }

    dsl::Field const* field_named(std::string_view name) const {
        for (auto const& field : model_.fields) {
            if (field.name == name) return &field;
        }
        return nullptr;
    }

    void remove(std::size_t i) {
        removed_.insert(i);
        edits_.remove_lines(whole_line(block_.fields[i]));
    }

    // --- fields ---------------------------------------------------------------------------------

    void merge_field(std::size_t i) {
        auto const* const field = field_named(block_.fields[i].name.text);
        if (field == nullptr) return;
        if (field->relation) {
            merge_relation(i, *field);
            return;
        }
        auto const draft =
            std::find_if(draft_.columns.begin(), draft_.columns.end(),
                         [&](FieldDraft const& it) { return it.column == field->database_name; });
        if (draft == draft_.columns.end()) {
            remove(i);
        } else {
            merge_column(*draft, *field, lines_[i]);
        }
    }

    void merge_column(FieldDraft const& draft, dsl::Field const& field, FieldLine& line) {
        if (declared_table_ == nullptr || actual_table_ == nullptr) return;
        auto const* const declared = find_column(*declared_table_, draft.column);
        auto const* const actual = find_column(*actual_table_, draft.column);
        if (declared == nullptr || actual == nullptr || *declared == *actual) return;
        line.set_type(draft.type);
        if (!(declared->type == actual->type)) {
            line.replace("@" + options_.native_prefix, draft.text.native);
            drop_what_does_not_fit(draft, field, line);
        }
        auto const is_no_longer_generated = declared->declares_generation && !actual->is_generated;
        if (!has_same_default(*declared, *actual) || is_no_longer_generated) {
            line.replace("@default", draft.text.default_value);
        }
    }

    /// Defaults that the client makes need the type they had.
    void drop_what_does_not_fit(FieldDraft const& draft, dsl::Field const& field,
                                FieldLine& line) const {
        auto const old = written_type(field);
        if (old == draft.text.type) return;
        line.remove("@updatedAt");
        line.replace("@default", draft.text.default_value);
    }

    std::string_view written_type(dsl::Field const& field) const {
        for (auto const& declaration : block_.fields) {
            if (declaration.name.text == field.name) return declaration.type.name.text;
        }
        return {};
    }

    // --- relations ------------------------------------------------------------------------------

    std::optional<std::size_t> source_of(dsl::Field const& field,
                                         RelationFieldDraft const& draft) const {
        return field.name == draft.field.name ? field.relation : std::nullopt;
    }

    void merge_relation(std::size_t i, dsl::Field const& field) {
        auto const& datasource = written_.model.datasource;
        auto const& relation = written_.model.relations.at(*field.relation);
        auto const* const key = std::get_if<dsl::ForeignKeyRelation>(&relation);
        if (datasource && datasource->relation_mode_prisma && key != nullptr) {
            merge_keyless_relation(i, field, *key);
            return;
        }
        auto const draft = std::find_if(
            draft_.relations.begin(), draft_.relations.end(),
            [&](RelationFieldDraft const& it) { return source_of(field, it).has_value(); });
        if (draft == draft_.relations.end()) {
            if (leads_to_view(field)) return;
            remove(i);
            return;
        }
        if (!draft->source.key) return;
        auto const* const actual = actual_.foreign_keys.find(*draft->source.key);
        auto const declared = object::lower(*key, written_.model, options_.default_schema);
        auto& line = lines_[i];
        auto const is_other_shape = has_other_shape(declared, draft->holds_key);
        auto const& attribute = draft->field.attributes;
        if (actual != nullptr && draft->holds_key &&
            (!(declared == *actual) ||
             (is_other_shape && no_longer_goes_without_saying(*key, attribute.front())))) {
            line.replace("@relation", attribute.front());
        }
        if (is_other_shape) line.set_type(draft->field.type);
    }

    /// What happens on a deletion where the file does not say depends on whether the relation is
    /// optional: the same key may now need words.
    static bool no_longer_goes_without_saying(dsl::ForeignKeyRelation const& written,
                                              std::string_view drafted) {
        return written.on_delete_span == written.span &&
               drafted.find("onDelete: ") != std::string_view::npos;
    }

    /// Without foreign keys the database says nothing about relations: one stays as long as the
    /// columns that it stands on can bear it.
    void merge_keyless_relation(std::size_t i, dsl::Field const& field,
                                dsl::ForeignKeyRelation const& relation) {
        if (leads_to_view(field)) return;
        auto const key = object::lower(relation, written_.model, options_.default_schema);
        auto const* const from = actual_.tables.find(key.name.table);
        auto const* const to = actual_.tables.find(key.referenced_table);
        if (from == nullptr || to == nullptr || !can_refer(*from, *to, key)) {
            remove(i);
            return;
        }
        auto const holds_key =
            relation.from.model == *draft_.existing && relation.from.field == index_of(field);
        if (!has_other_shape(key, holds_key)) return;
        auto const arity = holds_key ? (has_nullable_column(*from, key) ? "?" : "")
                           : is_unique(keys_.actual, *from, key.columns, options_) ? "?"
                                                                                   : "[]";
        lines_[i].set_type(fmt::format("{}{}", block_.fields[i].type.name.text, arity));
    }

    bool can_refer(object::Table const& from, object::Table const& to,
                   object::ForeignKey const& key) const {
        for (std::size_t i = 0; i < key.columns.size(); ++i) {
            auto const* const column = find_column(from, key.columns[i]);
            auto const* const referenced = find_column(to, key.referenced_columns[i]);
            if (column == nullptr || referenced == nullptr) return false;
            if (column->type == referenced->type) continue;
            // The client may know two types of the database as one.
            if (!keeps_type(key.name.table, *column) ||
                !keeps_type(key.referenced_table, *referenced)) {
                return false;
            }
        }
        return is_referable(keys_.actual, to, key.referenced_columns, options_);
    }

    bool keeps_type(sql::QualifiedName const& table, object::Column const& actual) const {
        auto const* const declared = written_.declared.tables.find(table);
        auto const* const column =
            declared == nullptr ? nullptr : find_column(*declared, actual.name);
        return column != nullptr && column->type == actual.type;
    }

    static bool has_nullable_column(object::Table const& table, object::ForeignKey const& key) {
        return std::any_of(key.columns.begin(), key.columns.end(), [&](std::string const& name) {
            auto const* const column = find_column(table, name);
            return column != nullptr && column->is_nullable;
        });
    }

    std::size_t index_of(dsl::Field const& field) const {
        return static_cast<std::size_t>(&field - model_.fields.data());
    }

    bool leads_to_view(dsl::Field const& field) const {
        auto const* const type = std::get_if<dsl::ModelType>(&field.type);
        return model_.is_view || (type != nullptr && written_.model.models[type->index].is_view);
    }

    /// Whether the columns of the key became (or are no longer) nullable or unique.
    bool has_other_shape(object::ForeignKey const& key, bool holds_key) const {
        auto const* const before = written_.declared.tables.find(key.name.table);
        auto const* const now = actual_.tables.find(key.name.table);
        if (before == nullptr || now == nullptr) return false;
        if (!holds_key) {
            return is_unique(keys_.declared, *before, key.columns, options_) !=
                   is_unique(keys_.actual, *now, key.columns, options_);
        }
        return std::any_of(key.columns.begin(), key.columns.end(), [&](std::string const& name) {
            auto const* const a = find_column(*before, name);
            auto const* const b = find_column(*now, name);
            return a != nullptr && b != nullptr && a->is_nullable != b->is_nullable;
        });
    }

    // --- keys -----------------------------------------------------------------------------------

    KeyDraft const* draft_of_key(std::string const& name) const {
        auto const found = std::find_if(draft_.keys.begin(), draft_.keys.end(),
                                        [&](KeyDraft const& it) { return it.name == name; });
        return found == draft_.keys.end() ? nullptr : &*found;
    }

    /// Decides for each key of the file whether it stays, is changed or goes.
    void match_keys() {
        if (declared_table_ == nullptr || actual_table_ == nullptr) return;
        for (auto const& index : model_.indexes) {
            if (is_written(index)) match_key(index);
        }
    }

    /// Indexes made by `foreignKeyIndexes` stand nowhere.
    bool is_written(dsl::Index const& index) const {
        for (auto const& attribute : block_.attributes) {
            if (contains(attribute.span, index.span)) return true;
        }
        for (auto const& field : block_.fields) {
            for (auto const& attribute : field.attributes) {
                if (attribute.name.text != "relation" && contains(attribute.span, index.span)) {
                    return true;
                }
            }
        }
        return false;
    }

    void match_key(dsl::Index const& index) {
        auto const name =
            index.kind == dsl::IndexKind::primary_key ? same_primary_key() : same_index(index);
        if (name && *name == index.database_name) {
            matched_.insert(*name);
            return;
        }
        remove_attribute(index.span);
    }

    std::optional<std::string> same_primary_key() const {
        if (!declared_table_->primary_key || !actual_table_->primary_key) return {};
        if (!(*declared_table_->primary_key == *actual_table_->primary_key)) return {};
        return actual_table_->primary_key->name;
    }

    std::optional<std::string> same_index(dsl::Index const& index) const {
        sql::QualifiedName const name{draft_.table.schema, index.database_name};
        auto const* const declared = written_.declared.indexes.find(name);
        auto const* const actual = actual_.indexes.find(name);
        if (declared == nullptr || actual == nullptr) return {};
        return *declared == *actual ? std::optional{index.database_name} : std::nullopt;
    }

    void remove_attribute(Span span) {
        for (auto const& attribute : block_.attributes) {
            if (contains(attribute.span, span)) edits_.remove_lines(attribute.span);
        }
        for (std::size_t i = 0; i < block_.fields.size(); ++i) {
            for (auto const& attribute : block_.fields[i].attributes) {
                if (contains(attribute.span, span)) lines_[i].remove(attribute.span);
            }
        }
    }

    void add_keys() {
        for (auto const& key : draft_.keys) {
            if (matched_.count(key.name) != 0) continue;
            if (key.column.empty()) {
                add_attribute(key.text);
            } else if (auto* const line = line_of_column(key.column)) {
                line->add(key.text);
            }
        }
    }

    FieldLine* line_of_column(std::string const& column) {
        for (std::size_t i = 0; i < block_.fields.size(); ++i) {
            auto const* const field = field_named(block_.fields[i].name.text);
            if (field != nullptr && !field->relation && field->database_name == column) {
                return &lines_[i];
            }
        }
        return nullptr;  // a new field has its keys already
    }

    void add_attribute(std::string const& text) {
        if (block_.attributes.empty() && !has_added_attribute_) {
            edits_.add_line_above_end(block_.span, "");
        }
        has_added_attribute_ = true;
        edits_.add_line_above_end(block_.span, "  " + text);
    }

    // --- what is new ----------------------------------------------------------------------------

    void add_fields() {
        auto behind = block_.name.span;
        for (auto const& column : draft_.columns) {
            if (!column.existing) {
                edits_.add_line_behind(behind, "  " + line_of(column));
                continue;
            }
            auto const& name = model_.fields[*column.existing].name;
            for (auto const& field : block_.fields) {
                if (field.name.text == name) behind = whole_line(field);
            }
        }
        auto const last =
            block_.fields.empty() ? block_.name.span : whole_line(block_.fields.back());
        for (auto const& relation : draft_.relations) {
            if (field_named(relation.field.name) == nullptr) {
                edits_.add_line_behind(last, "  " + line_of(relation.field));
            }
        }
    }

    ModelDraft const& draft_;
    dsl::Block const& block_;
    Schema const& actual_;
    BothKeys keys_;
    ParsedSchema const& written_;
    DraftOptions const& options_;
    Edits& edits_;
    dsl::Model const& model_;
    object::Table const* declared_table_{};
    object::Table const* actual_table_{};
    std::vector<FieldLine> lines_{};
    std::set<std::size_t> removed_{};
    std::set<std::string> matched_{};
    bool has_added_attribute_{};
};

}  // namespace

void merge_model(ModelDraft const& draft, dsl::Block const& block, Schema const& actual,
                 BothKeys keys, ParsedSchema const& written, DraftOptions const& options,
                 Edits& edits) {
    ModelMerger(draft, block, actual, keys, written, options, edits).run();
}

}  // namespace cm::schema
