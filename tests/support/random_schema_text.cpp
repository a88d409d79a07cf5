// The text of random_schema.hpp: a draft in the schema language, and its rows.
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "support/random_schema.hpp"
#include "support/random_schema_tables.hpp"

namespace cm::test::random_schema {

namespace {

/// The draft as text. What would not be valid is left out here, so that changes need not know of
/// each other.
class Text {
  public:
    explicit Text(Draft const& draft) : draft_(draft) {}

    std::string models() const {
        std::string text{};
        for (auto const& name : enum_names) {
            auto const list = values(name);
            if (!list.empty())
                text += fmt::format("enum {} {{\n  {}\n  {}\n}}\n", name, fmt::join(list, "\n  "),
                                    schema(draft_.enums_are_elsewhere));
        }
        if (draft_.has_view)
            text += fmt::format("view V {{\n  id Int @unique\n  {}\n}}\n", schema(false));
        for (auto const& [name, model] : draft_.models) text += declaration(name, model);
        return text;
    }

    /// Two rows a table, which refer to the first row of others.
    std::string rows() const {
        // Replicas do not check foreign keys: rows may come in any order.
        std::string text = "SET session_replication_role = replica;\n";
        for (auto const& [name, model] : draft_.models) {
            for (std::size_t row = 0; row < 2; ++row) text += insert(name, model, row);
        }
        return text + "SET session_replication_role = origin;\n";
    }

    std::string loosened_sequences() const {
        std::string text{};
        for (auto const& [name, model] : draft_.models) {
            if (!counts(model) || !model.counts_with_loose_sequence) continue;
            auto const table = table_of(name, model);
            text += fmt::format(
                "CREATE SEQUENCE loose.of_{0} START 100; DO $$ BEGIN EXECUTE 'ALTER SEQUENCE ' || "
                "pg_get_serial_sequence('{1}', 'id') || ' OWNED BY NONE'; END $$; ALTER TABLE {1} "
                "ALTER id SET DEFAULT nextval('loose.of_{0}');\n",
                name, table);
        }
        if (text.empty()) return {};
        // Those that nobody counts with any more.
        return text +
               "DO $$ DECLARE s text; BEGIN FOR s IN SELECT c.oid::regclass FROM pg_class c WHERE "
               "c.relkind = 'S' AND c.relnamespace::regnamespace::text IN ('public', 'other') AND "
               "NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', "
               "'i')) LOOP EXECUTE 'DROP SEQUENCE ' || s; END LOOP; END $$;\n";
    }

  private:
    static bool counts(Model const& model) {
        return model.id_counts && scalars.at(model.id_type).name != "String";
    }

    static std::string_view schema(bool elsewhere) {
        return elsewhere ? "@@schema(\"other\")" : "@@schema(\"public\")";
    }

    static std::string name_of(std::string const& name, Field const& field) {
        return field.is_renamed ? "g" + name : name;
    }

    static std::string column_of(std::string const& name, Field const& field) {
        return field.is_mapped ? "C_" + name : name;
    }

    static std::string table_of(std::string const& name, Model const& model) {
        return fmt::format("{}.\"{}\"", model.is_elsewhere ? "other" : "public",
                           model.is_mapped ? "t_" + name : name);
    }

    std::vector<std::string> values(std::string_view name) const {
        auto const found = draft_.enums.find(std::string(name));
        if (found == draft_.enums.end()) return {};
        std::vector<std::string> unique{};
        for (auto const& value : found->second) {
            if (std::find(unique.begin(), unique.end(), value) == unique.end())
                unique.push_back(value);
        }
        return unique;
    }

    bool exists(Field const& field) const {
        return field.type < scalars.size() ||
               !values(enum_names.at(field.type - scalars.size())).empty();
    }

    static bool is_enum(Field const& field) { return field.type >= scalars.size(); }

    static bool is_unsupported(Field const& field) {
        return !is_enum(field) && scalars.at(field.type).name.starts_with("Unsupported");
    }

    std::string type_of(Field const& field) const {
        return is_enum(field) ? enum_names.at(field.type - scalars.size())
                              : std::string(scalars.at(field.type).name);
    }

    std::optional<std::string> default_of(Field const& field) const {
        if (!field.default_value || is_unsupported(field)) return {};
        std::string text{};
        if (is_enum(field)) {
            auto const list = values(enum_names.at(field.type - scalars.size()));
            text = list.at(*field.default_value % list.size());
        } else {
            text = scalars.at(field.type).defaults.at(*field.default_value);
        }
        auto const is_call = text.ends_with(')');
        if (field.arity == Arity::list) return is_call ? "[]" : "[" + text + "]";
        if (field.arity == Arity::optional && text == "autoincrement()") return {};
        return text;
    }

