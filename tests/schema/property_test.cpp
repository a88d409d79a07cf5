// Random pairs of schemas, the second made of the first by some changes, and rows in the tables.
// Whatever the pair: the migration leads to the second schema, planning again finds nothing, the
// result is what the second schema makes from nothing, and warnings and their questions foretell
// what happens to the rows. CM_PROPERTY_PAIRS: how many pairs (200); CM_PROPERTY_SEED: the first
// seed, as a failure prints it.
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <map>
#include <random>
#include <set>

#include "support/dump.hpp"
#include "support/golden.hpp"
#include "support/round_trip.hpp"

namespace cm::test {

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

enum class Arity { required, optional, list };

struct Field {
    std::size_t type{};  ///< of scalars, and behind them of enum_names
    Arity arity{};
    std::optional<std::size_t> default_value{};
};

struct Index {
    std::set<std::string> fields{};
    bool is_unique{}, is_descending{}, has_name{};
};

struct Relation {
    bool is_optional{}, cascades{};
};

struct Model {
    std::size_t id_type{};
    bool id_counts{};
    std::map<std::string, Field> fields{};
    std::map<std::string, Index> indexes{};
    std::map<std::string, Relation> relations{};  ///< by target
};

struct Draft {
    std::map<std::string, std::vector<std::string>> enums{};
    std::map<std::string, Model> models{};
    std::set<std::pair<std::string, std::string>> many_to_many{};
};

class Dice {
  public:
    explicit Dice(unsigned seed) : engine_(seed) {}

    std::size_t below(std::size_t count) { return engine_() % count; }

    bool one_in(std::size_t count) { return below(count) == 0; }

    template <class Range>
    auto const& any(Range const& range) {
        return *std::next(std::begin(range), static_cast<long>(below(std::size(range))));
    }

