// See random_schema.hpp.
#include "support/random_schema.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace cm::test::random_schema {

namespace {

/// A scalar type with defaults, and a value for each of two rows.
struct Scalar {
    std::string_view name, native;
    std::array<std::string_view, 3> defaults;
    std::array<std::string_view, 2> values;
    bool can_be_indexed = true;
};

constexpr std::array scalars{
    Scalar{"Int", "", {"1", "-7", "autoincrement()"}, {"1", "2"}},
    Scalar{"Int", "@db.SmallInt", {"3", "-3", "autoincrement()"}, {"1", "2"}},
    Scalar{"BigInt", "", {"5", "-9007199254740993", "autoincrement()"}, {"1", "2"}},
    Scalar{"Float", "", {"-1.5", "2.5", "100"}, {"1", "2"}},
    Scalar{"Float", "@db.Real", {"-1.5", "2.5", "100"}, {"1", "2"}},
    Scalar{"Decimal", "", {"2.25", "-1", "0"}, {"1", "2"}},
    Scalar{"Decimal", "@db.Decimal(10, 2)", {"2.25", "-1", "0"}, {"1", "2"}},
    Scalar{"String", "", {"\"it's\"", "\"\"", "cuid()"}, {"'1'", "'2'"}},
    Scalar{"String", "@db.VarChar(5)", {"\"a\"", "\"\"", "uuid()"}, {"'1'", "'2'"}},
    Scalar{"String", "@db.Char(3)", {"\"abc\"", "\"xyz\"", "\"1\""}, {"'1'", "'2'"}},
    Scalar{"String",
           "@db.Uuid",
           {"dbgenerated(\"gen_random_uuid()\")", "uuid()",
            "\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a99\""},
           {"'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a22'"}},
    Scalar{"Boolean", "", {"true", "false", "true"}, {"true", "false"}},
    Scalar{"DateTime",
           "",
           {"now()", "\"2020-01-02T03:04:05Z\"", "\"2021-01-02T03:04:05.678Z\""},
           {"'2020-01-02'", "'2020-01-03'"}},
    Scalar{"DateTime",
           "@db.Timestamptz(3)",
           {"now()", "\"2020-01-02T03:04:05Z\"", "\"2021-01-02T03:04:05.678Z\""},
           {"'2020-01-02 00:00+00'", "'2020-01-03 00:00+00'"}},
    Scalar{"DateTime",
           "@db.Date",
           {"now()", "\"2020-01-02T00:00:00Z\"", "\"2021-01-02T00:00:00Z\""},
           {"'2020-01-02'", "'2020-01-03'"}},
    Scalar{"DateTime",
           "@db.Time(3)",
           {"\"1970-01-01T03:04:05Z\"", "\"1970-01-01T03:04:05.5Z\"", "now()"},
           {"'03:04'", "'03:05'"}},
    Scalar{"Json", "", {"\"{}\"", "\"[1]\"", "\"{\\\"a\\\": 1}\""}, {"'1'", "'2'"}},
    Scalar{"Json", "@db.Json", {"\"{}\"", "\"[1]\"", "\"1\""}, {"'1'", "'2'"}, false},
    Scalar{"Bytes", "", {"\"aGk=\"", "\"AA==\"", "\"\""}, {R"('\x31')", R"('\x32')"}},
};

/// Types of ids, whose rows are 1 and 2 where the type allows.
constexpr std::array<std::size_t, 5> id_types{0, 1, 2, 7, 10};
constexpr std::array enum_names{"E", "F"};
constexpr std::array model_names{"A", "B", "C", "D"};
constexpr std::array enum_values{"P", "Q", "R", "S"};

Field random_field(Dice& dice) {
    Field field{};
    field.type = dice.below(scalars.size() + enum_names.size());
    field.arity = static_cast<Arity>(dice.below(3));
    if (dice.one_in(2)) field.default_value = dice.below(3);
    return field;
}

std::string field_name(Dice& dice) {
    return fmt::format("f{}", dice.below(6));
}

void change_fields(Model& model, Dice& dice) {
    auto const name = field_name(dice);
    switch (dice.below(5)) {
        case 0:
            model.fields.erase(name);
            break;
        case 1:
            model.fields[name].arity = static_cast<Arity>(dice.below(2));
            break;
        case 2:
            model.fields[name].default_value = dice.below(3);
            break;
        case 3:
            model.fields[name].default_value.reset();
            break;
        default:
            model.fields[name] = random_field(dice);
    }
}

void change_model(Draft& draft, std::string const& name, Dice& dice) {
    auto& model = draft.models[name];
    switch (dice.below(9)) {
        case 0:
            model.id_type = dice.any(id_types);
            break;
        case 1:
            model.id_counts = !model.id_counts;
            break;
        case 2: {
            auto& index = model.indexes[fmt::format("i{}", dice.below(3))];
            index = {{field_name(dice), field_name(dice)},
                     dice.one_in(2),
                     dice.one_in(3),
                     dice.one_in(3)};
            break;
        }
        case 3:
            model.indexes.erase(fmt::format("i{}", dice.below(3)));
            break;
        case 4:
            model.relations[dice.any(model_names)] = {dice.one_in(2), dice.one_in(2)};
            break;
        case 5:
            model.relations.erase(dice.any(model_names));
            break;
        default:
            change_fields(model, dice);
    }
}

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
                text += fmt::format("enum {} {{\n  {}\n}}\n", name, fmt::join(list, "\n  "));
        }
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

  private:
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

    std::string type_of(Field const& field) const {
        return is_enum(field) ? enum_names.at(field.type - scalars.size())
                              : std::string(scalars.at(field.type).name);
    }

    std::optional<std::string> default_of(Field const& field) const {
        if (!field.default_value) return {};
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
        auto text = fmt::format("  {} {}{}", name, type_of(field),
                                suffixes.at(static_cast<std::size_t>(field.arity)));
        if (auto const value = default_of(field)) text += fmt::format(" @default({})", *value);
        if (!is_enum(field)) text += fmt::format(" {}", scalars.at(field.type).native);
        return text + "\n";
    }

    bool can_be_indexed(Model const& model, std::string const& name) const {
        auto const found = model.fields.find(name);
        return found != model.fields.end() && exists(found->second) &&
               found->second.arity != Arity::list &&
               (is_enum(found->second) || scalars.at(found->second.type).can_be_indexed);
    }

    std::string line(std::string const& model_name, Model const& model, std::string const& name,
                     Index const& index) const {
        std::vector<std::string> fields{};
        for (auto const& field : index.fields) {
            if (can_be_indexed(model, field))
                fields.push_back(field + (index.is_descending ? "(sort: Desc)" : ""));
        }
        if (fields.empty()) return {};
        return fmt::format("  @@{}([{}], map: \"{}_{}{}\")\n", index.is_unique ? "unique" : "index",
                           fmt::join(fields, ", "), model_name, name, index.has_name ? "_x" : "");
    }

    Model const* find(std::string const& name) const {
        auto const found = draft_.models.find(name);
        return found == draft_.models.end() ? nullptr : &found->second;
    }

    std::string lines_of_relations(std::string const& name, Model const& model) const {
        std::string text{};
        for (auto const& [target, relation] : model.relations) {
            auto const* const other = find(target);
            if (other == nullptr) continue;
            auto const mark = relation.is_optional ? "?" : "";
            text += fmt::format("  r{} {}{} {}\n", target, scalars.at(other->id_type).name, mark,
                                scalars.at(other->id_type).native);
            text += fmt::format(
                "  to{0} {0}{1} @relation(\"{2}_{0}\", fields: [r{0}], references: [id]{3})\n",
                target, mark, name, relation.cascades ? ", onDelete: Cascade" : "");
        }
        for (auto const& [source, other] : draft_.models) {
            if (other.relations.contains(name))
                text += fmt::format("  of{0} {0}[] @relation(\"{0}_{1}\")\n", source, name);
        }
        for (auto const& [a, b] : draft_.many_to_many) {
            if (find(a) == nullptr || find(b) == nullptr) continue;
            if (a == name) text += fmt::format("  ma{1} {1}[] @relation(\"{0}m{1}\")\n", a, b);
            if (b == name) text += fmt::format("  mb{0} {0}[] @relation(\"{0}m{1}\")\n", a, b);
        }
        return text;
    }

    std::string declaration(std::string const& name, Model const& model) const {
        auto const& id = scalars.at(model.id_type);
        auto const counts = model.id_counts && id.name != "String";
        auto text = fmt::format("model {} {{\n  id {} @id {} {}\n", name, id.name,
                                counts ? "@default(autoincrement())" : "", id.native);
        for (auto const& [field_name, field] : model.fields) {
            if (exists(field)) text += line(field_name, field);
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
            columns.push_back(field_name);
            inserted.push_back(value_of(field, row));
        }
        for (auto const& [target, relation] : model.relations) {
            auto const* const other = find(target);
            if (other == nullptr) continue;
            columns.push_back(fmt::format("\"r{}\"", target));
            inserted.emplace_back(scalars.at(other->id_type).values.at(0));
        }
        return fmt::format("INSERT INTO \"{}\" ({}) VALUES ({}) ON CONFLICT DO NOTHING;\n", name,
                           fmt::join(columns, ", "), fmt::join(inserted, ", "));
    }

    Draft const& draft_;
};

}  // namespace

void change(Draft& draft, Dice& dice) {
    switch (dice.below(12)) {
        case 0:
            draft.models.erase(dice.any(model_names));
            break;
        case 1:
            draft.enums[dice.any(enum_names)].emplace_back(dice.any(enum_values));
            break;
        case 2: {
            auto& values = draft.enums[dice.any(enum_names)];
            if (!values.empty())
                values.erase(values.begin() + static_cast<long>(dice.below(values.size())));
            break;
        }
        case 3: {
            std::string const a = dice.any(model_names), b = dice.any(model_names);
            if (!draft.many_to_many.erase({a, b})) draft.many_to_many.insert({a, b});
            break;
        }
        default:
            change_model(draft, dice.any(model_names), dice);
    }
}

std::string models(Draft const& draft) {
    return Text(draft).models();
}

std::string rows(Draft const& draft) {
    return Text(draft).rows();
}

}  // namespace cm::test::random_schema
