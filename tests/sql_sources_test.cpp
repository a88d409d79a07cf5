// A schema in SQL gives the database that psql makes of it. The inputs are those of
// tests/cases/exact: `to.sql` as it stands; the output of pg_dump for the database that it makes,
// as it stands; and the statements of that output in any order, since they commute. CM_WHOLE=1
// takes all cases, else every fourteenth.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/file.hpp"
#include "engine/session.hpp"
#include "engine/sql_source/loaded_source.hpp"
#include "support/case_file.hpp"
#include "support/exact_laws.hpp"
#include "support/project_folder.hpp"
#include "support/scratch_cluster.hpp"
#include "support/shell.hpp"

namespace cm::test {
namespace {

/// A project in a folder of its own whose schema is this text.
struct SourceProject {
    explicit SourceProject(std::string const& text) {
        write_file(folder.project() / "schema.sql", text);
        project = engine::open_project({.working_directory = folder.project()}, {}, sources);
    }

    /// Loaded beside the database of the URL.
    schema::Schema load(std::string const& url) {
        auto const text = engine::read_source_text(project, project.schema, sources);
        engine::LoadedSource loaded(
            text, {.target = engine::Target{.url = pg::parse_url(url)}, .is_trusted = true},
            project, sources);
        return engine::read_whole_database(loaded.connection(), project);
    }

    ProjectFolder folder{};
    SourceMap sources{};
    engine::Project project{};
};

bool begins_with_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return text.starts_with(word); });
}

/// Settings first, privileges last (a GRANT behind a REVOKE is another one before it), the rest as
/// the seed has it.
std::string shuffled(std::string const& dump, unsigned seed) {
    auto const script = sql::split(dump);
    std::string head{}, tail{};
    std::vector<std::string> rest{};
    for (auto const& statement : script.statements) {
        auto const text = dump.substr(statement.begin, statement.end - statement.begin);
        if (begins_with_any(text, {"SET ", "SELECT pg_catalog.set_config"})) {
            head += text + ";\n";
        } else if (begins_with_any(text, {"GRANT", "REVOKE", "ALTER DEFAULT PRIVILEGES"})) {
            tail += text + ";\n";
        } else {
            rest.push_back(text);
        }
    }
    std::mt19937 random(seed);
    std::shuffle(rest.begin(), rest.end(), random);
    for (auto const& text : rest) head += text + ";\n";
    return head + tail;
}

/// The output itself, columns in their order.
std::string raw_dump(std::string const& url) {
    auto const binaries = find_server_binaries();
    auto const output =
        run(Shell{.folder = "/", .environment = {{"PATH", binaries->string() + ":/usr/bin:/bin"}}},
            fmt::format("pg_dump --schema-only --no-owner '{}'", url));
    if (output.exit_code != 0) throw std::runtime_error(output.pieces.front());
    return output.pieces.front();
}

/// None if psql cannot restore it: pg_dump may write a trigger of a partition before that of its
/// parent, which brings it.
std::optional<schema::Schema> what_psql_makes(std::string const& dump) {
    Side const side{};
    ProjectFolder const folder{};
    write_file(folder.project() / "dump.sql", dump);
    auto const output =
        run(Shell{.folder = folder.project(), .environment = {{"PATH", "/usr/bin:/bin"}}},
            fmt::format("psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --file dump.sql '{}' 2>&1",
                        side.database.url()));
    if (output.exit_code != 0) return {};
    SourceProject any{""};
    pg::Connection connection(pg::parse_url(side.database.url()));
    return engine::read_whole_database(connection, any.project);
}

class SqlSources : public testing::TestWithParam<std::string> {};

void expect_same(std::string_view what, std::string const& text, std::string const& url,
                 schema::Schema const& wanted) {
    SCOPED_TRACE(what);
    SourceProject source(text);
    try {
        auto const found = source.load(url);
        EXPECT_EQ(migration(found, wanted), "");
        EXPECT_TRUE(compared(found) == compared(wanted)) << "it is not what the database has";
    } catch (Failure const& failure) {
        ADD_FAILURE() << render(failure.diagnostics(), source.sources, Color::never);
    }
}

/// What a schema may not hold is tested elsewhere.
bool may_be_schema(std::string const& text) {
    SourceProject source(text);
    try {
        engine::read_source_text(source.project, source.project.schema, source.sources);
        return true;
    } catch (Failure const& failure) {
        return failure.diagnostics().front().code != "CM0340";
    }
}

TEST_P(SqlSources, give_what_psql_makes) {
    CM_NEEDS_SERVER();
    auto const file = read_case(case_path("exact", GetParam()));
    Side side{};
    if (file.has("needs") && server_version(side.session) < std::stoi(file.text("needs")))
        GTEST_SKIP() << "the server is older than " << file.text("needs");
    auto const text = file.text("to.sql");
    if (text.find("SET ROLE") != std::string::npos)
        GTEST_SKIP() << "a schema does not say who owns what";
    side.session.execute(text);
    auto const url = side.database.url();
    SourceProject any{""};
    pg::Connection connection(pg::parse_url(url));
    auto const wanted = engine::read_whole_database(connection, any.project);
    if (may_be_schema(text)) expect_same("the text as it stands", text, url, wanted);
    if (!dump_schema(url)) return;
    auto const dump = raw_dump(url);
    if (!may_be_schema(dump)) return;
    // pg_dump cannot say all that there may be.
    auto const restored = what_psql_makes(dump).value_or(wanted);
    expect_same("pg_dump's output", dump, url, restored);
    // Views that wait for each other are made twice.
    if (dump.find("CREATE OR REPLACE VIEW") != std::string::npos) return;
    expect_same("its statements in another order",
                shuffled(dump, static_cast<unsigned>(std::hash<std::string>{}(GetParam()))), url,
                restored);
}

std::vector<std::string> chosen_cases() {
    constexpr std::size_t step = 14;
    auto all = find_cases("exact");
    if (std::getenv("CM_WHOLE") != nullptr) return all;
    std::vector<std::string> chosen{};
    for (std::size_t i = 0; i < all.size(); i += step) chosen.push_back(all[i]);
    return chosen;
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(SqlSources);
INSTANTIATE_TEST_SUITE_P(cases, SqlSources, testing::ValuesIn(chosen_cases()), parameter_name);

}  // namespace
}  // namespace cm::test
