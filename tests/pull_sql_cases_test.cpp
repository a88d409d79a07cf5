// Each database of tests/cases/exact, written as SQL (`pull` of a schema in SQL) and made again of
// that text: by the loader of sources, from one file and from a folder, and by a plain session that
// takes the statements in the order in which they stand. It must be the same database: nothing is
// to be done on the way to it and back, nor can pg_dump tell it from the first, and what is written
// of it is the same text.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "engine/sql_source/load_source.hpp"
#include "object/definition/privileges.hpp"
#include "schema/pull/sql_files.hpp"
#include "support/case_file.hpp"
#include "support/exact_laws.hpp"
#include "support/golden.hpp"

namespace cm::test {

namespace {

namespace fs = std::filesystem;

/// A schema folder that goes when it is no longer needed.
class SchemaFolder {
  public:
    SchemaFolder() : path_(fs::temp_directory_path() / fresh_name()) {
        fs::create_directories(path_);
    }

    SchemaFolder(SchemaFolder const&) = delete;
    SchemaFolder& operator=(SchemaFolder const&) = delete;

    ~SchemaFolder() { fs::remove_all(path_); }

    void add(schema::SqlFile const& file) const {
        fs::create_directories((path_ / file.path).parent_path());
        std::ofstream(path_ / file.path, std::ios::binary) << file.text;
    }

    /// Loads all of it as a project's schema.
    void load(std::string const& url) const {
        SourceMap sources{};
        engine::Project project{};
        project.root = path_;
        project.schema = path_;
        project.is_sql = true;
        auto const text = engine::read_source_text(project, path_, sources);
        pg::Connection connection(pg::parse_url(url));
        try {
            engine::load_source(text, {connection}, sources);
        } catch (Failure const& failure) {
            throw std::runtime_error(render(failure.diagnostics(), sources, Color::never));
        }
    }

  private:
    fs::path path_;
};

struct Written {
    std::string text{};
    std::vector<schema::SqlFile> files{};
    bool is_all{};  ///< there is nothing else by which a catalog could be told from the first
};

Written written(schema::Schema const& schema) {
    return {.text = schema::sql_text(schema, {}), .files = schema::sql_files(schema, {})};
}

std::string shown(std::vector<schema::SqlFile> const& files) {
    std::string text{};
    for (auto const& file : files) text += fmt::format("-- {} --\n{}", file.path, file.text);
    return text;
}

/// Who owns what, and who has granted it, is no part of a schema.
bool has_other_owners(Side& side, schema::Schema const& schema) {
    return side.ask("SELECT current_user = session_user") != "t|\n" ||
           std::any_of(schema.definitions.begin(), schema.definitions.end(), [](auto const& it) {
               auto const& definition = it.second;
               return definition.definition_kind->is_restored ||
                      (object::is_privileges(definition) && !definition.shape.empty());
           });
}

/// Nor is an index that is not sound, such as the key of a parent that is to be attached yet.
bool has_invalid_index(Side& side) {
    return !side.ask("SELECT FROM pg_index WHERE NOT indisvalid").empty();
}

/// The database that was made is the first one again. What it is written as may be what PostgreSQL
/// makes of the first text, once.
void expect_same(Side& made, Sight const& first, Written const& text, bool is_dumped) {
    auto const again = made.look(is_dumped && first.dump);
    EXPECT_EQ(migration(again.schema, first.schema), "");
    EXPECT_EQ(migration(first.schema, again.schema), "");
    auto const written_again = written(again.schema);
    EXPECT_EQ(difference(text.text, written_again.text), "");
    EXPECT_EQ(difference(shown(text.files), shown(written_again.files)), "");
    if (!text.is_all) return;
    EXPECT_EQ(difference(first.snapshot, again.snapshot), "");
    if (again.dump) {
        EXPECT_EQ(difference(*first.dump, *again.dump), "");
    }
}

void expect_source_gives(Sight const& first, Written const& text,
                         std::vector<schema::SqlFile> const& files, bool is_dumped) {
    SchemaFolder folder{};
    for (auto const& file : files) folder.add(file);
    Side made{};
    SCOPED_TRACE(shown(files));
    try {
        folder.load(made.database.url());
    } catch (std::runtime_error const& error) {
        FAIL() << error.what();
    }
    expect_same(made, first, text, is_dumped);
}

void expect_session_gives(Sight const& first, Written const& text) {
    Side made{};
    SCOPED_TRACE(text.text);
    try {
        made.session.execute(text.text);
    } catch (std::runtime_error const& error) {
        FAIL() << error.what();
    }
    expect_same(made, first, text, false);
}

/// `in_full`: where another database that is much like it is not.
void expect_pulls_back(std::string const& script, bool in_full) {
    Side side{};
    side.session.execute(script);
    if (has_invalid_index(side)) return;
    auto const first = side.look(in_full);
    auto text = written(first.schema);
    if (text.text.empty()) return;
    text.is_all = !has_other_owners(side, first.schema);
    {
        SCOPED_TRACE("a folder, loaded as a source");
        expect_source_gives(first, text, text.files, in_full);
    }
    if (!in_full) return;
    {
        SCOPED_TRACE("one file, loaded as a source");
        expect_source_gives(first, text, {{.path = "schema.sql", .text = text.text}}, false);
    }
    SCOPED_TRACE("one file, by psql");
    expect_session_gives(first, text);
}

class PullSql : public testing::TestWithParam<std::string> {};

TEST_P(PullSql, server) {
    CM_NEEDS_SERVER();
    auto const file = read_case(case_path("exact", GetParam()));
    Session session(server_url().value());
    if (file.has("needs") && server_version(session) < std::stoi(file.text("needs")))
        GTEST_SKIP() << "the server is older than " << file.text("needs");
    for (auto const* const section : {"from.sql", "to.sql"}) {
        SCOPED_TRACE(section);
        expect_pulls_back(file.text(section), section == std::string_view{"to.sql"});
    }
}

/// Of each folder every eighth, or all with CM_WHOLE=1.
std::vector<std::string> chosen_databases() {
    constexpr std::size_t step = 8;
    auto all = find_cases("exact");
    if (std::getenv("CM_WHOLE") != nullptr) return all;
    std::vector<std::string> chosen{};
    std::string folder{};
    std::size_t place = 0;
    for (auto const& name : all) {
        auto const own = name.substr(0, name.find('/'));
        place = own == folder ? place + 1 : 0;
        folder = own;
        if (place % step == 0) chosen.push_back(name);
    }
    return chosen;
}

INSTANTIATE_TEST_SUITE_P(cases, PullSql, testing::ValuesIn(chosen_databases()), parameter_name);

}  // namespace

}  // namespace cm::test
