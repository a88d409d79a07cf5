// See relation_drafts.hpp.
#include "schema/pull/relation_drafts.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "dsl/string_literal.hpp"

namespace cm::schema {
namespace {

using sql::QualifiedName;

/// Names of a relation; an empty one for the relation itself if it needs none.
struct RelationNames {
    std::string relation{};
    std::string forward{};
    std::string back{};
};

std::pair<QualifiedName, QualifiedName> unordered(QualifiedName const& a, QualifiedName const& b) {
    return a < b ? std::pair{a, b} : std::pair{b, a};
}

constexpr std::array<std::string_view, 5> action_words{"Cascade", "Restrict", "NoAction", "SetNull",
                                                       "SetDefault"};

std::string action_word(object::ReferentialAction action) {
    return std::string{action_words.at(static_cast<std::size_t>(action))};
}

struct JoinTable {
    QualifiedName name{};
    QualifiedName a{}, b{};
};

JoinTable join_table(Schema const& actual, object::Table const& table) {
    JoinTable found{table.name, {}, {}};
    for (auto const& [name, key] : actual.foreign_keys) {
        if (name.table != table.name || key.columns.size() != 1) continue;
        (key.columns.front() == "A" ? found.a : found.b) = key.referenced_table;
    }
    return found;
}

/// The name, with the relation's behind it if a field has it already.
std::string free_name(NameSet& taken, std::string const& wanted, std::string const& relation) {
    if (!taken.has(wanted) || wanted.ends_with(relation)) return taken.claim(wanted);
    return taken.claim(fmt::format("{}_{}", wanted, relation));
}

class RelationDrafter {
  public:
    RelationDrafter(Draft& draft, Schema const& actual, ExistingSchema const& existing,
                    DraftOptions const& options)
        : draft_(draft),
          actual_(actual),
          table_keys_(actual),
          existing_(existing),
          options_(options) {
        for (std::size_t i = 0; i < draft.models.size(); ++i) {
            auto const& model = draft.models[i];
            if (model.is_view) continue;
            places_.emplace(model.table, i);
            for (auto const& column : model.columns) fields_[i].reserve(column.name);
        }
        reserve_known_names();
    }

    void run() {
        collect();
        for (auto const* const key : keys_) draft_key(*key);
        for (auto const& join : joins_) draft_join(join);
    }

  private:
    void reserve_known_names() {
        for (auto const& [table, place] : places_) {
            auto const existing = draft_.models[place].existing;
            if (!existing) continue;
            for (auto const& field : existing_.data_model().models[*existing].fields) {
                if (field.relation) fields_[place].reserve(field.name);
            }
        }
    }

    void collect() {
        for (auto const& [name, key] : actual_.foreign_keys) {
            if (places_.count(name.table) == 0 || places_.count(key.referenced_table) == 0) {
                continue;
            }
            keys_.push_back(&key);
            auto& count = pairs_[unordered(name.table, key.referenced_table)];
            count += has_column_like(name.table, key.referenced_table) ? 2 : 1;
        }
        for (auto const& [name, table] : actual_.tables) {
            if (places_.count(name) != 0) continue;
            auto const existing = known_join(name);
            if (!existing && !is_join_table(actual_, table)) continue;
            auto const join = existing ? *existing : join_table(actual_, table);
            if (places_.count(join.a) == 0 || places_.count(join.b) == 0) continue;
            joins_.push_back(join);
            ++pairs_[unordered(joins_.back().a, joins_.back().b)];
        }
    }

    /// A relation of the file keeps its table, whatever keys and indexes that has.
    std::optional<JoinTable> known_join(QualifiedName const& name) const {
        auto const found = existing_.join_relation_of(name, actual_);
        if (!found) return {};
        auto const& relation =
            std::get<dsl::JoinTableRelation>(existing_.data_model().relations[*found]);
        auto const& models = existing_.data_model().models;
        return JoinTable{name, existing_.table_of(models[relation.a.model]),
                         existing_.table_of(models[relation.b.model])};
    }

    /// A column has the name that a relation field would have: Prisma then gives the relation a
    /// name.
    bool has_column_like(QualifiedName const& from, QualifiedName const& to) const {
        return find_column(*actual_.tables.find(from), to.name) != nullptr ||
               find_column(*actual_.tables.find(to), from.name) != nullptr;
    }

    ModelDraft& model_at(QualifiedName const& table) { return draft_.models[places_.at(table)]; }

    NameSet& fields_at(QualifiedName const& table) { return fields_[places_.at(table)]; }

    bool is_ambiguous(QualifiedName const& a, QualifiedName const& b) const {
        return pairs_.at(unordered(a, b)) > 1;
    }

    bool is_prisma_style() const { return options_.naming.style == dsl::NamingStyle::as_written; }

