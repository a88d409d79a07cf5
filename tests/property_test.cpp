// Random pairs of schemas, the second made of the first by some changes, and rows in the tables.
// Whatever the pair: the migration leads to the second schema, planning again finds nothing, the
// result is what the second schema makes from nothing, pulled back it is that schema, and warnings
// and their questions foretell what happens to the rows. CM_PROPERTY_PAIRS: how many pairs (200);
// CM_PROPERTY_SEED: the first seed, as a failure prints it.
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "schema/renamed.hpp"
#include "schema/renames.hpp"
#include "schema/with_unsaid.hpp"
#include "support/dump.hpp"
#include "support/golden.hpp"
#include "support/pulled.hpp"
#include "support/random_schema.hpp"

namespace cm::test {

namespace {

void wipe(Session& session) {
    session.execute(
        std::string{
            "SET client_min_messages = error; DROP SCHEMA IF EXISTS loose CASCADE; DROP SCHEMA IF "
            "EXISTS other CASCADE; DROP SCHEMA public "
            "CASCADE; CREATE SCHEMA public; CREATE EXTENSION citext; SET TimeZone TO 'UTC';"} +
        random_schema::surroundings());
    complete(session);
}

schema::Schema read(Session& session) {
    return read_back(session, {"public", "other"}, {.partial_indexes = true});
}

/// What the questions of a script's warnings foretell.
struct Forecast {
    bool must_fail{}, may_fail{}, loses_data{};
};

/// What the server answers to the question of a warning.
struct Answer {
    std::optional<std::int64_t> affected{};  ///< none: nothing was asked, or nobody can say yet
    bool is_refusal{};                       ///< a value cannot be cast: the script will fail
};

bool says(std::runtime_error const& error, std::string_view text) {
    return std::string_view(error.what()).find(text) != std::string_view::npos;
}

Answer ask(object::Hazard const& hazard, Session& session) {
    if (!hazard.probe) return {};
    try {
        return {session.fetch(hazard.probe->query)[0].integer("affected")};
    } catch (std::runtime_error const& error) {
        if (says(error, "does not exist")) return {};  // the script has yet to make it
        if (says(error, "invalid input") || says(error, "out of range") || says(error, "malformed"))
            return {{}, true};
        throw;
    }
}

Forecast ask(schema::Script const& script, Session& session) {
    Forecast forecast{};
    for (auto const& statement : script) {
        for (auto const& hazard : statement.hazards) {
            auto const answer = ask(hazard, session);
            if (answer.affected == 0) continue;
            auto const is_loss = hazard.kind == object::HazardKind::data_loss;
            forecast.loses_data |= is_loss;
            forecast.may_fail |= !is_loss || !hazard.is_conclusive;
            forecast.must_fail |=
                answer.is_refusal || (!is_loss && hazard.is_conclusive && answer.affected);
        }
    }
    return forecast;
}

/// What a column holds, in one number, by the column and its type.
using Contents = std::map<std::string, std::string>;

std::string contents_query(object::Table const& table, std::string const& column) {
    return fmt::format(
        "SELECT count(*) || ' ' || coalesce(md5(string_agg(coalesce(c, '-'), ',' ORDER BY c)), '') "
        "AS sum FROM (SELECT {}::text AS c FROM {}) AS t",
        sql::quote_identifier(column), sql::quote(table.name));
}

Contents contents(Session& session, schema::Schema const& schema) {
    Contents result{};
    for (auto const& [name, table] : schema.tables) {
        for (auto const& column : table.columns) {
            auto const key = fmt::format("{} {} {}", sql::quote(name), column.name,
                                         sql::Writer{{}}.type(column.type));
            result[key] = session.fetch(contents_query(table, column.name))[0].text("sum");
        }
    }
    return result;
}

std::string loose_sequences(Session& session) {
    return session
        .fetch(
            "SELECT count(*)::text AS count FROM pg_class WHERE relkind = 'S' AND relnamespace = "
            "'loose'::regnamespace")[0]
        .text("count");
}

/// Takes what counts out of both databases, where the sequences cannot be the same. Those of the
/// neighbours are none of ours.
void stop_counting(Session& session) {
    session.execute(R"(
        DO $$
        DECLARE
            ours CONSTANT regnamespace[] := ARRAY(SELECT oid FROM pg_namespace WHERE nspname !~ '^(pg_|neighbour)');
            c record;
        BEGIN
            FOR c IN SELECT adrelid::regclass AS name, attname
                     FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum JOIN pg_class r ON r.oid = adrelid
                     WHERE pg_get_expr(adbin, adrelid) LIKE 'nextval(%' AND relnamespace = ANY (ours) LOOP
                EXECUTE format('ALTER TABLE %s ALTER %I DROP DEFAULT', c.name, c.attname);
            END LOOP;
            FOR c IN SELECT oid::regclass AS name FROM pg_class WHERE relkind = 'S' AND relnamespace = ANY (ours) LOOP
                EXECUTE format('DROP SEQUENCE %s', c.name);
            END LOOP;
        END $$)");
}

void expect_laws(Session& migrated, Session& direct, random_schema::Draft const& before,
                 random_schema::Draft const& after) {
    auto const nothing = schema::empty(default_schema);
    auto const from = declared(models(before), datasource(before));
    auto to = declared(models(after), datasource(after));
    for (auto const& [name, space] : from.namespaces) to.namespaces.add(space);  // never dropped
    wipe(migrated);
    migrated.execute(migration(nothing, from));
    auto const loosened = random_schema::loosen_sequences(before);
    migrated.execute(loosened);
    auto const loose = loose_sequences(migrated);
    auto const empty = read(migrated);
    ASSERT_EQ(migration(empty, from), "");
    auto const statements = script(empty, to);
    auto const text = schema::render(statements);

    migrated.execute(rows(before));
    auto const rows_before = contents(migrated, from);
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
        for (auto const& [name, sum] : contents(migrated, to)) {
            auto const was = rows_before.find(name);
            if (was != rows_before.end()) {
                EXPECT_EQ(sum, was->second) << name;
            }
        }
    }