  private:
    std::mt19937 engine_;
};

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

/// Everything in the schema public, as PostgreSQL words it; much quicker than pg_dump.
constexpr auto fingerprint_query = R"(
SELECT line FROM (
    SELECT format('column %s.%s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                  pg_get_expr(d.adbin, d.adrelid))
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
    UNION ALL
    SELECT format('constraint %s on %s %s', conname, conrelid::regclass, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT pg_get_indexdef(i.indexrelid) || i.indisvalid
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT format('enum %s %s', enumtypid::regtype, string_agg(enumlabel, ',' ORDER BY enumlabel))
    FROM pg_enum GROUP BY enumtypid
    UNION ALL
    SELECT format('sequence %s %s %s owner %s.%s', s.seqrelid::regclass, s.seqtypid::regtype, s.seqmax,
                  d.refobjid::regclass, d.refobjsubid > 0)
    FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
    LEFT JOIN pg_depend d ON d.objid = s.seqrelid AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
    WHERE c.relnamespace = 'public'::regnamespace
) AS lines (line) ORDER BY line)";

std::string fingerprint(Session& session) {
    auto const rows = session.fetch(fingerprint_query);
    std::string text{};
    for (std::size_t i = 0; i < rows.size(); ++i) text += rows[i].text("line") + "\n";
    return text;
}

void wipe(Session& session) {
    session.execute(
        "SET client_min_messages = error; DROP SCHEMA public CASCADE; CREATE SCHEMA public; SET "
        "TimeZone TO 'UTC'");
}

/// What the questions of a script's warnings foretell.
struct Forecast {
    bool must_fail{}, may_fail{}, loses_data{};
};

/// None without a question: perhaps.
std::optional<std::int64_t> affected(object::Hazard const& hazard, Session& session) {
    if (!hazard.probe) return {};
    return session.fetch(hazard.probe->query)[0].integer("affected");
}

Forecast ask(schema::Script const& script, Session& session) {
    Forecast forecast{};
    for (auto const& statement : script) {
        for (auto const& hazard : statement.hazards) {
            auto const rows = affected(hazard, session);
            if (rows == 0) continue;
            auto const is_loss = hazard.kind == object::HazardKind::data_loss;
            forecast.loses_data |= is_loss;
            forecast.may_fail |= !is_loss || !hazard.is_decisive;
            forecast.must_fail |= !is_loss && hazard.is_decisive && rows;
        }
    }
    return forecast;
}

std::map<std::string, std::string> counts(Session& session, schema::Schema const& schema) {
    std::map<std::string, std::string> result{};
    for (auto const& [name, table] : schema.tables) {
        result[name.name] =
            session.fetch(fmt::format("SELECT count(*) AS n FROM {}", sql::quote(name)))[0].text(
                "n");
    }
    return result;
}

void expect_laws(Session& migrated, Session& direct, Draft const& before, Draft const& after) {
    auto const nothing = schema::empty(default_schema);
    auto const from = declared(Text(before).models()), to = declared(Text(after).models());
    wipe(migrated);
    migrated.execute(migration(nothing, from));
    auto const empty = read_back(migrated);
    ASSERT_EQ(migration(empty, from), "");
    auto const statements = script(empty, to);
    auto const text = schema::render(statements);

    migrated.execute(Text(before).rows());
    auto const rows_before = counts(migrated, from);
    auto const forecast = ask(statements, migrated);
    std::string failure{};
    try {
        migrated.execute("BEGIN;" + text + "COMMIT");
    } catch (std::runtime_error const& error) {
        failure = error.what();
        migrated.execute("ROLLBACK");
    }
    EXPECT_TRUE(failure.empty() || forecast.may_fail) << "failed without warning: " << failure;
    EXPECT_FALSE(failure.empty() && forecast.must_fail) << "did not fail, as was said for certain";
    if (!failure.empty()) {
        for (auto const& [name, table] : from.tables)
            migrated.execute("TRUNCATE " + sql::quote(name) + " CASCADE");
        ASSERT_NO_THROW(migrated.execute(text));
    } else {
        for (auto const& [name, count] : counts(migrated, to)) {
            auto const was = rows_before.find(name);
            if (was != rows_before.end()) {
                EXPECT_EQ(count, was->second) << name;
            }
        }
    }

    auto const actual = read_back(migrated);
    EXPECT_EQ(migration(actual, to), "") << "planning again finds something to do";
    EXPECT_TRUE(actual == to) << schema::summary(schema::diff(actual, to));
    wipe(direct);
    direct.execute(migration(nothing, to));
    EXPECT_TRUE(same_text(fingerprint(direct), fingerprint(migrated)));
}

unsigned setting(char const* name, unsigned otherwise) {
    auto const* const text = std::getenv(name);
    return text == nullptr ? otherwise : static_cast<unsigned>(std::stoul(text));
}

TEST(Property, every_pair_of_schemas_keeps_the_laws) {
    CM_NEEDS_SERVER();
    TestDatabase const one(server_url().value()), other(server_url().value());
    Session migrated(one.url()), direct(other.url());
    auto const first = setting("CM_PROPERTY_SEED", 1);
    for (auto seed = first; seed < first + setting("CM_PROPERTY_PAIRS", 200); ++seed) {
        Dice dice(seed);
        Draft before{};
        for (int i = 0; i < 40; ++i) change(before, dice);
        auto after = before;
        for (auto i = dice.below(12); i > 0; --i) change(after, dice);
        SCOPED_TRACE(fmt::format("CM_PROPERTY_SEED={} CM_PROPERTY_PAIRS=1", seed));
        try {
            expect_laws(migrated, direct, before, after);
        } catch (std::exception const& error) {
            ADD_FAILURE() << error.what();
        }
        if (testing::Test::HasFailure()) {
            ADD_FAILURE() << "from:\n" << Text(before).models() << "to:\n" << Text(after).models();
            break;
        }
    }
}

}  // namespace

}  // namespace cm::test