    std::string line(std::string const& name, Field const& field) const {
        constexpr std::array suffixes{"", "?", "[]"};
        auto text = fmt::format("  {} {}{}", name_of(name, field), type_of(field),
                                suffixes.at(static_cast<std::size_t>(field.arity)));
        if (auto const value = default_of(field)) text += fmt::format(" @default({})", *value);
        if (!is_enum(field)) text += fmt::format(" {}", scalars.at(field.type).native);
        if (field.is_mapped || field.is_renamed)
            text += fmt::format(" @map(\"{}\")", column_of(name, field));
        if (field.is_ignored && !is_unsupported(field)) text += " @ignore";
        return text + "\n";
    }

    bool can_be_indexed(Model const& model, std::string const& name) const {
        auto const found = model.fields.find(name);
        return found != model.fields.end() && exists(found->second) && !found->second.is_ignored &&
               found->second.arity != Arity::list &&
               (is_enum(found->second) || scalars.at(found->second.type).can_be_indexed);
    }

    std::string condition(Model const& model, Index const& index) const {
        if (!index.has_condition) return {};
        std::vector<std::string> possible{};
        for (auto const& [name, field] : model.fields) {
            if (!exists(field) || field.is_ignored) continue;
            auto const column = fmt::format("\\\"{}\\\"", column_of(name, field));
            possible.push_back(column + " IS NOT NULL");
            possible.push_back(column + " IS NULL");
            auto const is_number = !is_enum(field) && scalars.at(field.type).name == "Int" &&
                                   scalars.at(field.type).native.empty();
            if (is_number && field.arity != Arity::list) possible.push_back(column + " > 0");
        }
        if (possible.empty()) return {};
        return fmt::format(", where: raw(\"{}\")", possible[index.condition % possible.size()]);
    }

    /// The index by another method than a b-tree, if one of the model's fields allows it.
    std::string other_method(Model const& model, Index const& index) const {
        if (index.method >= methods.size()) return {};
        auto const& method = methods.at(index.method);
        for (auto const& [name, field] : model.fields) {
            if (!exists(field) || is_enum(field) || field.is_ignored) continue;
            auto const& scalar = scalars.at(field.type);
            if (scalar.name != method.scalar || scalar.native != method.native ||
                (field.arity == Arity::list) != method.takes_lists)
                continue;
            auto const operators =
                method.operators.empty() ? "" : fmt::format("(ops: {})", method.operators);
            return fmt::format("[{}{}], type: {}", name_of(name, field), operators, method.name);
        }
        return {};
    }

    std::string line(std::string const& model_name, Model const& model, std::string const& name,
                     Index const& index) const {
        std::vector<std::string> fields{};
        for (auto const& field : index.fields) {
            if (can_be_indexed(model, field))
                fields.push_back(name_of(field, model.fields.at(field)) +
                                 (index.is_descending ? "(sort: Desc)" : ""));
        }
        auto const other = other_method(model, index);
        if (fields.empty() && other.empty()) return {};
        return fmt::format("  @@{}({}{}, map: \"{}_{}{}\")\n",
                           index.is_unique && other.empty() ? "unique" : "index",
                           other.empty() ? fmt::format("[{}]", fmt::join(fields, ", ")) : other,
                           condition(model, index), model_name, name, index.has_name ? "_x" : "");
    }

    Model const* find(std::string const& name) const {
        auto const found = draft_.models.find(name);
        return found == draft_.models.end() ? nullptr : &found->second;
    }

    /// The target of a relation; ignored models have none.
    Model const* related(Model const& model, std::string const& target) const {
        auto const* const other = find(target);
        return other == nullptr || other->is_ignored || model.is_ignored ? nullptr : other;
    }

    /// Implicit relations need keys of one field, and tables in one schema.
    bool has_join_table(std::string const& a, std::string const& b) const {
        auto const *const from = find(a), *const to = find(b);
        return from != nullptr && to != nullptr && !from->has_compound_key &&
               !to->has_compound_key && from->is_elsewhere == to->is_elsewhere &&
               !from->is_ignored && !to->is_ignored;
    }

    std::string action(std::string_view argument, std::size_t number, bool is_optional) const {
        // Where the client keeps the relations, it follows no circles.
        if (!draft_.has_foreign_keys) return fmt::format(", {}: Restrict", argument);
        if (number >= actions.size()) return {};
        std::string_view const name = actions.at(number);
        if ((name == "SetNull" && !is_optional) || name == "SetDefault") return {};
        return fmt::format(", {}: {}", argument, name);
    }

