// tests/cases/exact/<kind>/*.txtar: two databases made by `from.sql` and `to.sql`, compared as they
// are, with all that only a database can say. Optional: `migration.sql`, the script that leads from
// the one to the other (CM_UPDATE=1 rewrites it where it stands); `stays`, a query whose answer is
// the same before, between and afterwards; `one-way`, why nothing leads back; `refused`, the report
// where there is no script, and nothing to check but that; and `needs`: the oldest version of
// PostgreSQL that can do it, if that is not 12.
//
// What is checked for every case, from `from` to `to` and then back in the same database: the laws
// of support/exact_laws.hpp.
#include <gtest/gtest.h>

#include "support/case_file.hpp"
#include "support/exact_laws.hpp"
#include "support/golden.hpp"

namespace cm::test {

namespace {

void lead(Side& side, schema::Schema const& from, Sight const& target) {
    auto const script = migration(from, target.schema);
    SCOPED_TRACE(script);
    for (auto const& broken : broken_laws(side, script, target)) {
        if (broken.law == "the script runs") FAIL() << broken.finding;
        ADD_FAILURE() << "not so: " << broken.law << "\n" << broken.finding;
    }
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
