// Random schemas in SQL on both sides, and SQL files beside random schemas of the Prisma language:
// the way from one to the other keeps the laws, whether `diff` prints it or `dev` goes it.
//
// The schemas in SQL are those of random databases (support/random_database.hpp), the second an
// edit of the first: `diff` of the two texts leads from the one database to the other (the laws of
// support/exact_laws.hpp), and a project whose schema becomes the other text has its database after
// `dev`. Beside a schema of the Prisma language lie views, checks, triggers, policies, indexes and
// comments on its tables. CM_PROPERTY_PAIRS: how many pairs (4); CM_PROPERTY_SEED: the first seed,
// as a failure prints it; CM_PROPERTY_KEEP_GOING=1 goes on after a failure.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "schema/pull/sql_files.hpp"
#include "support/exact_laws.hpp"
#include "support/program.hpp"
#include "support/random_database.hpp"
#include "support/random_schema.hpp"

namespace cm::test {

namespace {

unsigned setting(char const* name, unsigned otherwise) {
    auto const* const text = std::getenv(name);
    return text == nullptr ? otherwise : static_cast<unsigned>(std::stoul(text));
}

/// What a command that was refused before anything was done says.
struct Refused : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A project and its database.
class Project {
  public:
    void write(std::string const& file, std::string const& text) const {
        folder_.add({.name = file, .text = text});
    }

    std::string run(std::vector<std::string> arguments) const {
        auto const shown = fmt::format("cm-migrate {}", fmt::join(arguments, " "));
        arguments.emplace_back("--trust-source");
        Program program(folder_, database_.url(), arguments);
        auto const code = program.wait();
        auto output = program.output();
        if (code == 0) return output;
        auto const text = fmt::format("`{}` ended with {}:\n{}", shown, code, output);
        // What cannot be planned is said (docs/reference/errors): objects in the way, rows in the
        // way, a circle.
        for (auto const* const known : {"[CM0310]", "[CM0312]", "[CM0319]", "[CM0320]"})
            if (output.find(known) != std::string::npos) throw Refused(text);
        throw std::runtime_error(text);
    }

    std::string role() const { return database_.name(); }

    std::string url() const { return database_.url(); }

    std::string read(std::string const& file) const { return read_text(folder_.project() / file); }

    Session& session() { return session_; }