    std::string foreign_key(std::string const& name, std::string const& target, Model const& other,
                            Relation const& relation) const {
        auto const mark = relation.is_optional ? "?" : "";
        auto const& id = scalars.at(other.id_type);
        auto text = fmt::format("  r{} {}{} {}\n", target, id.name, mark, id.native);
        if (other.has_compound_key) text += fmt::format("  r{}2 Int{}\n", target, mark);
        text += fmt::format(
            "  to{0} {0}{1} @relation(\"{2}_{0}\", fields: [{3}], references: [{4}]{5}{6})\n",
            target, mark, name,
            other.has_compound_key ? fmt::format("r{0}, r{0}2", target) : "r" + target,
            other.has_compound_key ? "id, id2" : "id",
            action("onDelete", relation.on_delete, relation.is_optional),
            action("onUpdate", relation.on_update, relation.is_optional));
        return text;
    }

    std::string lines_of_relations(std::string const& name, Model const& model) const {
        std::string text{};
        for (auto const& [target, relation] : model.relations) {
            auto const* const other = related(model, target);
            if (other == nullptr) continue;
            text += foreign_key(name, target, *other, relation);
        }
        for (auto const& [source, other] : draft_.models) {
            if (other.relations.contains(name) && related(other, name) != nullptr)
                text += fmt::format("  of{0} {0}[] @relation(\"{0}_{1}\")\n", source, name);
        }
        for (auto const& [a, b] : draft_.many_to_many) {
            if (!has_join_table(a, b)) continue;
            if (a == name) text += fmt::format("  ma{1} {1}[] @relation(\"{0}m{1}\")\n", a, b);
            if (b == name) text += fmt::format("  mb{0} {0}[] @relation(\"{0}m{1}\")\n", a, b);
        }
        return text;
    }

    std::string declaration(std::string const& name, Model const& model) const {
        auto const& id = scalars.at(model.id_type);
        auto text = fmt::format("model {} {{\n  id {} {} {} {}\n", name, id.name,
                                model.has_compound_key ? "" : "@id",
                                counts(model) ? "@default(autoincrement())" : "", id.native);
        if (model.has_compound_key) text += "  id2 Int @default(1)\n  @@id([id, id2])\n";
        if (model.is_mapped) text += fmt::format("  @@map(\"t_{}\")\n", name);
        if (model.is_ignored) text += "  @@ignore\n";
        text += fmt::format("  {}\n", schema(model.is_elsewhere));
        for (auto const& [field_name, field] : model.fields) {
            if (!exists(field)) continue;
            auto declared = field;
            declared.is_ignored &= !model.is_ignored;
            text += line(field_name, declared);
        }
        text += lines_of_relations(name, model);
        for (auto const& [index_name, index] : model.indexes)
            text += line(name, model, index_name, index);
        return text + "}\n";
    }

    std::string value_of(Field const& field, std::size_t row) const {
        if (field.arity == Arity::list) return row == 0 ? "'{}'" : "NULL";
        if (field.arity == Arity::optional && row == 1) return "NULL";
        if (!is_enum(field)) return std::string(scalars.at(field.type).values.at(row));
        auto const list = values(enum_names.at(field.type - scalars.size()));
        return "'" + list.at(row % list.size()) + "'";
    }

    std::string insert(std::string const& name, Model const& model, std::size_t row) const {
        std::vector<std::string> columns{"id"},
            inserted{std::string(scalars.at(model.id_type).values.at(row))};
        for (auto const& [field_name, field] : model.fields) {
            if (!exists(field)) continue;
            columns.push_back("\"" + column_of(field_name, field) + "\"");
            inserted.push_back(value_of(field, row));
        }
        for (auto const& [target, relation] : model.relations) {
            auto const* const other = related(model, target);
            if (other == nullptr) continue;
            columns.push_back(fmt::format("\"r{}\"", target));
            inserted.emplace_back(scalars.at(other->id_type).values.at(0));
            if (!other->has_compound_key) continue;
            columns.push_back(fmt::format("\"r{}2\"", target));
            inserted.emplace_back("1");
        }
        return fmt::format("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT DO NOTHING;\n",
                           table_of(name, model), fmt::join(columns, ", "),
                           fmt::join(inserted, ", "));
    }

    Draft const& draft_;
};

}  // namespace

std::string models(Draft const& draft) {
    return Text(draft).models();
}

std::string surroundings() {
    return "DROP SCHEMA IF EXISTS loose CASCADE; CREATE SCHEMA loose; CREATE TYPE loose.pair AS (a "
           "int, b int); CREATE TYPE public.pair AS (a int, b int, c int);";
}

std::string loosen_sequences(Draft const& draft) {
    return Text(draft).loosened_sequences();
}

std::string datasource(Draft const& draft) {
    return fmt::format(R"(generator client {{
  provider        = "prisma-client-js"
  previewFeatures = ["views", "partialIndexes"]
}}
datasource db {{
  provider     = "postgresql"
  url          = env("DATABASE_URL")
  schemas      = ["public", "other"]
  relationMode = "{}"
}}
)",
                       draft.has_foreign_keys ? "foreignKeys" : "prisma");
}

std::string rows(Draft const& draft) {
    return Text(draft).rows();
}

}  // namespace cm::test::random_schema
