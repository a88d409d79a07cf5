// tests/cases/exact/<kind>/*.txtar: two databases made by `from.sql` and `to.sql`, compared as they
// are, with all that only a database can say. Optional: `migration.sql`, the script that leads from
// the one to the other (CM_UPDATE=1 rewrites it where it stands); `stays`, a query whose answer is
// the same before, between and afterwards; `one-way`, why nothing leads back; `refused`, the report
// where there is no script, and nothing to check but that; and `needs`: the oldest version of
// PostgreSQL that can do it, if that is not 12.
//
// What is checked for every case, from `from` to `to` and then back in the same database: the
// script runs; read again, the database is its target, and nothing is left to do; neither the
// catalog nor pg_dump (which knows no server newer than itself) can tell it from the target, the
// order of columns aside.
#include <gtest/gtest.h>

#include "schema/printed.hpp"
#include "sql/canonical_definition.hpp"
#include "support/case_file.hpp"
#include "support/dump.hpp"
#include "support/golden.hpp"
#include "support/round_trip.hpp"

namespace cm::test {

namespace {

/// What a database is to cm-migrate and to others.
struct Sight {
    schema::Schema schema{};
    std::string snapshot{};
    std::optional<std::string> dump{};
};

std::vector<std::string> all_schemas(Session& session) {
    std::vector<std::string> names{};
    auto const rows = session.fetch(
        "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> "
        "'information_schema' ORDER BY 1");
    for (auto const& row : rows.fields) names.push_back(row.at(0).value());
    return names;
}

schema::Schema read_all(Session& session) {
    // With what usual_settings has, those of pg_dump.
    session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL search_path = ''");
    auto schema = schema::whole_database(
        [&](std::string_view query) { return session.fetch(std::string(query)); },
        all_schemas(session));
    session.execute("COMMIT");
    return schema::unqualified(std::move(schema), default_schema);
}

/// A database of a case, with a session in it.
struct Side {
    TestDatabase database{server_url().value(), RoleRights::superuser, Neighbours::none};
    Session session{database.url()};

    Sight look() { return {read_all(session), snapshot(session), dump_schema(database.url())}; }

    std::string ask(std::string const& query) {
        std::string text{};
        for (auto const& row : session.fetch(query).fields) {
            for (auto const& field : row) text += field.value_or("null") + "|";
            text += "\n";
        }
        return text;
    }
};

/// A line counts for what PostgreSQL would make of it.
void expect_same(std::string_view wanted, std::string_view found) {
    if (wanted == found) return;
    auto const canonical = [](std::string_view text) {
        std::string lines{};
        while (!text.empty()) {
            auto const end = std::min(text.find('\n'), text.size());
            lines += sql::canonical_definition(text.substr(0, end)) + "\n";
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        return lines;
    };
    EXPECT_TRUE(same_text(canonical(wanted), canonical(found)));
}

/// Owners are read to be given back, and are no difference.
schema::Schema compared(schema::Schema schema) {
    std::vector<object::ObjectRef> restored{};
    for (auto const& [id, definition] : schema.definitions) {
        if (definition.definition_kind->is_restored) restored.push_back(id);
    }
    for (auto const& id : restored) schema.definitions.remove(id);
    return schema;
}

/// What only the two databases can be told apart by must be done, and nothing else.
void lead(Side& side, schema::Schema const& from, Sight const& target) {
    auto const script = migration(from, target.schema);
    SCOPED_TRACE(script);
    ASSERT_NO_THROW(side.session.execute(script));
    auto const after = side.look();
    EXPECT_EQ(migration(after.schema, target.schema), "") << "planning again finds something to do";
    EXPECT_TRUE(compared(after.schema) == compared(target.schema))
        << "read again, it is not the target";
    expect_same(target.snapshot, after.snapshot);
    if (target.dump) expect_same(*target.dump, after.dump.value());
}

/// The report of the planner that there is no way; none if there is one.
std::string refusal(schema::Schema const& from, schema::Schema const& to) {
    try {
        return migration(from, to).empty() ? "nothing to do\n" : "";
    } catch (Failure const& failure) {
        return render(failure.diagnostics(), SourceMap{}, Color::never);
    }
}

class Exact : public testing::TestWithParam<std::string> {};

TEST_P(Exact, server) {
    CM_NEEDS_SERVER();
    auto const path = case_path("exact", GetParam());
    auto const file = read_case(path);
    Side one{}, other{};
    if (file.has("needs") && server_version(one.session) < std::stoi(file.text("needs")))
        GTEST_SKIP() << "the server is older than " << file.text("needs");
    one.session.execute(file.text("from.sql"));
    other.session.execute(file.text("to.sql"));
    auto const from = one.look();
    auto const to = other.look();
    EXPECT_EQ(migration(from.schema, from.schema), "");
    EXPECT_EQ(migration(to.schema, to.schema), "");
    if (file.has("refused")) {
        EXPECT_NE(refusal(from.schema, to.schema), "") << "there is a script";
        EXPECT_TRUE(matches_section(path, "refused", refusal(from.schema, to.schema)));
        return;
    }
    if (file.has("migration.sql")) {
        EXPECT_TRUE(matches_section(path, "migration.sql", migration(from.schema, to.schema)));
    }

    auto const answer = file.has("stays") ? one.ask(file.text("stays")) : "";
    auto const check_rows = [&] {
        if (!file.has("stays")) return;
        EXPECT_TRUE(same_text(answer, one.ask(file.text("stays"))));
    };
    {
        SCOPED_TRACE("from `from` to `to`");
        lead(one, from.schema, to);
        check_rows();
    }
    if (file.has("one-way") || HasFatalFailure()) return;
    SCOPED_TRACE("back from `to` to `from`");
    lead(one, read_all(one.session), from);
    check_rows();
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Exact);
INSTANTIATE_TEST_SUITE_P(cases, Exact, testing::ValuesIn(find_cases("exact")), parameter_name);

}  // namespace

}  // namespace cm::test