  private:
    TestDatabase database_{server_url().value(), RoleRights::superuser, Neighbours::none};
    Session session_{database_.url()};
    ProjectFolder folder_{};
};

void make(Side& side, std::vector<std::string> const& statements) {
    for (auto const& statement : statements) {
        try {
            side.session.execute(statement);
        } catch (std::runtime_error const& error) {
            throw std::runtime_error(fmt::format("{}\n{}", error.what(), statement));
        }
    }
}

void expect_diff_leads(Side& side, std::string const& from, std::string const& to,
                       Sight const& target) {
    Project project{};
    project.write("a.sql", from);
    project.write("b.sql", to);
    project.run(
        {"diff", "--from-schema", "a.sql", "--to-schema", "b.sql", "--script", "-o", "way.sql"});
    auto const script = project.read("way.sql");
    for (auto const& [law, finding] : broken_laws(side, script, target))
        ADD_FAILURE() << "not so: " << law << "\n" << finding << "\n-- way.sql --\n" << script;
    auto const left = project.run(
        {"diff", "--from-url", side.database.url(), "--to-schema", "b.sql", "--script"});
    EXPECT_EQ(left, "-- This is an empty migration.\n");
}

void expect_dev_leads(std::string const& from, std::string const& to, Sight const& target) {
    Project project{};
    project.write("cm-migrate.json", R"({"schema": "schema.sql", "undeclared": "drop"})");
    project.write("schema.sql", from);
    project.run({"dev", "--name", "a", "--accept-data-loss", "--skip-generate"});
    project.write("schema.sql", to);
    project.run({"dev", "--name", "b", "--accept-data-loss", "--no-renames", "--skip-generate"});
    auto const again = project.run({"dev", "--skip-generate"});
    EXPECT_NE(again.find("Already in sync"), std::string::npos) << again;
    project.session().execute("DROP TABLE IF EXISTS _migrations, _migrations_state");
    auto const reached = read_all(project.session());
    EXPECT_EQ(migration(reached, target.schema), "");
    auto dump = dump_schema(project.url());
    if (!dump || !target.dump) return;
    dump = replaced(std::move(*dump), {{project.role(), "the_role_itself"}});
    EXPECT_EQ(difference(*target.dump, *dump), "");
}

/// `expect` is tried for each seed, with what it shows of a failure.
template <class Expect>
void for_each_seed(char const* what, Expect expect) {
    auto const first = setting("CM_PROPERTY_SEED", 1);
    auto const pairs = setting("CM_PROPERTY_PAIRS", 4);
    unsigned refused = 0;
    for (auto seed = first; seed < first + pairs; ++seed) {
        SCOPED_TRACE(fmt::format("CM_PROPERTY_SEED={} CM_PROPERTY_PAIRS=1", seed));
        std::string shown{};
        auto const failures = testing::UnitTest::GetInstance()->current_test_info()->result();
        auto const before = failures->total_part_count();
        try {
            expect(seed, shown);
        } catch (Refused const& error) {
            ++refused;
            shown += error.what();
        } catch (Failure const& failure) {  // of what writes a database as SQL
            if (failure.diagnostics().front().code != "CM0310") throw;
            ++refused;
        } catch (std::exception const& error) {
            ADD_FAILURE() << error.what();
        }
        if (failures->total_part_count() == before) continue;
        ADD_FAILURE() << shown;
        if (setting("CM_PROPERTY_KEEP_GOING", 0) == 0) break;
    }
    fmt::print("{}: {} pairs, {} refused\n", what, pairs, refused);
    EXPECT_LE(refused * 2, pairs + 1);  // or the test would say nothing
}

TEST(RandomSources, in_sql_on_both_sides_keep_the_laws) {
    CM_NEEDS_SERVER();
    auto const version = [] {
        Session session(server_url().value());
        return server_version(session);
    }();
    for_each_seed("sources in SQL", [&](unsigned seed, std::string& shown) {
        Dice dice(seed);
        Choices choices(seed);
        auto const from = random_database::statements(choices, version);
        auto edited = choices.edited(dice, 1 + dice.below(20));
        Side one{}, other{};
        make(one, from);
        make(other, random_database::statements(edited, version));
        auto const start = one.look(false);
        auto const target = other.look();
        auto const a = schema::sql_text(start.schema, {});
        auto const b = schema::sql_text(target.schema, {});
        shown = fmt::format("-- a.sql --\n{}-- b.sql --\n{}", a, b);
        expect_diff_leads(one, a, b, target);
        expect_dev_leads(a, b, target);
    });
}

/// What the Prisma language cannot say of its tables, by the choices of the dice.
std::string objects_of(schema::Schema const& schema, Dice& dice) {
    std::string text =
        "CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; "
        "END $$;\n";
    for (auto const& [name, table] : schema.tables) {
        if (table.columns.empty() || table.columns.front().name != "id") continue;
        auto const on = sql::quote({name.schema.empty() ? "public" : name.schema, name.name});
        auto const called = [&](std::string_view what) {
            return sql::quote_identifier(fmt::format("{}_{}", what, name.name));
        };
        if (dice.below(2) == 0)
            text += fmt::format("CREATE VIEW public.{} AS SELECT * FROM {};\n", called("all"), on);
        if (dice.below(3) == 0)
            text += fmt::format("ALTER TABLE {} ADD CONSTRAINT {} CHECK (id IS NOT NULL);\n", on,
                                called("there"));
        if (dice.below(3) == 0)
            text += fmt::format(
                "CREATE TRIGGER {} BEFORE UPDATE OF id ON {} FOR EACH ROW EXECUTE FUNCTION "
                "public.touch();\n",
                called("touch"), on);
        if (dice.below(4) == 0)
            text += fmt::format("CREATE INDEX {} ON {} (md5(id::text));\n", called("by_hash"), on);
        if (dice.below(4) == 0)
            text += fmt::format(
                "ALTER TABLE {0} ENABLE ROW LEVEL SECURITY;\nCREATE POLICY {1} ON {0} USING (id IS "
                "NOT NULL);\n",
                on, called("own"));
        if (dice.below(3) == 0)
            text += fmt::format("COMMENT ON COLUMN {}.id IS '{}';\n", on, dice.below(3));
    }
    return text;
}

TEST(RandomSources, beside_models_keep_the_laws) {
    CM_NEEDS_SERVER();
    for_each_seed("beside models", [](unsigned seed, std::string& shown) {
        Dice dice(seed);
        random_schema::Draft before{};
        for (int i = 0; i < 40; ++i) change(before, dice);
        auto after = before;
        for (auto i = dice.below(12); i > 0; --i) change(after, dice);
        Project project{};
        auto const surroundings = "CREATE EXTENSION citext;" + random_schema::surroundings();
        project.session().execute("SET client_min_messages = error;" + surroundings);
        project.write("cm-migrate.json", R"({"undeclared": "drop", "scratchSetup": "setup.sql"})");
        project.write("setup.sql", surroundings);
        auto const write = [&](random_schema::Draft const& draft) {
            auto const schema = random_schema::datasource(draft) + random_schema::models(draft);
            auto const objects = objects_of(
                declared(random_schema::models(draft), random_schema::datasource(draft)), dice);
            project.write("prisma/schema.prisma", schema);
            project.write("prisma/objects/all.sql", objects);
            shown += fmt::format("-- schema.prisma --\n{}-- objects.sql --\n{}", schema, objects);
        };
        for (auto const* const draft : {&before, &after}) {
            write(*draft);
            project.run(
                {"dev", "--name", "x", "--accept-data-loss", "--no-renames", "--skip-generate"});
            auto const again = project.run({"dev", "--skip-generate"});
            EXPECT_NE(again.find("Already in sync"), std::string::npos) << again;
            auto const left = project.run({"diff", "--from-url", project.url(), "--to-schema",
                                           "prisma/schema.prisma", "--script"});
            EXPECT_EQ(left, "-- This is an empty migration.\n");
            auto const same = project.run({"diff", "--from-migrations", "prisma/migrations",
                                           "--to-schema", "prisma/schema.prisma", "--script"});
            EXPECT_EQ(same, "-- This is an empty migration.\n");
        }
    });
}

}  // namespace

}  // namespace cm::test