    /// The word for a model inside names: Prisma takes the table's name, not the model's.
    std::string word_of(QualifiedName const& table) {
        auto const word = identifier_of(table.name);
        if (word.empty()) return model_at(table).name;
        return is_reserved(word) ? "Renamed" + word : word;
    }

    // --- foreign keys ---------------------------------------------------------------------------

    std::string relation_name(object::ForeignKey const& key) {
        std::vector<std::string> words{};
        for (auto const& column : key.columns) words.push_back(identifier_of(column));
        return fmt::format("{}_{}To{}", word_of(key.name.table), fmt::join(words, "_"),
                           word_of(key.referenced_table));
    }

    RelationNames prisma_names(object::ForeignKey const& key) {
        auto const from = word_of(key.name.table);
        auto const to = word_of(key.referenced_table);
        auto const is_self = key.name.table == key.referenced_table;
        if (!is_ambiguous(key.name.table, key.referenced_table)) {
            if (is_self) return {fmt::format("{}To{}", from, to), to, "other_" + to};
            return {{}, to, from};
        }
        auto const name = relation_name(key);
        auto const forward = fmt::format("{}_{}", to, name);
        if (is_self) return {name, forward, "other_" + forward};
        return {name, forward, fmt::format("{}_{}", from, name)};
    }

    /// `author` for the column `author_id`; `posts`, or `postsByAuthor`, on the other side.
    RelationNames strategy_names(object::ForeignKey const& key, bool is_list) {
        auto stem = key.columns.back();
        if (stem.ends_with("_id") && stem.size() > 3) stem.resize(stem.size() - 3);
        auto const forward = field_name(stem, options_.naming);
        auto const& from = model_at(key.name.table).name;
        auto const plural = field_name(key.name.table.name, options_.naming);
        auto back = is_list ? plural : lower_first(from);
        auto const is_self = key.name.table == key.referenced_table;
        if (!is_self && !is_ambiguous(key.name.table, key.referenced_table)) {
            return {{}, forward, back};
        }
        return {from + upper_first(forward), forward, back + "By" + upper_first(forward)};
    }

    /// Two keys of the same columns want the same names; the relation's must differ.
    RelationNames new_names(object::ForeignKey const& key, bool is_list) {
        auto names = is_prisma_style() ? prisma_names(key) : strategy_names(key, is_list);
        auto& forward = fields_at(key.name.table);
        auto& back = fields_at(key.referenced_table);
        if (!names.relation.empty()) names.relation = relation_names_.claim(names.relation);
        names.forward = free_name(forward, names.forward, relation_name(key));
        names.back = free_name(back, names.back, relation_name(key));
        return names;
    }

    dsl::ForeignKeyRelation const* known_relation(object::ForeignKey const& key) {
        auto const found = existing_.relation_of(key);
        if (!found || !used_.insert(*found).second) return nullptr;
        return &std::get<dsl::ForeignKeyRelation>(existing_.data_model().relations[*found]);
    }

    std::string known_field(dsl::RelationEnd const& end) const {
        return end.field ? existing_.data_model().models[end.model].fields[*end.field].name
                         : std::string{};
    }

    std::string bracketed(QualifiedName const& table, std::vector<std::string> const& columns) {
        std::vector<std::string> names{};
        for (auto const& column : columns) {
            for (auto const& field : model_at(table).columns) {
                if (field.column == column) names.push_back(field.name);
            }
        }
        return fmt::format("[{}]", fmt::join(names, ", "));
    }

    std::string relation_attribute(object::ForeignKey const& key, std::string const& name) {
        std::vector<std::string> arguments{};
        if (!name.empty()) arguments.push_back(dsl::escape(name));
        arguments.push_back("fields: " + bracketed(key.name.table, key.columns));
        arguments.push_back("references: " +
                            bracketed(key.referenced_table, key.referenced_columns));
        auto const usual = nullable_columns(key) == key.columns.size()
                               ? object::ReferentialAction::set_null
                               : object::ReferentialAction::restrict;
        if (key.on_delete != usual) arguments.push_back("onDelete: " + action_word(key.on_delete));
        if (key.on_update != object::ReferentialAction::cascade) {
            arguments.push_back("onUpdate: " + action_word(key.on_update));
        }
        if (key.name.name != dsl::foreign_key_name(key.name.table.name, key.columns)) {
            arguments.push_back("map: " + dsl::escape(key.name.name));
        }
        return fmt::format("@relation({})", fmt::join(arguments, ", "));
    }

    std::size_t nullable_columns(object::ForeignKey const& key) const {
        auto const& table = *actual_.tables.find(key.name.table);
        return static_cast<std::size_t>(
            std::count_if(key.columns.begin(), key.columns.end(), [&](std::string const& name) {
                auto const* const column = find_column(table, name);
                return column != nullptr && column->is_nullable;
            }));
    }