    EXPECT_EQ(loose_sequences(migrated), loose) << "a sequence went that nobody named";
    auto const actual = read(migrated);
    EXPECT_EQ(migration(actual, to), "") << "planning again finds something to do";
    EXPECT_TRUE(actual == to) << schema::summary(schema::diff(actual, to));
    expect_pulls_back(actual, models(after), datasource(after));
    auto written = before;
    written.has_foreign_keys = after.has_foreign_keys;  // by which relations are judged
    expect_pulls_over(actual, models(written), datasource(after));
    wipe(direct);
    direct.execute(migration(nothing, to));
    if (!loosened.empty()) {
        // Which sequence it is that a column counts with is no difference, but is seen.
        stop_counting(migrated);
        stop_counting(direct);
    }
    EXPECT_TRUE(
        same_text(snapshot(direct, EnumOrder::does_not), snapshot(migrated, EnumOrder::does_not)));
}

/// Of a type whose values may be renamed: their places count.
std::string places_query(object::Table const& table, object::Column const& column) {
    auto const name = sql::quote_identifier(column.name);
    auto const values = fmt::format("enum_range(NULL::{})", sql::quote(column.type.name));
    auto const place =
        column.type.is_array
            ? fmt::format("ARRAY(SELECT array_position({}, v) FROM unnest({}) v)", values, name)
            : fmt::format("array_position({}, {})", values, name);
    return fmt::format(
        "SELECT count(*) || ' ' || coalesce(string_agg(coalesce(c, '-'), ',' ORDER BY c), '') AS "
        "sum FROM (SELECT ({})::text AS c FROM {}) AS t",
        place, sql::quote(table.name));
}

/// Every column of every table, by the names that they have in `to`, of which `renames` lead there.
Contents renamed_contents(Session& session, schema::Schema const& from,
                          schema::Steps const& renames) {
    Contents result{};
    for (auto const& [name, table] : from.tables) {
        for (auto const& column : table.columns) {
            auto table_name = name;
            auto column_name = column.name;
            for (auto const& step : renames) {
                auto const* const rename = std::get_if<schema::RenameTable>(&step);
                if (rename == nullptr || rename->from.name != table_name) continue;
                table_name = rename->to;
                for (auto const& change : rename->columns) {
                    if (change.from == column_name) column_name = change.to;
                }
            }
            auto const is_enum = from.enums.find(column.type.name) != nullptr;
            auto const query =
                is_enum ? places_query(table, column) : contents_query(table, column.name);
            result[fmt::format("{} {}", sql::quote(table_name), column_name)] =
                session.fetch(query)[0].text("sum");
        }
    }
    return result;
}

/// What is renamed keeps its rows, and is what the second schema makes from nothing.
void expect_renames(Session& migrated, Session& direct, random_schema::Draft const& before,
                    random_schema::RenamedText const& after) {
    auto const nothing = schema::empty(default_schema);
    auto const from = declared(models(before), datasource(before));
    auto to = declared(after.models, datasource(before));
    for (auto const& [name, space] : from.namespaces) to.namespaces.add(space);
    wipe(migrated);
    migrated.execute(migration(nothing, from));
    migrated.execute(rows(before));
    auto const found = read(migrated);
    auto const renames = schema::renames_to(found, to);
    EXPECT_EQ(renames.empty(), after.count == 0);
    auto const rows_before = renamed_contents(migrated, found, renames);
    // As `dev` does it: what the database has and no declaration says stays.
    auto const declared_to =
        schema::with_unsaid(to, schema::renamed(found, schema::renames_to(found, to)));
    auto const text = migration(found, declared_to);
    migrated.execute("BEGIN;" + text + "COMMIT");

    auto const actual = read(migrated);
    EXPECT_EQ(migration(actual, to), "") << "planning again finds something to do";
    EXPECT_TRUE(actual == to) << schema::summary(schema::diff(actual, to));
    auto const rows_after = renamed_contents(migrated, actual, {});
    EXPECT_EQ(rows_after, rows_before) << text;
    wipe(direct);
    direct.execute(migration(nothing, to));
    EXPECT_TRUE(
        same_text(snapshot(direct, EnumOrder::does_not), snapshot(migrated, EnumOrder::does_not)))
        << text;

    // And back, by the same names the other way round.
    auto back = declared(after.models_back, datasource(before));
    auto const way_back = migration(
        actual,
        schema::with_unsaid(back, schema::renamed(actual, schema::renames_to(actual, back))));
    migrated.execute("BEGIN;" + way_back + "COMMIT");
    EXPECT_EQ(migration(read(migrated), from), "");
    EXPECT_EQ(renamed_contents(migrated, read(migrated), {}),
              renamed_contents(migrated, found, {}));
    for (auto const& [name, sum] : renamed_contents(migrated, read(migrated), renames)) {
        auto const was = rows_before.find(name);
        ASSERT_NE(was, rows_before.end()) << name;
        EXPECT_EQ(sum, was->second) << name;
    }
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
        random_schema::Dice dice(seed);
        random_schema::Draft before{};
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
            ADD_FAILURE() << "from:\n"
                          << datasource(before) << models(before) << "to:\n"
                          << datasource(after) << models(after);
            break;
        }
    }
}

TEST(Property, renames_keep_the_rows) {
    CM_NEEDS_SERVER();
    TestDatabase const one(server_url().value()), other(server_url().value());
    Session migrated(one.url()), direct(other.url());
    auto const first = setting("CM_PROPERTY_SEED", 1);
    for (auto seed = first; seed < first + setting("CM_PROPERTY_PAIRS", 60); ++seed) {
        random_schema::Dice dice(seed);
        random_schema::Draft before{};
        for (int i = 0; i < 40; ++i) change(before, dice);
        auto const after = random_schema::with_renames(before, dice);
        SCOPED_TRACE(fmt::format("CM_PROPERTY_SEED={} CM_PROPERTY_PAIRS=1", seed));
        try {
            expect_renames(migrated, direct, before, after);
        } catch (std::exception const& error) {
            ADD_FAILURE() << error.what();
        }
        if (testing::Test::HasFailure()) {
            ADD_FAILURE() << "from:\n"
                          << datasource(before) << models(before) << "to:\n"
                          << after.models;
            break;
        }
    }
}

}  // namespace

}  // namespace cm::test