    void draft_key(object::ForeignKey const& key) {
        auto const& table = *actual_.tables.find(key.name.table);
        auto const is_list = !is_unique(table_keys_, table, key.columns, options_);
        RelationNames names{};
        if (auto const* const relation = known_relation(key)) {
            names = {relation->name, known_field(relation->from), known_field(relation->to)};
        } else {
            names = new_names(key, is_list);
        }
        auto const is_optional = nullable_columns(key) > 0;
        auto forward = field(names.forward, key.referenced_table, is_optional ? "?" : "");
        forward.attributes.push_back(relation_attribute(key, names.relation));
        ignore_if_needed(forward, key.name.table, key.referenced_table);
        auto back = field(names.back, key.name.table, is_list ? "[]" : "?");
        if (!names.relation.empty()) {
            back.attributes.push_back(fmt::format("@relation({})", dsl::escape(names.relation)));
        }
        ignore_if_needed(back, key.referenced_table, key.name.table);
        add(key.name.table, std::move(forward), {key.name, {}}, true);
        add(key.referenced_table, std::move(back), {key.name, {}}, false);
    }

    FieldDraft field(std::string const& name, QualifiedName const& target, std::string_view arity) {
        FieldDraft draft{};
        draft.name = name;
        draft.type = fmt::format("{}{}", model_at(target).name, arity);
        return draft;
    }

    void ignore_if_needed(FieldDraft& field, QualifiedName const& owner,
                          QualifiedName const& target) {
        if (model_at(target).is_ignored && !model_at(owner).is_ignored) {
            field.attributes.emplace_back("@ignore");
        }
    }

    void add(QualifiedName const& table, FieldDraft field, RelationSource source, bool holds_key) {
        if (field.name.empty()) return;  // a side that the schema file does without
        model_at(table).relations.push_back({std::move(field), std::move(source), holds_key});
    }

    // --- join tables ----------------------------------------------------------------------------

    RelationNames new_join_names(JoinTable const& join) {
        auto const is_self = join.a == join.b;
        auto const& a = model_at(join.a).name;
        auto const& b = model_at(join.b).name;
        auto const is_default = join.name.name == dsl::join_table_name({}, a, b, options_.naming);
        auto const name = join.name.name.substr(1);
        auto const ambiguous = is_ambiguous(join.a, join.b);
        RelationNames names{};
        if (is_self || ambiguous || !is_default) names.relation = relation_names_.claim(name);
        if (is_prisma_style()) {
            names.forward = word_of(join.b);
            names.back = word_of(join.a);
        } else {
            names.forward = field_name(join.b.name, options_.naming);
            names.back = field_name(join.a.name, options_.naming);
        }
        if (ambiguous) {
            names.forward += "_" + identifier_of(name);
            names.back += "_" + identifier_of(name);
        }
        if (is_self) {
            names.forward += "_B";
            names.back += "_A";
        }
        // A is the first of the two: its fields come first.
        if (is_self) std::swap(names.forward, names.back);
        names.forward = free_name(fields_at(join.a), names.forward, identifier_of(name));
        names.back = free_name(fields_at(join.b), names.back, identifier_of(name));
        return names;
    }

    void draft_join(JoinTable const& join) {
        RelationNames names{};
        if (auto const found = existing_.join_relation_of(join.name, actual_)) {
            auto const& relation =
                std::get<dsl::JoinTableRelation>(existing_.data_model().relations[*found]);
            names = {relation.name, known_field(relation.a), known_field(relation.b)};
        } else {
            names = new_join_names(join);
        }
        auto first = field(names.forward, join.b, "[]");
        auto second = field(names.back, join.a, "[]");
        for (auto* const side : {&first, &second}) {
            if (names.relation.empty()) continue;
            side->attributes.push_back(fmt::format("@relation({})", dsl::escape(names.relation)));
        }
        ignore_if_needed(first, join.a, join.b);
        ignore_if_needed(second, join.b, join.a);
        add(join.a, std::move(first), {{}, join.name}, false);
        add(join.b, std::move(second), {{}, join.name}, false);
    }

    Draft& draft_;
    Schema const& actual_;
    TableKeys table_keys_;
    ExistingSchema const& existing_;
    DraftOptions const& options_;
    std::map<QualifiedName, std::size_t> places_{};  ///< table → index into draft_.models
    std::map<std::size_t, NameSet> fields_{};
    std::vector<object::ForeignKey const*> keys_{};
    std::vector<JoinTable> joins_{};
    std::map<std::pair<QualifiedName, QualifiedName>, int> pairs_{};
    std::set<std::size_t> used_{};
    NameSet relation_names_{};
};

}  // namespace

void add_relations(Draft& draft, Schema const& actual, ExistingSchema const& existing,
                   DraftOptions const& options) {
    RelationDrafter(draft, actual, existing, options).run();
}

}  // namespace cm::schema
